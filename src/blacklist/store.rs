//! Queries on `blacklistings`. Every act locks the entry and asks its state.

use super::listing::{Decision, Entry, Notice, Objection, State};
use crate::base::ability::{LegalReview, Review};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry as Line, WriteError, Writing};
use sqlx::PgConnection;
use sqlx::postgres::PgArguments;
use uuid::Uuid;

const ENTRIES: &str = "select b.*, u.name as unit_name, u.credit_code from blacklistings b
    join units u on u.county_id = b.county_id and u.id = b.unit_id";

/// The entries of a campaign, the newest first; at most five hundred.
pub async fn all(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Entry>, sqlx::Error> {
    let sql = format!("{ENTRIES} where b.county_id = any($1) and b.campaign_id = $2 order by b.id desc limit 500");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).fetch_all(connection).await
}

/// One entry.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Entry>, sqlx::Error> {
    let sql = format!("{ENTRIES} where b.county_id = any($1) and b.id = $2");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// The entries of a unit, the newest first.
pub async fn of_unit(connection: &mut PgConnection, scope: &Scope, unit: Uuid) -> Result<Vec<Entry>, sqlx::Error> {
    let sql = format!("{ENTRIES} where b.county_id = any($1) and b.unit_id = $2 order by b.id desc");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(unit).fetch_all(connection).await
}

/// Proposes a unit of the permit's county.
pub async fn propose(
    writing: &mut Writing,
    permit: &Permit<Review>,
    (campaign, unit): (Uuid, Uuid),
    grounds: &str,
) -> Result<Uuid, WriteError> {
    let standing = of_unit(writing.connection(), &Scope::county(permit.county()), unit).await?;
    if standing.iter().any(|e| e.campaign_id == campaign && e.state() != State::Withdrawn) {
        return Err(WriteError::refused("grounds", "该单位已在拟列入或已列入名单中。"));
    }
    let (id, by, today) = (new_id(), permit.actor().name.clone(), writing.today());
    let row: Option<String> = sqlx::query_scalar(
        "insert into blacklistings as b (county_id, id, version, campaign_id, unit_id, grounds, proposed_by, proposed_on)
         select $1, $2, 1, $3, u.id, $5, $6, $7 from units u where u.county_id = $1 and u.id = $4 returning to_jsonb(b)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(campaign)
    .bind(unit)
    .bind(grounds)
    .bind(by)
    .bind(today)
    .fetch_optional(writing.connection())
    .await?;
    writing.record(permit.county(), Line::created("blacklistings", id, row.ok_or(WriteError::Missing)?)).await?;
    Ok(id)
}

async fn locked(writing: &mut Writing, county: CountyId, id: Uuid, wanted: &[State]) -> Result<Entry, WriteError> {
    sqlx::query("select 1 from blacklistings where county_id = $1 and id = $2 for update")
        .bind(county)
        .bind(id)
        .fetch_optional(writing.connection())
        .await?;
    let found = find(writing.connection(), &Scope::county(county), id).await?.ok_or(WriteError::Missing)?;
    if wanted.contains(&found.state()) {
        return Ok(found);
    }
    Err(WriteError::refused("", format!("现为“{}”，不能进行此项操作，请刷新后查看。", found.state().label())))
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, PgArguments>;

/// Changes the columns that `set` names, `$3` and on, and records it.
async fn change<'q>(
    writing: &mut Writing,
    before: &Entry,
    set: &str,
    bind: impl FnOnce(Scalar<'q>) -> Scalar<'q>,
    note: &str,
) -> Result<(), WriteError> {
    let sql = format!(
        "update blacklistings b set {set}, version = version + 1 where county_id = $1 and id = $2 returning to_jsonb(b)::text"
    );
    let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(before.county_id).bind(before.id);
    let row: String = bind(query).fetch_one(writing.connection()).await?;
    let line = Line::changed("blacklistings", before.id, before.version + 1, row).with_note(note);
    writing.record(before.county_id, line).await?;
    Ok(())
}

/// The entry, locked, if it still is as somebody saw it at `version`.
async fn seen(
    writing: &mut Writing,
    county: CountyId,
    (id, version): (Uuid, i32),
    wanted: &[State],
) -> Result<Entry, WriteError> {
    let found = locked(writing, county, id, wanted).await?;
    if found.version == version { Ok(found) } else { Err(WriteError::Stale) }
}

/// The notice was served, of the entry as it was seen at its version.
pub async fn notice(writing: &mut Writing, permit: &Permit<Review>, entry: (Uuid, i32), new: &Notice) -> Result<(), WriteError> {
    let before = seen(writing, permit.county(), entry, &[State::Proposed, State::Notified]).await?;
    let set = "notice_number = $3, notice_served_on = $4, objection_until = $5";
    let (number, served, until) = (new.number.clone(), new.served_on, new.until);
    change(writing, &before, set, |q| q.bind(number).bind(served).bind(until), "送达告知书").await
}

/// The unit objected, to the entry as it was seen at its version; a review given before is given to other facts and lapses.
pub async fn object(
    writing: &mut Writing,
    permit: &Permit<Review>,
    entry: (Uuid, i32),
    new: &Objection,
) -> Result<(), WriteError> {
    let before = seen(writing, permit.county(), entry, &[State::Notified, State::Reviewed]).await?;
    let set = "objection = $3, objection_on = $4, objection_answer = $5, reviewed_by = null, reviewed_on = null";
    let (text, on, answer) = (new.text.clone(), new.on, new.answer.clone());
    change(writing, &before, set, |q| q.bind(text).bind(on).bind(answer), "登记异议").await
}

/// 法规审核 of the entry as the officer saw it at its version.
pub async fn review(writing: &mut Writing, permit: &Permit<LegalReview>, entry: (Uuid, i32)) -> Result<(), WriteError> {
    let before = seen(writing, permit.county(), entry, &[State::Notified]).await?;
    let (by, today) = (permit.actor().name.clone(), writing.today());
    change(writing, &before, "reviewed_by = $3, reviewed_on = $4", |q| q.bind(by).bind(today), "法规审核").await
}

/// 决定列入.
pub async fn decide(writing: &mut Writing, permit: &Permit<Review>, id: Uuid, new: &Decision) -> Result<(), WriteError> {
    let before = locked(writing, permit.county(), id, &[State::Proposed, State::Notified, State::Reviewed]).await?;
    let (by, today, number) = (permit.actor().name.clone(), writing.today(), new.number.clone());
    if let Some(sentence) = before.decision_refused(today) {
        return Err(WriteError::refused("decision_number", sentence));
    }
    let set = "decided_by = $3, decided_on = $4, decision_number = $5";
    change(writing, &before, set, |q| q.bind(by).bind(today).bind(number), "决定列入").await
}

/// Takes it back, decided or not, with the reason.
pub async fn withdraw(writing: &mut Writing, permit: &Permit<Review>, id: Uuid, reason: &str) -> Result<(), WriteError> {
    let standing = [State::Proposed, State::Notified, State::Reviewed, State::Listed];
    let before = locked(writing, permit.county(), id, &standing).await?;
    let (by, today, reason) = (permit.actor().name.clone(), writing.today(), reason.to_owned());
    let set = "withdrawn_by = $3, withdrawn_on = $4, withdrawn_reason = $5";
    change(writing, &before, set, |q| q.bind(by).bind(today).bind(reason), "撤销").await
}
