//! The registers of the demo compared, after a firm that moved has been registered anew.

use super::{Desk, june};
use crate::base::ability::{Compare, Import};
use crate::base::{CITY, CountyId, Scope};
use crate::platform::database::Within;
use crate::twins;
use crate::units::{self, NewUnit, UnitChanges};

/// From which county to which a firm of the demo moved.
const MOVED: [(i32, i32); 3] = [(140403, 140404), (140405, 140406), (140426, 140427)];

impl Desk<'_> {
    pub(super) async fn twins(&self) -> anyhow::Result<()> {
        let Some(mut writing) = self.morning(june(18)).await? else { return Ok(()) };
        for (from, to) in MOVED {
            let within = Within { scope: Scope::county(CountyId(from)), campaign: self.campaign.id, date: june(18) };
            let found = units::search(writing.connection(), &within, units::Filter::default(), None).await?;
            let Some(listed) = found.lines.into_iter().find(|u| u.contact_phone.is_some()) else { continue };
            let Some(unit) = units::find(writing.connection(), &within.scope, listed.id).await? else { continue };
            let mut cells = unit.cells(june(18));
            cells.set("credit_code", "").set("township", "").set("address", "").set("version", "0");
            cells.set("permit_number", "").set("confirm_credit_code", "yes");
            let Some(facts) = UnitChanges::read(&mut cells) else { continue };
            let permit = writing.permit::<Import>(CountyId(to))?.entering();
            units::add(&mut writing, &permit, &NewUnit { county: CountyId(to), facts }).await?;
        }
        let permit = writing.permit::<Compare>(CITY)?;
        twins::compare(&mut writing, &permit, &self.scope).await?;
        writing.commit().await?;
        Ok(())
    }
}
