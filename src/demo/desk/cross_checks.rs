//! A first look before the provincial teams come: the city's own team in a few counties of the demo.

use super::{Desk, june};
use crate::base::ability::{EnterCase, Supervise};
use crate::base::{CountyId, Scope};
use crate::platform::database::Within;
use crate::spot_checks::{self, Line};
use crate::vocabulary::CrossResult;

impl Desk<'_> {
    /// Every fifth claim is refuted in one county, every third in another.
    pub(super) async fn first_look(&self) -> anyhow::Result<()> {
        for (county, each) in [(140403, 5), (140405, 3), (140423, 4)] {
            let Some(mut writing) = self.morning(june(19)).await? else { return Ok(()) };
            let county = CountyId(county);
            let within = Within { scope: Scope::county(county), campaign: self.campaign.id, date: june(19) };
            let claims = spot_checks::claims(writing.connection(), &within).await?;
            let line = |(n, claim): (usize, &spot_checks::Claim)| {
                let found = if n % each == 2 { CrossResult::NotMended } else { CrossResult::Mended };
                Line {
                    sheet: "核查结果".to_owned(),
                    row: u32::try_from(n + 2).unwrap_or_default(),
                    unit: claim.unit.clone(),
                    problem: Some(claim.id),
                    claimed: claim.progress(june(19)).code().to_owned(),
                    text: if found.refutes() { "现场措施未落实，与申报不符。".to_owned() } else { String::new() },
                    result: found.code().to_owned(),
                    on: Some(june(19)),
                    checkers: "演示核查甲、演示核查乙".to_owned(),
                    ..Line::default()
                }
            };
            let lines: Vec<Line> = claims.iter().take(10).enumerate().map(line).collect();
            let permit = writing.permit::<Supervise>(county)?;
            let entering = writing.permit::<EnterCase>(county)?;
            let told = ("市局预检组", "预检核查结果表.xlsx", lines);
            let id = spot_checks::keep(&mut writing, &permit, self.campaign.id, told).await?;
            if let Some(upload) = spot_checks::find_upload(writing.connection(), &self.scope, id).await? {
                spot_checks::confirm(&mut writing, &permit, &entering, &upload).await?;
            }
            writing.commit().await?;
        }
        Ok(())
    }
}
