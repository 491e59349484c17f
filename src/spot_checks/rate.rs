//! 虚报率: of the problems claimed mended that a team looked at, how many it found not mended. The last look at a problem counts.

use crate::base::{CountyId, Scope};
use crate::figures::Rate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One county's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The county.
    pub county_id: CountyId,
    /// Problems looked at, new findings apart.
    pub checked: i64,
    /// Of these claimed mended.
    pub claimed: i64,
    /// Of these found not mended, or come back.
    pub refuted: i64,
    /// New findings.
    pub found: i64,
}

impl Tally {
    /// 虚报率.
    pub fn rate(&self) -> Rate {
        Rate::new(self.refuted, self.claimed)
    }
}

/// The accounts within the scope.
pub async fn tallies(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Tally>, sqlx::Error> {
    sqlx::query_as(
        "select county_id, count(*) filter (where result <> 'new') as checked,
            count(*) filter (where result <> 'new' and claimed in ('completed', 'verified', 'closed_down')) as claimed,
            count(*) filter (where result in ('not_mended', 'relapsed') and claimed in ('completed', 'verified', 'closed_down')) as refuted,
            count(*) filter (where result = 'new') as found
         from (select distinct on (county_id, problem_id) county_id, result, claimed from cross_checks
            where county_id = any($1) and campaign_id = $2 order by county_id, problem_id, checked_on desc, id desc) last
         group by county_id",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}
