//! Queries on `calendar_days`.

use super::days::{Calendar, DayChanges, SpecialDay};
use crate::base::ability::Administer;
use crate::base::{CITY, Permit, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use sqlx::PgConnection;
use uuid::Uuid;

/// The calendar as it stands.
pub async fn load(connection: &mut PgConnection) -> Result<Calendar, sqlx::Error> {
    let days: Vec<(chrono::NaiveDate, bool)> =
        sqlx::query_as("select day, works from calendar_days").fetch_all(connection).await?;
    Ok(Calendar::of(days))
}

/// The days that go against their weekday, in order.
pub async fn all(connection: &mut PgConnection) -> Result<Vec<SpecialDay>, sqlx::Error> {
    sqlx::query_as("select * from calendar_days order by day").fetch_all(connection).await
}

/// Enters a day; the same day again corrects it. What the migration laid down goes into the history before its first change.
pub async fn keep(writing: &mut Writing, _permit: &Permit<Administer>, new: &DayChanges) -> Result<(), WriteError> {
    let before: Option<(Uuid, i32, String)> =
        sqlx::query_as("select id, version, to_jsonb(d)::text from calendar_days d where day = $1 for update")
            .bind(new.day)
            .fetch_optional(writing.connection())
            .await?;
    let Some((id, version, row)) = before else {
        let id = new_id();
        let insert = "insert into calendar_days as d (id, day, works, name) values ($1, $2, $3, $4) returning to_jsonb(d)::text";
        let row = sqlx::query_scalar(insert)
            .bind(id)
            .bind(new.day)
            .bind(new.works)
            .bind(&new.name)
            .fetch_one(writing.connection())
            .await?;
        writing.record(CITY, Entry::created("calendar_days", id, row)).await?;
        return Ok(());
    };
    writing.record_before(CITY, "calendar_days", id, version, row).await?;
    let update =
        "update calendar_days d set works = $2, name = $3, version = version + 1 where id = $1 returning to_jsonb(d)::text";
    let row = sqlx::query_scalar(update).bind(id).bind(new.works).bind(&new.name).fetch_one(writing.connection()).await?;
    writing.record(CITY, Entry::changed("calendar_days", id, version + 1, row)).await?;
    Ok(())
}

/// Takes an entry away: the day goes by its weekday again.
pub async fn take_away(writing: &mut Writing, _permit: &Permit<Administer>, id: Uuid) -> Result<SpecialDay, WriteError> {
    let gone: Option<SpecialDay> = sqlx::query_as("delete from calendar_days where id = $1 returning *")
        .bind(id)
        .fetch_optional(writing.connection())
        .await?;
    let gone = gone.ok_or(WriteError::Missing)?;
    let row = serde_json::json!({"id": id, "day": gone.day, "works": gone.works, "name": gone.name, "version": gone.version});
    let entry = Entry {
        action: Action::Removed,
        record: "calendar_days",
        record_id: id,
        version: gone.version + 1,
        row: Some(row.to_string()),
        note: None,
    };
    writing.record(CITY, entry).await?;
    Ok(gone)
}
