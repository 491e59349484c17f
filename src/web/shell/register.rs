//! The register as an address asks for it: its own list reads it, and so does every page that does something with many of its
//! units (自查, 告知, 排查, 告知书).

use super::error::Error;
use super::listing::Asked;
use super::visit::Visit;
use crate::base::CountyId;
use crate::figures::List;
use crate::units::{self, Filter, Owed, Search};
use crate::vocabulary::{PermitClass, UnitStatus, industries};
use crate::web::paths;
use uuid::Uuid;

/// What the address asks for: the list, and the register's filter.
pub fn asked_units(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::UNITS, List::Units)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        townships: visit.asked("township").map(|typed| townships(visit, asked.county, typed)),
        industries: visit.asked("industry").map(|typed| industries::meant(typed).into_iter().map(str::to_owned).collect()),
        permit_class: visit.asked("permit_class").and_then(PermitClass::read).map(|p| p.code().to_owned()),
        status: visit.asked("status").and_then(UnitStatus::read).map(|s| s.code().to_owned()),
        owed: visit.asked("owed").and_then(Owed::from_code),
        figure: asked.rows(),
        gaps: false,
    };
    Ok((asked, filter))
}

/// The towns that somebody means: those of the directory whose names hold the words, and the words themselves, since a unit may
/// carry a name that the directory has not.
fn townships(visit: &Visit, county: Option<CountyId>, typed: &str) -> Vec<String> {
    let (directory, scope) = (&visit.app.directory, visit.scope());
    let counties = directory.counties().map(|c| c.id).filter(|c| county.is_none_or(|asked| asked == *c) && scope.holds(*c));
    let known = counties.flat_map(|c| directory.townships(c)).map(|t| t.name.clone()).filter(|name| name.contains(typed));
    std::iter::once(typed.to_owned()).chain(known).collect()
}

/// The units that a page is to do something with: those ticked, or all that fit the filter.
pub async fn picked_units(visit: &mut Visit) -> Result<Vec<Uuid>, Error> {
    let (asked, filter) = asked_units(visit)?;
    let search = Search::of(visit.connection(), &asked.within.scope, filter).await?;
    let picked = asked.picked(visit, &search).await?;
    // Of the ids in an address only those within the scope are anybody's.
    let scope = visit.scope();
    Ok(units::find_many(visit.connection(), &scope, &picked).await?.into_iter().map(|unit| unit.id).collect())
}
