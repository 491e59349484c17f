//! Queries on `tips` and `tip_contacts`.

use super::changes::{Answer, Contact, FromOutside, TipChanges};
use super::tip::Tip;
use crate::base::ability::{Enter, EnterTip, SeeReporter};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::platform::database::{find_row, refused_by};
use crate::problems::{self, NewProblem, ProblemChanges};
use crate::vocabulary::{Source, TipSource};
use chrono::Days;
use sqlx::PgConnection;
use uuid::Uuid;

/// Days within which a tip of the public form is to be answered.
const DAYS_TO_ANSWER: u64 = 10;

/// One tip within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Tip>, sqlx::Error> {
    find_row(connection, scope, "tips", id).await
}

/// Whether the reporter left a name or a phone.
pub async fn has_contact(connection: &mut PgConnection, scope: &Scope, tip: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select 1 from tip_contacts where county_id = any($1) and tip_id = $2)")
        .bind(scope.ids())
        .bind(tip)
        .fetch_one(connection)
        .await
}

/// Records a tip for the permit's county.
pub async fn add(writing: &mut Writing, permit: &Permit<EnterTip>, campaign: Uuid, new: &TipChanges) -> Result<Uuid, WriteError> {
    let (id, at, county) = (new_id(), writing.recorded_at(), permit.county());
    let insert = sqlx::query_scalar(
        "insert into tips as t (county_id, id, source, number, received_on, target, content, assigned_on, due_on, version,
            campaign_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11) returning to_jsonb(t)::text",
    );
    let bound = bind(insert, county, id, new).bind(campaign).bind(at);
    let row: String = bound.fetch_one(writing.connection()).await.map_err(said)?;
    writing.record(county, Entry::created("tips", id, row)).await?;
    keep(writing, county, id, &new.contact).await?;
    Ok(id)
}

/// Records what somebody outside reports: a tip 网上 of that county, under a number of its day.
pub async fn from_outside(
    writing: &mut Writing,
    permit: &Permit<EnterTip>,
    campaign: Uuid,
    new: &FromOutside,
) -> Result<String, WriteError> {
    let today = writing.today();
    // Drawn, not counted: nobody outside learns how many there are, and two at a time do not meet.
    let drawn = uuid::Uuid::new_v4().simple().to_string()[..6].to_uppercase();
    let number = format!("网{}-{drawn}", today.format("%Y%m%d"));
    let facts = TipChanges {
        source: TipSource::Online,
        number: number.clone(),
        received_on: today,
        target: new.target.clone(),
        content: new.content.clone(),
        assigned_on: None,
        due_on: Some(today + Days::new(DAYS_TO_ANSWER)),
        contact: new.contact.clone(),
        version: 0,
    };
    add(writing, permit, campaign, &facts).await?;
    Ok(number)
}

/// Changes the facts of a tip; a stale version is refused.
pub async fn change(writing: &mut Writing, permit: &Permit<EnterTip>, id: Uuid, changes: &TipChanges) -> Result<(), WriteError> {
    let update = sqlx::query_scalar(
        "update tips t set source = $3, number = $4, received_on = $5, target = $6, content = $7, assigned_on = $8, due_on = $9,
            version = version + 1
         where county_id = $1 and id = $2 and version = $10 returning to_jsonb(t)::text",
    );
    let bound = bind(update, permit.county(), id, changes).bind(changes.version);
    let row: Option<String> = bound.fetch_optional(writing.connection()).await.map_err(said)?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("tips", id, changes.version + 1, row)).await?;
    Ok(())
}

/// Answers a tip.
pub async fn answer(writing: &mut Writing, permit: &Permit<Enter>, tip: &Tip, answer: &Answer) -> Result<(), WriteError> {
    let row: Option<String> = sqlx::query_scalar(
        "update tips t set answer = $4, answered_on = $5, answer_note = $6, told = $7, told_on = $8, version = version + 1
         where county_id = $1 and id = $2 and version = $3 returning to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(tip.id)
    .bind(answer.version)
    .bind(answer.answer.code())
    .bind(answer.on)
    .bind(&answer.note)
    .bind(&answer.told)
    .bind(answer.told_on)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("tips", tip.id, answer.version + 1, row)).await?;
    Ok(())
}

