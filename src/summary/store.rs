//! Queries on `summary_paragraphs`, and the exposed cases that a summary tells.

use super::paragraph::{Body, Slot};
use crate::base::ability::Summarise;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A paragraph that somebody edited.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Stored {
    /// Its row.
    pub id: Uuid,
    /// Its version.
    pub version: i32,
    /// Its place in the draft.
    pub key: String,
    /// As typed; none for one that went back to the draft.
    text: Option<String>,
    slots: Json<Vec<Slot>>,
}

impl Stored {
    /// The edited paragraph; none where the draft stands again.
    pub(super) fn body(&self) -> Option<Body> {
        self.text.as_ref().map(|text| Body { text: text.clone(), slots: self.slots.0.clone() })
    }
}

/// The edited paragraphs of a county's summary, by key.
pub(super) async fn edited(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: Uuid,
) -> Result<BTreeMap<String, Stored>, sqlx::Error> {
    let found: Vec<Stored> = sqlx::query_as(
        "select id, version, key, text, slots from summary_paragraphs
         where county_id = any($1) and county_id = $2 and campaign_id = $3",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(campaign)
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(|stored| (stored.key.clone(), stored)).collect())
}

/// Keeps a paragraph as `body` reads, or goes back to the draft with none. `version` is what the editor saw; 0 for a paragraph
/// that nobody had edited.
pub(super) async fn keep(
    writing: &mut Writing,
    permit: &Permit<Summarise>,
    campaign: Uuid,
    key: &str,
    version: i32,
    body: Option<&Body>,
) -> Result<(), WriteError> {
    let county = permit.county();
    let slots = Json(body.map(|body| body.slots.as_slice()).unwrap_or_default());
    let text = body.map(|body| body.text.as_str());
    let sql = if version == 0 {
        "insert into summary_paragraphs as p (county_id, id, version, campaign_id, key, text, slots)
         values ($1, $2, $3 + 1, $4, $5, $6, $7)
         on conflict on constraint summary_paragraphs_key_unique do nothing returning p.id, to_jsonb(p)::text"
    } else {
        "update summary_paragraphs p set version = version + 1, text = $6, slots = $7
         where county_id = $1 and $2::uuid is not null and version = $3 and campaign_id = $4 and key = $5
         returning p.id, to_jsonb(p)::text"
    };
    let row: Option<(Uuid, String)> = sqlx::query_as(sql)
        .bind(county)
        .bind(new_id())
        .bind(version)
        .bind(campaign)
        .bind(key)
        .bind(text)
        .bind(slots)
        .fetch_optional(writing.connection())
        .await?;
    let (id, row) = row.ok_or(WriteError::Stale)?;
    let entry = match version {
        0 => Entry::created("summary_paragraphs", id, row),
        _ => Entry::changed("summary_paragraphs", id, version + 1, row),
    };
    writing.record(county, entry).await?;
    Ok(())
}

/// A case that was exposed by a date.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Exposed {
    /// Its id.
    pub id: Uuid,
    /// Who was punished.
    pub respondent: String,
    /// When the first of its violations was found.
    pub found_on: Option<NaiveDate>,
    /// What it did.
    pub violation: Option<String>,
    /// When it was decided.
    pub decided_on: Option<NaiveDate>,
    /// 处罚决定文号.
    pub decision_number: Option<String>,
    /// 罚款 in 分.
    pub fine_fen: Option<i64>,
}

/// The first cases that were exposed by a date, at most `most`: decided, and past the legal review.
pub(super) async fn exposed(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    most: i64,
) -> Result<Vec<Exposed>, sqlx::Error> {
    sqlx::query_as(
        "select c.id, coalesce(c.respondent, u.name) as respondent, p.found_on, p.description as violation, c.decided_on,
            c.decision_number, c.fine_fen
         from cases c
         join lateral (select p.* from case_problems j join problems p on p.county_id = j.county_id and p.id = j.problem_id
            where j.county_id = c.county_id and j.case_id = c.id order by p.found_on nulls last, p.id limit 1) p on true
         join units u on u.county_id = p.county_id and u.id = p.unit_id
         where c.county_id = any($1) and c.campaign_id = $2 and c.exposed_on <= $3 and c.decided_on <= $3
         order by c.exposed_on, c.county_id, c.id limit $4",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(date)
    .bind(most)
    .fetch_all(connection)
    .await
}
