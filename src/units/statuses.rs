//! 生产状态 is dated, and its days are kept: a unit that closed stays on the register as closed since then.

use crate::base::ability::Enter;
use crate::base::{Cells, CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::vocabulary::UnitStatus;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A status from a day on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StatusOnDay {
    /// The county.
    pub county_id: CountyId,
    /// The status' code.
    pub status: String,
    /// Its first day; none of the one that the unit was registered with and of which nobody knew it.
    pub since: Option<NaiveDate>,
    /// What was seen or said.
    pub note: String,
}

impl StatusOnDay {
    /// The status in words.
    pub fn label(&self) -> &'static str {
        UnitStatus::from_code(&self.status).map_or("", UnitStatus::label)
    }
}

/// A change of status as typed.
#[derive(Clone, Debug)]
pub struct StatusChange {
    /// The new status.
    pub status: UnitStatus,
    /// Its first day.
    pub since: NaiveDate,
    /// What was seen or said.
    pub note: String,
}

impl StatusChange {
    /// Reads the fields `status`, `since`, `note`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let status = cells.choice("status", UnitStatus::read);
        if status.is_none() && cells.error("status").is_none() {
            cells.refuse("status", "请选择生产状态。");
        }
        let since = cells.date("since");
        if since.is_none() && cells.error("since").is_none() {
            cells.refuse("since", "请填写该状态的起始日期。");
        }
        cells.not_in_future("since", "起始日期", since);
        let note = cells.text("note").unwrap_or_default();
        if !cells.clean() {
            return None;
        }
        Some(Self { status: status?, since: since?, note })
    }
}

/// The dated statuses of a unit, newest first.
pub async fn statuses(connection: &mut PgConnection, scope: &Scope, unit: Uuid) -> Result<Vec<StatusOnDay>, sqlx::Error> {
    sqlx::query_as("select county_id, status, since, note from unit_statuses where county_id = any($1) and unit_id = $2 order by since desc nulls last, id desc")
        .bind(scope.ids())
        .bind(unit)
        .fetch_all(connection)
        .await
}

/// Notes a status from a day on; the latest day decides what the unit is now.
pub async fn change_status(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    unit: Uuid,
    change: &StatusChange,
) -> Result<(), WriteError> {
    let county = permit.county();
    keep_undated(writing, county, unit).await?;
    let id = new_id();
    let row: String = sqlx::query_scalar(
        "insert into unit_statuses as t (county_id, id, unit_id, status, since, note)
         select $1, $2, u.id, $4, $5, $6 from units u where u.county_id = $1 and u.id = $3 returning to_jsonb(t)::text",
    )
    .bind(county)
    .bind(id)
    .bind(unit)
    .bind(change.status.code())
    .bind(change.since)
    .bind(&change.note)
    .fetch_optional(writing.connection())
    .await?
    .ok_or(WriteError::Missing)?;
    writing.record(county, Entry::created("unit_statuses", id, row)).await?;
    let (version, row): (i32, String) = sqlx::query_as(
        "update units t set version = version + 1, (status, status_since) = (
            select s.status, s.since from unit_statuses s where s.county_id = $1 and s.unit_id = $2 order by s.since desc nulls last, s.id desc
            limit 1)
         where county_id = $1 and id = $2 returning version, to_jsonb(t)::text",
    )
    .bind(county)
    .bind(unit)
    .fetch_one(writing.connection())
    .await?;
    writing.record(county, Entry::changed("units", unit, version, row)).await?;
    Ok(())
}

/// Keeps the undated status that a unit was registered with, before one with a day takes its place: until that day it was so.
async fn keep_undated(writing: &mut Writing, county: CountyId, unit: Uuid) -> Result<(), WriteError> {
    let id = new_id();
    let kept: Option<String> = sqlx::query_scalar(
        "insert into unit_statuses as t (county_id, id, unit_id, status, note)
         select u.county_id, $3, u.id, u.status, '' from units u
         where u.county_id = $1 and u.id = $2 and u.status_since is null and u.status <> 'operating' returning to_jsonb(t)::text",
    )
    .bind(county)
    .bind(unit)
    .bind(id)
    .fetch_optional(writing.connection())
    .await?;
    if let Some(row) = kept {
        writing.record(county, Entry::created("unit_statuses", id, row)).await?;
    }
    Ok(())
}