/// Makes the problem that a true tip is about, at a unit of the county, and ties the two.
pub async fn turn_into_problem(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    (campaign, tip, unit): (Uuid, &Tip, Uuid),
) -> Result<Uuid, WriteError> {
    if let Some(why) = tip.problem_barred() {
        return Err(WriteError::refused("", why));
    }
    let source = TipSource::from_code(&tip.source).map_or(Source::Reported12369, TipSource::problem_source);
    let facts = ProblemChanges {
        source: Some(source),
        description: Some(tip.content.clone()),
        found_on: tip.answered_on,
        source_numbers: Some(tip.number.clone()).filter(|n| !n.is_empty()).into_iter().collect(),
        assigned_on: tip.assigned_on.or(Some(tip.received_on)),
        assigned_due_on: tip.due_on,
        verified_as: tip.answer(),
        ..ProblemChanges::default()
    };
    let new = NewProblem { campaign, unit, recurrence_of: None, facts };
    let problem = problems::add(writing, permit, &new).await?;
    let row: Option<String> = sqlx::query_scalar(
        "update tips t set problem_id = $4, unit_id = $5, version = version + 1
         where county_id = $1 and id = $2 and version = $3 returning to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(tip.id)
    .bind(tip.version)
    .bind(problem)
    .bind(unit)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("tips", tip.id, tip.version + 1, row)).await?;
    Ok(problem)
}

/// Opens the contact of a reporter; that somebody looked is in the history before they see it.
pub async fn contact(writing: &mut Writing, permit: &Permit<SeeReporter>, tip: &Tip) -> Result<Contact, WriteError> {
    let contact: Option<Contact> = sqlx::query_as("select name, phone from tip_contacts where county_id = $1 and tip_id = $2")
        .bind(permit.county())
        .bind(tip.id)
        .fetch_optional(writing.connection())
        .await?;
    let contact = contact.ok_or(WriteError::Missing)?;
    let note = format!("查看举报人联系方式：{}", tip.title());
    writing.record(permit.county(), Entry::event(Action::Disclosed, "tips", tip.id, note)).await?;
    Ok(contact)
}

/// Keeps who reported, apart from the tip. The history says only that there is something.
async fn keep(writing: &mut Writing, county: CountyId, tip: Uuid, contact: &Contact) -> Result<(), WriteError> {
    if contact.is_empty() {
        return Ok(());
    }
    sqlx::query("insert into tip_contacts (county_id, tip_id, name, phone) values ($1, $2, $3, $4)")
        .bind(county)
        .bind(tip)
        .bind(&contact.name)
        .bind(&contact.phone)
        .execute(writing.connection())
        .await?;
    let entry = Entry::event(Action::Created, "tip_contacts", tip, "举报人留有联系方式（内容不记入日志）");
    writing.record(county, entry).await?;
    Ok(())
}

/// The constraint that refused, as a sentence at its field.
fn said(error: sqlx::Error) -> WriteError {
    match refused_by(&error) {
        Some("tips_number_unique") => WriteError::refused("number", "同一渠道已登记该编号，请核对是否重复登记。"),
        _ => error.into(),
    }
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

/// `$1` county, `$2` id, `$3` to `$9` the facts.
fn bind<'q>(query: Scalar<'q>, county: CountyId, id: Uuid, c: &'q TipChanges) -> Scalar<'q> {
    query
        .bind(county)
        .bind(id)
        .bind(c.source.code())
        .bind(&c.number)
        .bind(c.received_on)
        .bind(&c.target)
        .bind(&c.content)
        .bind(c.assigned_on)
        .bind(c.due_on)
}
