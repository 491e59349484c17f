//! Writing the steps of rectification, one problem at a time or many at once.

use super::problem::LastStep;
use super::steps::{Completion, Ending, Extended, Extension, Return, Start, Verification};
use crate::base::ability::Enter;
use crate::base::{Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::vocabulary::{Source, kinds};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// The open rows of a step's rule: what may still be completed.
const OPEN: &str = "completed_on is null and ended_as is null";

type Written = Option<(i32, String)>;

async fn record(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, written: Written) -> Result<(), WriteError> {
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("problems", id, version, row)).await?;
    Ok(())
}

/// 方案备案, 开工整改. A form shows all that stands, so that what is empty there is emptied.
pub async fn start(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, step: &Start) -> Result<(), WriteError> {
    let written = sqlx::query_as(
        "update problems t set version = version + 1, plan_filed_on = coalesce($3, case when $9::integer is null then plan_filed_on end),
            begun_on = coalesce($4, case when $9 is null then begun_on end),
            measures = coalesce($5, case when $9 is null then measures end),
            plan_schedule = coalesce($6, case when $9 is null then plan_schedule end),
            plan_funds = coalesce($7, case when $9 is null then plan_funds end),
            responsible_person = coalesce($8, case when $9 is null then responsible_person end)
         where county_id = $1 and id = $2 and version = coalesce($9, version) and completed_on is null and ended_as is null
         returning version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(step.plan_filed_on)
    .bind(step.begun_on)
    .bind(&step.measures)
    .bind(&step.schedule)
    .bind(&step.funds)
    .bind(&step.responsible_person)
    .bind(step.version)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await
}

/// 整改完成.
pub async fn complete(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, step: &Completion) -> Result<(), WriteError> {
    let written = sqlx::query_as(
        "update problems t set version = version + 1, completed_on = $3, completion_note = $4
         where county_id = $1 and id = $2 and completed_on is null and ended_as is null returning version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(step.completed_on)
    .bind(&step.note)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await
}

/// 核查销号: only what is completed.
pub async fn verify(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, step: &Verification) -> Result<(), WriteError> {
    verified(writing, permit, (id, None), step).await
}

/// Names those who verified what is struck off already, as the editor of `version` saw it; a list that came in told only the day.
pub async fn name_verifiers(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    (id, version): (Uuid, i32),
    step: &Verification,
) -> Result<(), WriteError> {
    verified(writing, permit, (id, Some(version)), step).await
}

async fn verified(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    (id, again): (Uuid, Option<i32>),
    step: &Verification,
) -> Result<(), WriteError> {
    let written = sqlx::query_as(
        "update problems t set version = version + 1, verified_on = $3, verifiers = $4, verification_note = $5
         where county_id = $1 and id = $2 and completed_on <= $3 and ended_as is null
            and case when $6::integer is null then verified_on is null else verified_on is not null and version = $6 end
         returning version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(step.verified_on)
    .bind(&step.verifiers)
    .bind(&step.note)
    .bind(again)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await
}

/// 以关代改, 移交, 不属实: not what is struck off already.
pub async fn end(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, step: &Ending) -> Result<(), WriteError> {
    let written = sqlx::query_as(
        "update problems t set version = version + 1, ended_as = $3, ended_on = $4, ended_note = $5
         where county_id = $1 and id = $2 and verified_on is null and ended_as is null returning version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(step.ended_as.code())
    .bind(step.ended_on)
    .bind(&step.note)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await
}

/// Whether a 反弹 of a problem is recorded.
pub async fn recurred(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select 1 from problems where county_id = any($1) and recurrence_of = $2)")
        .bind(scope.ids())
        .bind(id)
        .fetch_one(connection)
        .await
}

/// 退回: takes the last step back, as the editor of that version saw it. What a 反弹 rests on stays.
pub async fn take_step_back(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, step: &Return) -> Result<(), WriteError> {
    let emptied = match step.step {
        LastStep::Ended => "ended_as = null, ended_on = null, ended_note = null",
        LastStep::Verified => "verified_on = null, verifiers = '{}', verification_note = null",
        LastStep::Completed => "completed_on = null, completion_note = null, on_the_spot = false",
    };
    let written = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "update problems t set version = version + 1, returned_on = $4, returned_note = $5, {emptied},
            begun_on = case when $6 then coalesce(begun_on, completed_on) else begun_on end
         where county_id = $1 and id = $2 and version = $3
            and not exists (select 1 from problems r where r.county_id = t.county_id and r.recurrence_of = t.id)
         returning version, to_jsonb(t)::text"
    )))
    .bind(permit.county())
    .bind(id)
    .bind(step.version)
    .bind(step.returned_on)
    .bind(&step.note)
    .bind(step.failed)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await
}

