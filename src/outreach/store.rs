//! Queries on `publicity`.

use super::publicity::{Publicity, PublicityChanges};
use crate::base::ability::Publicise;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::find_row;
use sqlx::PgConnection;
use uuid::Uuid;

/// One entry within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Publicity>, sqlx::Error> {
    find_row(connection, scope, "publicity", id).await
}

/// Records what the permit's body told the public.
pub async fn add(
    writing: &mut Writing,
    permit: &Permit<Publicise>,
    campaign: Uuid,
    new: &PublicityChanges,
) -> Result<Uuid, WriteError> {
    let (id, at) = (new_id(), writing.recorded_at());
    let insert = sqlx::query_scalar(
        "insert into publicity as t (county_id, id, channel, on_date, title, outlet, copies, views, link, note, version,
            campaign_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12) returning to_jsonb(t)::text",
    );
    let bound = bind(insert, permit.county(), id, new).bind(campaign).bind(at);
    let row: String = bound.fetch_one(writing.connection()).await?;
    writing.record(permit.county(), Entry::created("publicity", id, row)).await?;
    Ok(id)
}

/// Changes an entry; a stale version is refused.
pub async fn change(
    writing: &mut Writing,
    permit: &Permit<Publicise>,
    id: Uuid,
    changes: &PublicityChanges,
) -> Result<(), WriteError> {
    let update = sqlx::query_scalar(
        "update publicity t set channel = $3, on_date = $4, title = $5, outlet = $6, copies = $7, views = $8, link = $9, note = $10,
            version = version + 1
         where county_id = $1 and id = $2 and version = $11 returning to_jsonb(t)::text",
    );
    let bound = bind(update, permit.county(), id, changes).bind(changes.version);
    let row: Option<String> = bound.fetch_optional(writing.connection()).await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("publicity", id, changes.version + 1, row)).await?;
    Ok(())
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

/// `$1` county, `$2` id, `$3` to `$10` the facts.
fn bind<'q>(query: Scalar<'q>, county: CountyId, id: Uuid, c: &'q PublicityChanges) -> Scalar<'q> {
    query
        .bind(county)
        .bind(id)
        .bind(c.channel.code())
        .bind(c.on_date)
        .bind(&c.title)
        .bind(&c.outlet)
        .bind(c.copies)
        .bind(c.views)
        .bind(&c.link)
        .bind(&c.note)
}
