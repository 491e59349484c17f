//! Queries on `supervision_orders` and its kin.

use super::changes::{Check, Escalation, NewOrder, Reply, Verdict};
use super::order::{Order, StepTaken};
use crate::base::ability::{Enter, Supervise};
use crate::base::{CITY, CountyId, Permit, Scope, new_id};
use crate::campaigns::Campaign;
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::find_row;
use crate::vocabulary::{SupervisionState, SupervisionStep};
use chrono::{Datelike, NaiveDate};
use sqlx::PgConnection;
use uuid::Uuid;

/// One order within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Order>, sqlx::Error> {
    find_row(connection, scope, "supervision_orders", id).await
}

/// The steps of an order, the first first.
pub async fn steps(connection: &mut PgConnection, scope: &Scope, order: Uuid) -> Result<Vec<StepTaken>, sqlx::Error> {
    sqlx::query_as("select * from supervision_steps where county_id = any($1) and order_id = $2 order by id")
        .bind(scope.ids())
        .bind(order)
        .fetch_all(connection)
        .await
}

/// The orders about a problem, the last first.
pub async fn of_problem(connection: &mut PgConnection, scope: &Scope, problem: Uuid) -> Result<Vec<Order>, sqlx::Error> {
    sqlx::query_as("select * from supervision_orders where county_id = any($1) and problem_id = $2 order by id desc")
        .bind(scope.ids())
        .bind(problem)
        .fetch_all(connection)
        .await
}

/// The orders over the same problem or case, or over a county's late tables, that are not struck off, the first first.
pub async fn open_over(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    (problem, case, late): (Option<Uuid>, Option<Uuid>, Option<CountyId>),
) -> Result<Vec<Order>, sqlx::Error> {
    sqlx::query_as(
        "select * from supervision_orders where county_id = any($1) and campaign_id = $2 and state <> 'closed'
            and (problem_id = $3 or case_id = $4 or (about = 'late' and county_id = $5)) order by id",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(problem)
    .bind(case)
    .bind(late)
    .fetch_all(connection)
    .await
}

/// The orders that followed when this one's 销号 did not last.
pub async fn relapses(connection: &mut PgConnection, scope: &Scope, order: Uuid) -> Result<Vec<Order>, sqlx::Error> {
    sqlx::query_as("select * from supervision_orders where county_id = any($1) and recurrence_of = $2 order by id")
        .bind(scope.ids())
        .bind(order)
        .fetch_all(connection)
        .await
}

/// What stands open.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub struct Owed {
    /// Orders that counties owe an answer to.
    pub open: i64,
    /// Answered, to be looked at by the city.
    pub replied: i64,
    /// Past their due date, and not struck off.
    pub overdue: i64,
}

