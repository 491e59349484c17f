//! 零报告: an annex without lines needs a name under 「经核实，本期无此类情况」.

use super::Annex;
use crate::base::ability::Enter;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::campaigns::Campaign;
use crate::history::{Entry, WriteError, Writing};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A zero report in force.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ZeroReport {
    /// Who stands for it.
    pub confirmed_by: String,
    /// When it was given.
    pub confirmed_on: NaiveDate,
}

/// The zero report of a county on a date. One speaks of the table that is filed, which is of 数据截止日期, and may be given on a later
/// day; in a table of another day stands what was given by then.
pub async fn zero_report(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: &Campaign,
    annex: Annex,
    date: NaiveDate,
) -> Result<Option<ZeroReport>, sqlx::Error> {
    sqlx::query_as(
        "select confirmed_by, confirmed_on from zero_reports
         where county_id = any($1) and county_id = $2 and campaign_id = $3 and annex = $4
           and (confirmed_on <= $5 or $5 = $6) and (withdrawn_on is null or withdrawn_on > $5)",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(campaign.id)
    .bind(annex.number())
    .bind(date)
    .bind(campaign.cutoff())
    .fetch_optional(connection)
    .await
}

/// Gives a zero report in somebody's name; given again, the last name stands.
pub async fn confirm_zero(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    annex: Annex,
    name: &str,
) -> Result<(), WriteError> {
    let (county, today) = (permit.county(), writing.today());
    let (id, version, row): (Uuid, i32, String) = sqlx::query_as(
        "insert into zero_reports as z (county_id, id, version, campaign_id, annex, confirmed_by, confirmed_on)
         values ($1, $2, 1, $3, $4, $5, $6)
         on conflict (county_id, campaign_id, annex) do update
           set version = z.version + 1, confirmed_by = excluded.confirmed_by, confirmed_on = excluded.confirmed_on, withdrawn_on = null
         returning z.id, z.version, to_jsonb(z)::text",
    )
    .bind(county)
    .bind(new_id())
    .bind(campaign)
    .bind(annex.number())
    .bind(name)
    .bind(today)
    .fetch_one(writing.connection())
    .await?;
    let entry =
        if version == 1 { Entry::created("zero_reports", id, row) } else { Entry::changed("zero_reports", id, version, row) };
    writing.record(county, entry).await?;
    Ok(())
}
