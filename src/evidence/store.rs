//! Queries on `evidence`.

use super::owner::Owner;
use super::piece::Piece;
use crate::base::ability::Ability;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

const PIECES: &str = "select e.county_id, e.id, e.record, e.record_id, e.attachment_id, e.caption, e.added_by, e.added_at,
        a.kind, a.original_name, a.bytes, a.sha256
    from evidence e join attachments a on a.county_id = e.county_id and a.id = e.attachment_id
    where e.county_id = any($1) and not e.removed";

/// The evidence of records, in the order in which it came.
pub async fn of(connection: &mut PgConnection, scope: &Scope, records: &[Uuid]) -> Result<Vec<Piece>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!("{PIECES} and e.record_id = any($2) order by e.id")))
        .bind(scope.ids())
        .bind(records)
        .fetch_all(connection)
        .await
}

/// One piece within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Piece>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!("{PIECES} and e.id = $2"))).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// The county of a record that may carry evidence; none when it is not within the scope.
pub async fn county_of(
    connection: &mut PgConnection,
    scope: &Scope,
    owner: Owner,
    record: Uuid,
) -> Result<Option<CountyId>, sqlx::Error> {
    let sql = format!("select county_id from {} where county_id = any($1) and id = $2", owner.table());
    sqlx::query_scalar(AssertSqlSafe(sql)).bind(scope.ids()).bind(record).fetch_optional(connection).await
}

/// Puts a stored file beside a record of the same county.
pub async fn add<A: Ability>(
    writing: &mut Writing,
    permit: &Permit<A>,
    owner: Owner,
    record: Uuid,
    attachment: Uuid,
    caption: Option<&str>,
) -> Result<Uuid, WriteError> {
    let (id, at) = (new_id(), writing.business_at());
    let row: String = sqlx::query_scalar(
        "insert into evidence as e (county_id, id, version, record, record_id, attachment_id, caption, added_by, added_at)
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8) returning to_jsonb(e)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(owner.table())
    .bind(record)
    .bind(attachment)
    .bind(caption)
    .bind(&permit.actor().name)
    .bind(at)
    .fetch_one(writing.connection())
    .await?;
    writing.record(permit.county(), Entry::created("evidence", id, row)).await?;
    Ok(id)
}

/// Takes a piece off its record.
pub async fn remove<A: Ability>(writing: &mut Writing, permit: &Permit<A>, id: Uuid) -> Result<(), WriteError> {
    let changed: Option<(i32, String)> = sqlx::query_as(
        "update evidence e set removed = true, version = version + 1
         where county_id = $1 and id = $2 and not removed returning version, to_jsonb(e)::text",
    )
    .bind(permit.county())
    .bind(id)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = changed.ok_or(WriteError::Missing)?;
    writing.record(permit.county(), Entry::changed("evidence", id, version, row)).await?;
    Ok(())
}
