//! Rows put back as the history holds them, and rows taken away that a batch made. Each room calls these for its own table,
//! so that taking back is one mechanism and each table keeps one owner.

use super::entry::{Action, Entry};
use super::writing::{WriteError, Writing};
use crate::base::CountyId;
use serde_json::Value;
use uuid::Uuid;

/// A row to be put back, or taken away.
#[derive(Clone, Debug)]
pub struct Back {
    /// The row.
    pub id: Uuid,
    /// The version that it has now; a row that has another by then is left alone.
    pub version: i32,
    /// What it is to hold, in the table's column names; none: it goes.
    pub row: Option<Value>,
}

/// Sets `columns` of a room's own table to what the rows say; the ids of those that still had their version.
pub async fn put_back(
    writing: &mut Writing,
    county: CountyId,
    (table, columns): (&'static str, &'static [&'static str]),
    rows: &[Back],
) -> Result<Vec<Uuid>, WriteError> {
    let rows: Vec<(&Back, String)> = rows.iter().filter_map(|b| Some((b, b.row.as_ref()?.to_string()))).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let set: Vec<String> = columns.iter().map(|c| format!("{c} = b.{c}")).collect();
    let sql = format!(
        "update {table} t set version = t.version + 1, {}
         from unnest($2::uuid[], $3::integer[], $4::text[]) as n(id, version, row)
         cross join lateral jsonb_populate_record(null::{table}, n.row::jsonb) b
         where t.county_id = $1 and t.id = n.id and t.version = n.version returning t.id, t.version, to_jsonb(t)::text",
        set.join(", ")
    );
    let done: Vec<(Uuid, i32, String)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(county)
        .bind(rows.iter().map(|(b, _)| b.id).collect::<Vec<_>>())
        .bind(rows.iter().map(|(b, _)| b.version).collect::<Vec<_>>())
        .bind(rows.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>())
        .fetch_all(writing.connection())
        .await?;
    record(writing, county, table, Action::Undone, done, true).await
}

/// Deletes rows of a room's own table that have no row to be put back; the ids of those that still had their version.
pub async fn take_away(
    writing: &mut Writing,
    county: CountyId,
    table: &'static str,
    rows: &[Back],
) -> Result<Vec<Uuid>, WriteError> {
    let rows: Vec<&Back> = rows.iter().filter(|b| b.row.is_none()).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "delete from {table} t using unnest($2::uuid[], $3::integer[]) as n(id, version)
         where t.county_id = $1 and t.id = n.id and t.version = n.version returning t.id, t.version + 1, to_jsonb(t)::text"
    );
    let done: Vec<(Uuid, i32, String)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(county)
        .bind(rows.iter().map(|b| b.id).collect::<Vec<_>>())
        .bind(rows.iter().map(|b| b.version).collect::<Vec<_>>())
        .fetch_all(writing.connection())
        .await?;
    record(writing, county, table, Action::Removed, done, false).await
}

async fn record(
    writing: &mut Writing,
    county: CountyId,
    record: &'static str,
    action: Action,
    done: Vec<(Uuid, i32, String)>,
    stands: bool,
) -> Result<Vec<Uuid>, WriteError> {
    let ids = done.iter().map(|(id, ..)| *id).collect();
    let entry = |(record_id, version, row): (Uuid, i32, String)| Entry {
        action,
        record,
        record_id,
        version,
        row: stands.then_some(row),
        note: None,
    };
    writing.record_all(county, done.into_iter().map(entry).collect()).await?;
    Ok(ids)
}