/// 延期: the first due date stays; each extension is a row of its own.
pub async fn extend(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    id: Uuid,
    previous: NaiveDate,
    step: &Extension,
) -> Result<(), WriteError> {
    let written: Written = sqlx::query_as(
        "update problems t set version = version + 1, due_on = $3, first_due_on = coalesce(first_due_on, $4)
         where county_id = $1 and id = $2 and due_on = $4 and completed_on is null and ended_as is null returning version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(step.due_on)
    .bind(previous)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, permit, id, written).await?;
    let extension = new_id();
    let row: String = sqlx::query_scalar(
        "insert into extensions as t (county_id, id, problem_id, previous_due_on, due_on, approved_by, approved_on, number, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(extension)
    .bind(id)
    .bind(previous)
    .bind(step.due_on)
    .bind(&step.approved_by)
    .bind(step.approved_on)
    .bind(&step.number)
    .bind(&step.reason)
    .fetch_one(writing.connection())
    .await?;
    writing.record(permit.county(), Entry::created("extensions", extension, row)).await?;
    Ok(())
}

/// The extensions of a problem, in order.
pub async fn extensions(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Vec<Extended>, sqlx::Error> {
    sqlx::query_as(
        "select previous_due_on, due_on, approved_by, approved_on, number, reason from extensions
         where county_id = any($1) and problem_id = $2 order by id",
    )
    .bind(scope.ids())
    .bind(id)
    .fetch_all(connection)
    .await
}

/// One step for many problems.
#[derive(Clone, Debug)]
pub enum BatchStep {
    /// 整改完成.
    Complete(Completion),
    /// 核查销号.
    Verify(Verification),
    /// 计划时限, where none was given yet.
    Due(NaiveDate),
    /// 监管责任人.
    Supervisor(String),
}

impl BatchStep {
    /// The condition on rows that the step fits, and the sentence about the others. `$3` is the step's date.
    pub fn rule(&self) -> (String, &'static str) {
        match self {
            Self::Complete(_) => (
                format!(
                    "{OPEN} and (found_on is null or found_on <= $3) and coalesce(greatest(plan_filed_on, begun_on) <= $3, true)"
                ),
                "已完成、已办结，或完成日期早于发现、备案日期",
            ),
            Self::Verify(step) => {
                let open = "completed_on <= $3 and verified_on is null and ended_as is null".to_owned();
                if step.verifiers.len() > 1 {
                    (open, "尚未完成整改，或已销号")
                } else {
                    (format!("{open} and not ({})", two_required()), "尚未完成整改，或已销号，或须由两人核查")
                }
            }
            Self::Due(_) => {
                (format!("{OPEN} and due_on is null and (found_on is null or found_on <= $3)"), "已有时限（请用延期），或已完成")
            }
            Self::Supervisor(_) => ("$3::date is not null".to_owned(), ""),
        }
    }

    /// The step's date; today for a step without one.
    pub fn date(&self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Complete(step) => step.completed_on,
            Self::Verify(step) => step.verified_on,
            Self::Due(date) => *date,
            Self::Supervisor(_) => today,
        }
    }
}

/// Of which problems two people must be named ([`super::Problem::needs_two_verifiers`]).
fn two_required() -> String {
    let list = |codes: Vec<&str>| codes.iter().map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ");
    let kinds = list(kinds().iter().filter(|k| k.two_verifiers).map(|k| k.code).collect());
    let sources = list(Source::ALL.iter().filter(|s| s.sent_down()).map(|s| s.code()).collect());
    format!("coalesce(kind in ({kinds}), false) or source in ({sources})")
}

/// Takes one step with many problems of a county; how many it fitted. The caller opens the batch.
pub async fn step_many(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    ids: &[Uuid],
    step: &BatchStep,
) -> Result<usize, WriteError> {
    let (rule, _) = step.rule();
    let today = writing.today();
    let set = match step {
        BatchStep::Complete(_) => "completed_on = $3, completion_note = coalesce($4, completion_note)",
        BatchStep::Verify(_) => "verified_on = $3, verification_note = coalesce($4, verification_note), verifiers = $5",
        BatchStep::Due(_) => "due_on = $3, first_due_on = coalesce(first_due_on, $3)",
        BatchStep::Supervisor(_) => "supervisor = $4",
    };
    let (text, names) = match step {
        BatchStep::Complete(step) => (step.note.clone(), Vec::new()),
        BatchStep::Verify(step) => (step.note.clone(), step.verifiers.clone()),
        BatchStep::Due(_) => (None, Vec::new()),
        BatchStep::Supervisor(name) => (Some(name.clone()), Vec::new()),
    };
    let sql = sqlx::AssertSqlSafe(format!(
        "with given as (select $3::date, $4::text, $5::text[])
         update problems t set version = version + 1, {set} where county_id = $1 and id = any($2) and {rule}
         returning id, version, to_jsonb(t)::text"
    ));
    let written: Vec<(Uuid, i32, String)> = sqlx::query_as(sql)
        .bind(permit.county())
        .bind(ids)
        .bind(step.date(today))
        .bind(text)
        .bind(names)
        .fetch_all(writing.connection())
        .await?;
    let count = written.len();
    let entries = written.into_iter().map(|(id, version, row)| Entry::changed("problems", id, version, row)).collect();
    writing.record_all(permit.county(), entries).await?;
    Ok(count)
}
