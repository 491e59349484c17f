//! Taking back what a batch did to units. A unit is never deleted but here: one that a batch brought in by mistake never was.

use super::keys::{Keys, keys_of};
use super::store::{Pieces, count_in};
use super::unit::Unit;
use crate::base::Permit;
use crate::base::ability::Enter;
use crate::history::{self, Action, Back, Entry, WriteError, Writing};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a batch may have changed of a unit.
const FACTS: &[&str] = &[
    "name",
    "former_names",
    "credit_code",
    "code_confirmed",
    "no_code_reason",
    "site",
    "township",
    "industry",
    "permit_class",
    "permit_number",
    "permit_until",
    "contact_name",
    "contact_phone",
    "address",
    "status",
    "status_since",
    "name_key",
    "search_text",
];

/// Takes units back to what they were, or away; the ids of those that nobody changed meanwhile. What hangs on a unit that goes
/// must be gone before.
pub async fn take_back(writing: &mut Writing, permit: &Permit<Enter>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    let mut keyed: Vec<(Back, Option<Keys>)> = rows.iter().map(with_keys).collect();
    let ids: Vec<Uuid> = keyed.iter().map(|(back, _)| back.id).collect();
    sqlx::query("delete from unit_grams where county_id = $1 and unit_id = any($2)")
        .bind(permit.county())
        .bind(&ids)
        .execute(writing.connection())
        .await?;
    let backs: Vec<Back> = keyed.iter().map(|(back, _)| back.clone()).collect();
    let mut done = history::put_back(writing, permit.county(), ("units", FACTS), &backs).await?;
    keyed.retain(|(back, keys)| keys.is_some() && done.contains(&back.id));
    let (units, keys): (Vec<Uuid>, Vec<Keys>) = keyed.into_iter().filter_map(|(back, keys)| Some((back.id, keys?))).unzip();
    Pieces::of(permit.county(), &units, &keys).write(writing.connection()).await?;
    let gone = history::take_away(writing, permit.county(), "units", &backs).await?;
    if !gone.is_empty() {
        count_in(writing, permit.county(), -i64::try_from(gone.len()).unwrap_or_default()).await?;
    }
    done.extend(gone);
    Ok(done)
}

/// The row with the keys that its names have: some may have been put back and others kept.
fn with_keys(back: &Back) -> (Back, Option<Keys>) {
    let mut back = back.clone();
    let unit: Option<Unit> = back.row.as_ref().and_then(|row| serde_json::from_value(row.clone()).ok());
    let keys = unit.map(|unit| keys_of(&unit.name, &unit.former_names, unit.credit_code.as_deref()));
    if let (Some(Value::Object(row)), Some(keys)) = (&mut back.row, &keys) {
        row.insert("name_key".to_owned(), json!(keys.name_key));
        row.insert("search_text".to_owned(), json!(keys.search_text));
    }
    (back, keys)
}

/// Takes dated statuses away that a batch noted; the unit's own row is taken back besides.
pub async fn take_statuses_away(writing: &mut Writing, permit: &Permit<Enter>, ids: &[Uuid]) -> Result<Vec<Uuid>, WriteError> {
    let gone: Vec<Uuid> = sqlx::query_scalar("delete from unit_statuses where county_id = $1 and id = any($2) returning id")
        .bind(permit.county())
        .bind(ids)
        .fetch_all(writing.connection())
        .await?;
    let entry =
        |id: &Uuid| Entry { action: Action::Removed, record: "unit_statuses", record_id: *id, version: 2, row: None, note: None };
    writing.record_all(permit.county(), gone.iter().map(entry).collect()).await?;
    Ok(gone)
}
