//! The thirteen bodies and what each has filed.

use super::deadline::{Deadline, deadline};
use super::store::latest;
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
    /// Its last submission that is neither void nor withdrawn.
    pub submission: Option<Submission>,
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
    let mut submissions = latest(connection, scope, campaign.id).await?;
    let changed = stale_since(connection, scope).await?;
    let mut standings = Vec::new();
    for row in table.rows {
        let at = submissions.iter().position(|s| s.county_id == row.county);
        standings.push(Standing {
            county: row.county,
            values: row.values,
            submission: at.map(|at| submissions.swap_remove(at)),
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
