//! Queries on `inspections`.

use super::inspection::{Inspection, InspectionChanges};
use crate::base::ability::Ability;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{self, Back, Entry, WriteError, Writing};
use crate::platform::database::{find_row, rows_of_unit};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One inspection within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Inspection>, sqlx::Error> {
    find_row(connection, scope, "inspections", id).await
}

/// The visits to a unit in a campaign, the latest first.
pub async fn of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<Inspection>, sqlx::Error> {
    rows_of_unit(connection, scope, ("inspections", "inspected_on"), campaign, unit).await
}

/// Registers a visit.
pub async fn add<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    unit: Uuid,
    new: &InspectionChanges,
) -> Result<Uuid, WriteError> {
    let added = insert(writing, permit, campaign, &[unit], new).await?;
    added.first().copied().ok_or(WriteError::Missing)
}

/// Registers the same visit for many units of one county, those left alone that were visited on that day already; how many.
/// The caller opens the batch.
pub async fn add_many<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    units: &[Uuid],
    new: &InspectionChanges,
) -> Result<usize, WriteError> {
    let fit = fits(writing.connection(), permit.county(), campaign, units, new.inspected_on).await?;
    Ok(insert(writing, permit, campaign, &fit, new).await?.len())
}

/// The units among these that were not visited on that day.
pub async fn fits(
    connection: &mut PgConnection,
    county: CountyId,
    campaign: Uuid,
    units: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "select u.id from units u where u.county_id = $1 and u.id = any($3)
            and not exists (select 1 from inspections i where i.county_id = u.county_id and i.campaign_id = $2
                and i.unit_id = u.id and i.inspected_on = $4 and not i.removed)",
    )
    .bind(county)
    .bind(campaign)
    .bind(units)
    .bind(day)
    .fetch_all(connection)
    .await
}

/// The officers of the visit that was registered last: who goes out today is mostly who went yesterday.
pub async fn last_officers(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
) -> Result<Option<Vec<String>>, sqlx::Error> {
    sqlx::query_scalar(
        "select officers from inspections where county_id = any($1) and campaign_id = $2 and not removed order by id desc limit 1",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_optional(connection)
    .await
}

async fn insert<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    units: &[Uuid],
    new: &InspectionChanges,
) -> Result<Vec<Uuid>, WriteError> {
    let (county, at) = (permit.county(), writing.business_at());
    let ids: Vec<Uuid> = units.iter().map(|_| new_id()).collect();
    let written: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into inspections as i (county_id, id, version, campaign_id, unit_id, inspected_on, officers, result, note, created_at)
         select $1, k.id, 1, $2, u.id, $5, $6, $7, $8, $9 from unnest($3::uuid[], $4::uuid[]) as k(id, unit)
         join units u on u.county_id = $1 and u.id = k.unit
         returning i.id, to_jsonb(i)::text",
    )
    .bind(county)
    .bind(campaign)
    .bind(ids)
    .bind(units)
    .bind(new.inspected_on)
    .bind(&new.officers)
    .bind(new.result.map(|r| r.code()))
    .bind(&new.note)
    .bind(at)
    .fetch_all(writing.connection())
    .await?;
    let added = written.iter().map(|(id, _)| *id).collect();
    let entries = written.into_iter().map(|(id, row)| Entry::created("inspections", id, row));
    writing.record_all(county, entries.collect()).await?;
    Ok(added)
}

/// Changes a inspection.
pub async fn change<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    id: Uuid,
    changes: &InspectionChanges,
) -> Result<(), WriteError> {
    let written: Option<(i32, String)> = sqlx::query_as(
        "update inspections i set version = version + 1, inspected_on = $4, officers = $5, result = $6, note = $7, removed = $8
         where county_id = $1 and id = $2 and version = $3 returning version, to_jsonb(i)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(changes.version)
    .bind(changes.inspected_on)
    .bind(&changes.officers)
    .bind(changes.result.map(|r| r.code()))
    .bind(&changes.note)
    .bind(changes.removed)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("inspections", id, version, row)).await?;
    Ok(())
}

/// Takes away the inspections that a batch made; the ids of those that nobody changed meanwhile.
pub async fn take_back<A: Ability>(writing: &mut Writing, permit: &Permit<A>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    history::take_away(writing, permit.county(), "inspections", rows).await
}
