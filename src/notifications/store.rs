//! Queries on `notifications`.

use super::notification::{Notification, NotificationChanges};
use crate::base::ability::Ability;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{self, Back, Entry, WriteError, Writing};
use crate::platform::database::{find_row, rows_of_unit};
use sqlx::PgConnection;
use uuid::Uuid;

/// One notification within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Notification>, sqlx::Error> {
    find_row(connection, scope, "notifications", id).await
}

/// When and how a unit was told in a campaign, the latest first.
pub async fn of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<Notification>, sqlx::Error> {
    rows_of_unit(connection, scope, ("notifications", "notified_on"), campaign, unit).await
}

/// Registers that a unit was told.
pub async fn add<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    unit: Uuid,
    new: &NotificationChanges,
) -> Result<Uuid, WriteError> {
    let added = insert(writing, permit, campaign, &[unit], new).await?;
    added.first().copied().ok_or(WriteError::Missing)
}

/// Registers the same for many units of one county, those left alone that were told before or are closed; how many.
/// The caller opens the batch.
pub async fn add_many<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    units: &[Uuid],
    new: &NotificationChanges,
) -> Result<usize, WriteError> {
    let fit = fits(writing.connection(), permit.county(), campaign, units).await?;
    Ok(insert(writing, permit, campaign, &fit, new).await?.len())
}

/// The units among these that have not been told and still stand.
pub async fn fits(
    connection: &mut PgConnection,
    county: CountyId,
    campaign: Uuid,
    units: &[Uuid],
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "select u.id from units u where u.county_id = $1 and u.id = any($3) and u.status not in ('closed', 'demolished')
            and not exists (select 1 from notifications n where n.county_id = u.county_id and n.campaign_id = $2
                and n.unit_id = u.id and not n.removed)",
    )
    .bind(county)
    .bind(campaign)
    .bind(units)
    .fetch_all(connection)
    .await
}

async fn insert<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    units: &[Uuid],
    new: &NotificationChanges,
) -> Result<Vec<Uuid>, WriteError> {
    let (county, at) = (permit.county(), writing.business_at());
    let ids: Vec<Uuid> = units.iter().map(|_| new_id()).collect();
    let written: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into notifications as n (county_id, id, version, campaign_id, unit_id, notified_on, channel, person, receiver, note, created_at)
         select $1, k.id, 1, $2, u.id, $5, $6, $7, $8, $9, $10 from unnest($3::uuid[], $4::uuid[]) as k(id, unit)
         join units u on u.county_id = $1 and u.id = k.unit
         returning n.id, to_jsonb(n)::text",
    )
    .bind(county)
    .bind(campaign)
    .bind(ids)
    .bind(units)
    .bind(new.notified_on)
    .bind(new.channel.code())
    .bind(&new.person)
    .bind(&new.receiver)
    .bind(&new.note)
    .bind(at)
    .fetch_all(writing.connection())
    .await?;
    let added = written.iter().map(|(id, _)| *id).collect();
    let entries = written.into_iter().map(|(id, row)| Entry::created("notifications", id, row));
    writing.record_all(county, entries.collect()).await?;
    Ok(added)
}

/// Changes a notification.
pub async fn change<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    id: Uuid,
    changes: &NotificationChanges,
) -> Result<(), WriteError> {
    let written: Option<(i32, String)> = sqlx::query_as(
        "update notifications n set version = version + 1, notified_on = $4, channel = $5, person = $6, receiver = $7, note = $8, removed = $9
         where county_id = $1 and id = $2 and version = $3 returning version, to_jsonb(n)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(changes.version)
    .bind(changes.notified_on)
    .bind(changes.channel.code())
    .bind(&changes.person)
    .bind(&changes.receiver)
    .bind(&changes.note)
    .bind(changes.removed)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("notifications", id, version, row)).await?;
    Ok(())
}

/// Takes away the notifications that a batch made; the ids of those that nobody changed meanwhile.
pub async fn take_back<A: Ability>(writing: &mut Writing, permit: &Permit<A>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    history::take_away(writing, permit.county(), "notifications", rows).await
}
