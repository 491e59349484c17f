//! The thirteen bodies and what each has filed.

use super::deadline::{Deadline, deadline};
use super::store::{counting, latest};
use super::submission::Submission;
use crate::base::{CountyId, Scope};
use crate::campaigns::Campaign;
use crate::figures::{self, Values};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

/// Where a body stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The body's county.
    pub county: CountyId,
    /// Its live figures.
    pub values: Values,
    /// The submission that counts, as for the figures of the day: the last that was received, else one that waits for review. Without
    /// one, the last that is neither void nor withdrawn.
    pub submission: Option<Submission>,
    /// What is under way or was returned beside the one that counts: a 更正版.
    pub correction: Option<Submission>,
    /// Its deadline.
    pub deadline: Deadline,
    /// When its facts last changed, in business time.
    pub changed_at: Option<DateTime<Utc>>,
}

/// All bodies of the campaign within the scope, in customary order.
pub async fn board(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    date: NaiveDate,
) -> Result<Vec<Standing>, sqlx::Error> {
    let table = figures::by_county(connection, scope, campaign.id, date).await?;
    let (counting, latest) = (counting(connection, scope, campaign.id).await?, latest(connection, scope, campaign.id).await?);
    let changed = stale_since(connection, scope).await?;
    let mut standings = Vec::new();
    for row in table.rows {
        let of = |all: &[Submission]| all.iter().find(|s| s.county_id == row.county).cloned();
        let (counts, last) = (of(&counting), of(&latest));
        let correction = last.clone().filter(|s| counts.as_ref().is_some_and(|c| c.id != s.id));
        standings.push(Standing {
            county: row.county,
            values: row.values,
            submission: counts.or(last),
            correction,
            deadline: deadline(connection, scope, row.county, campaign).await?,
            changed_at: changed.iter().find(|(county, _)| *county == row.county).map(|(_, at)| *at),
        });
    }
    Ok(standings)
}

/// When the facts of each county last changed, in business time (数据N日无变化). Sign-ins and downloads change nothing.
pub async fn stale_since(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<(CountyId, DateTime<Utc>)>, sqlx::Error> {
    sqlx::query_as(
        "select c.id, h.business_at from unnest($1::integer[]) as c(id)
         cross join lateral (select business_at from history where county_id = c.id
            and record in ('units', 'unit_statuses', 'self_inspections', 'problems', 'extensions', 'cases', 'measures')
            order by history.id desc limit 1) h",
    )
    .bind(scope.ids())
    .fetch_all(connection)
    .await
}
