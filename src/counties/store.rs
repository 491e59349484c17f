//! Queries on `counties`, `townships` and `bodies`.

use super::body::{Body, BodyChanges};
use super::directory::Directory;
use crate::base::ability::Administer;
use crate::base::{CITY, CountyId, Permit, new_id};
use crate::history::{Entry, WriteError, Writing};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// Reads all areas and townships.
pub async fn load(connection: &mut PgConnection) -> Result<Directory, sqlx::Error> {
    let counties = sqlx::query_as("select id, name, former_names, rank, tile_column, tile_row from counties")
        .fetch_all(&mut *connection)
        .await?;
    let townships = sqlx::query_as("select code, county_id, name from townships order by code").fetch_all(connection).await?;
    Ok(Directory::new(counties, townships))
}

/// All names of all bodies, the newest of each first.
pub async fn bodies(connection: &mut PgConnection) -> Result<Vec<Body>, sqlx::Error> {
    sqlx::query_as("select b.* from bodies b join counties c on c.id = b.county_id order by c.rank, b.valid_from desc")
        .fetch_all(connection)
        .await
}

/// The body of an area under the name in force on a day (the oldest name before any was in force).
pub async fn body_on(connection: &mut PgConnection, county: CountyId, day: NaiveDate) -> Result<Option<Body>, sqlx::Error> {
    sqlx::query_as("select * from bodies where county_id = $1 order by valid_from <= $2 desc, abs(valid_from - $2) limit 1")
        .bind(county)
        .bind(day)
        .fetch_optional(connection)
        .await
}

/// Gives a body the name it bears from a day on; the same day again corrects that name.
pub async fn change_body(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    county: CountyId,
    changes: &BodyChanges,
) -> Result<(), WriteError> {
    let before: Option<(uuid::Uuid, String)> =
        sqlx::query_as("select b.id, to_jsonb(b)::text from bodies b where county_id = $1 and valid_from = $2 for update")
            .bind(county)
            .bind(changes.valid_from)
            .fetch_optional(writing.connection())
            .await?;
    if let Some((id, row)) = before {
        writing.record_before(CITY, "bodies", id, 1, row).await?;
    }
    let (id, row, made): (uuid::Uuid, String, bool) = sqlx::query_as(
        "insert into bodies as b (id, county_id, full_name, seal_name, valid_from, may_punish, report_phone)
         values ($1, $2, $3, $4, $5, $6, coalesce((select o.report_phone from bodies o where o.county_id = $2
            order by o.valid_from <= $5 desc, abs(o.valid_from - $5) limit 1), ''))
         on conflict (county_id, valid_from) do update
            set full_name = excluded.full_name, seal_name = excluded.seal_name, may_punish = excluded.may_punish
         returning b.id, to_jsonb(b)::text, b.xmax = 0", // a row just inserted has no xmax
    )
    .bind(new_id())
    .bind(county)
    .bind(&changes.full_name)
    .bind(&changes.seal_name)
    .bind(changes.valid_from)
    .bind(changes.may_punish)
    .fetch_one(writing.connection())
    .await?;
    let entry = if made { Entry::created("bodies", id, row) } else { Entry::changed("bodies", id, 1, row) };
    writing.record(CITY, entry).await?;
    Ok(())
}

/// Sets 举报电话 on every name of a body: names change, the line stays.
pub async fn set_report_phone(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    county: CountyId,
    phone: &str,
) -> Result<(), WriteError> {
    let before: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("select b.id, to_jsonb(b)::text from bodies b where county_id = $1 order by valid_from for update")
            .bind(county)
            .fetch_all(writing.connection())
            .await?;
    for (id, row) in before {
        writing.record_before(CITY, "bodies", id, 1, row).await?;
        let row: String = sqlx::query_scalar("update bodies b set report_phone = $2 where id = $1 returning to_jsonb(b)::text")
            .bind(id)
            .bind(phone)
            .fetch_one(writing.connection())
            .await?;
        writing.record(CITY, Entry::changed("bodies", id, 1, row)).await?;
    }
    Ok(())
}