/// What stands open within the scope on a day.
pub async fn owed(connection: &mut PgConnection, scope: &Scope, campaign: Uuid, day: NaiveDate) -> Result<Owed, sqlx::Error> {
    sqlx::query_as(
        "select count(*) filter (where state in ('open', 'returned')) as open, count(*) filter (where state = 'replied') as replied,
            count(*) filter (where state <> 'closed' and due_on < $3) as overdue
         from supervision_orders where county_id = any($1) and campaign_id = $2",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(day)
    .fetch_one(connection)
    .await
}

/// Issues an order under the next number of the campaign's series.
pub async fn issue(
    writing: &mut Writing,
    permit: &Permit<Supervise>,
    campaign: &Campaign,
    new: &NewOrder,
) -> Result<Uuid, WriteError> {
    let number = next_number(writing, campaign.id).await?;
    let document_number = format!("{}〔{}〕{number}号", campaign.supervision_prefix, new.issued_on.year());
    let (id, at, by) = (new_id(), writing.recorded_at(), permit.actor().name.clone());
    let row: String = sqlx::query_scalar(
        "insert into supervision_orders as t (county_id, id, version, campaign_id, number, document_number, level, state, about,
            problem_id, case_id, matter, requirement, issued_on, due_on, issued_by, recurrence_of, created_at)
         values ($1, $2, 1, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(campaign.id)
    .bind(number)
    .bind(&document_number)
    .bind(new.level.code())
    .bind(new.about.code())
    .bind(new.problem)
    .bind(new.case)
    .bind(&new.matter)
    .bind(&new.requirement)
    .bind(new.issued_on)
    .bind(new.due_on)
    .bind(by)
    .bind(new.recurrence_of)
    .bind(at)
    .fetch_one(writing.connection())
    .await?;
    let entry = Entry::created("supervision_orders", id, row).with_note(document_number.clone());
    writing.record(permit.county(), entry).await?;
    let level = new.level.code();
    let step = Step { kind: SupervisionStep::Issued, on: new.issued_on, level, due: Some(new.due_on), people: &[], note: "" };
    take(writing, permit.county(), id, step).await?;
    if let Some(old) = new.recurrence_of {
        let note = format!("另行下达{document_number}");
        let step = Step { kind: SupervisionStep::Relapsed, on: new.issued_on, level, due: None, people: &[], note: &note };
        take(writing, permit.county(), old, step).await?;
    }
    Ok(id)
}

/// One series a campaign: the row is locked until the order stands, so that no number is lost or given twice.
async fn next_number(writing: &mut Writing, campaign: Uuid) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar(
        "insert into supervision_series as s (county_id, campaign_id, last) values ($1, $2, 1)
         on conflict (county_id, campaign_id) do update set last = s.last + 1 returning last",
    )
    .bind(CITY)
    .bind(campaign)
    .fetch_one(writing.connection())
    .await
}

/// The county answers.
pub async fn reply(writing: &mut Writing, permit: &Permit<Enter>, order: &Order, reply: &Reply) -> Result<(), WriteError> {
    if !order.state().owes_reply() {
        return Err(WriteError::refused("", "该督办单已回复或已销号，无需重复回复。"));
    }
    let moved = Move { state: SupervisionState::Replied, replied_on: Some(reply.on), ..Move::of(order) };
    change(writing, permit.county(), order, moved).await?;
    let people = [reply.person.clone()];
    let step =
        Step { kind: SupervisionStep::Replied, on: reply.on, level: &order.level, due: None, people: &people, note: &reply.text };
    take(writing, permit.county(), order.id, step).await
}

/// The city has looked on the spot: struck off, or sent back.
pub async fn check(writing: &mut Writing, permit: &Permit<Supervise>, order: &Order, check: &Check) -> Result<(), WriteError> {
    if order.state() == SupervisionState::Closed {
        return Err(WriteError::refused("", "该督办单已销号。如有反弹，请另行下达。"));
    }
    let checked = Move { checked_on: Some(check.on), ..Move::of(order) };
    let (moved, kind, due) = match check.verdict {
        Verdict::Close => {
            (Move { state: SupervisionState::Closed, closed_on: Some(check.on), ..checked }, SupervisionStep::Closed, None)
        }
        Verdict::Return(due) => {
            (Move { state: SupervisionState::Returned, due_on: due, ..checked }, SupervisionStep::Returned, Some(due))
        }
    };
    change(writing, permit.county(), order, moved).await?;
    let step = Step { kind, on: check.on, level: &order.level, due, people: &check.people, note: &check.note };
    take(writing, permit.county(), order.id, step).await
}

/// Raises it to the next level.
pub async fn escalate(
    writing: &mut Writing,
    permit: &Permit<Supervise>,
    order: &Order,
    raise: &Escalation,
) -> Result<(), WriteError> {
    let level = raise.level.code();
    change(writing, permit.county(), order, Move { level, due_on: raise.due_on, ..Move::of(order) }).await?;
    let step =
        Step { kind: SupervisionStep::Escalated, on: raise.on, level, due: Some(raise.due_on), people: &[], note: &raise.reason };
    take(writing, permit.county(), order.id, step).await
}

/// What a step leaves on the order itself.
struct Move<'a> {
    level: &'a str,
    state: SupervisionState,
    due_on: NaiveDate,
    replied_on: Option<NaiveDate>,
    checked_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

impl<'a> Move<'a> {
    fn of(order: &'a Order) -> Self {
        Self {
            level: &order.level,
            state: order.state(),
            due_on: order.due_on,
            replied_on: order.replied_on,
            checked_on: order.checked_on,
            closed_on: order.closed_on,
        }
    }
}

async fn change(writing: &mut Writing, county: CountyId, order: &Order, to: Move<'_>) -> Result<(), WriteError> {
    let row: Option<String> = sqlx::query_scalar(
        "update supervision_orders t set version = version + 1, level = $4, state = $5, due_on = $6, replied_on = $7,
            checked_on = $8, closed_on = $9
         where county_id = $1 and id = $2 and version = $3 returning to_jsonb(t)::text",
    )
    .bind(county)
    .bind(order.id)
    .bind(order.version)
    .bind(to.level)
    .bind(to.state.code())
    .bind(to.due_on)
    .bind(to.replied_on)
    .bind(to.checked_on)
    .bind(to.closed_on)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(county, Entry::changed("supervision_orders", order.id, order.version + 1, row)).await?;
    Ok(())
}

struct Step<'a> {
    kind: SupervisionStep,
    on: NaiveDate,
    level: &'a str,
    due: Option<NaiveDate>,
    people: &'a [String],
    note: &'a str,
}

async fn take(writing: &mut Writing, county: CountyId, order: Uuid, step: Step<'_>) -> Result<(), WriteError> {
    let (id, by) = (new_id(), writing.actor().name.clone());
    let row: String = sqlx::query_scalar(
        "insert into supervision_steps as t (county_id, id, order_id, kind, on_date, level, due_on, people, note, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning to_jsonb(t)::text",
    )
    .bind(county)
    .bind(id)
    .bind(order)
    .bind(step.kind.code())
    .bind(step.on)
    .bind(step.level)
    .bind(step.due)
    .bind(step.people)
    .bind(step.note)
    .bind(by)
    .fetch_one(writing.connection())
    .await?;
    writing.record(county, Entry::created("supervision_steps", id, row)).await?;
    Ok(())
}
