//! Queries on `problems`.

use super::changes::{NewProblem, ProblemChanges};
use super::problem::Problem;
use crate::base::ability::{Ability, Enter, EnterCase};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{self, Back, Entry, WriteError, Writing};
use crate::platform::database::find_row;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One problem within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Problem>, sqlx::Error> {
    find_row(connection, scope, "problems", id).await
}

/// The problems of a unit in a campaign, in order of recording.
pub async fn of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<Problem>, sqlx::Error> {
    sqlx::query_as("select * from problems where county_id = any($1) and campaign_id = $2 and unit_id = $3 order by id")
        .bind(scope.ids())
        .bind(campaign)
        .bind(unit)
        .fetch_all(connection)
        .await
}

/// Whoever may record a problem: those who enter facts, and those who enter a case with its new violation.
pub trait Records: Ability {}
impl Records for Enter {}
impl Records for EnterCase {}

/// Records a problem of a unit in the permit's county.
pub async fn add<A: Records>(writing: &mut Writing, permit: &Permit<A>, new: &NewProblem) -> Result<Uuid, WriteError> {
    let id = new_id();
    let at = writing.recorded_at();
    let insert = sqlx::query_scalar(
        "insert into problems as t (county_id, id, version, kind, other_kinds, source, description, found_on, source_numbers,
            assigned_on, assigned_due_on, verified_as, measures, plan_filed_on, begun_on, due_on, first_due_on, invested_fen,
            invested_with_above, supervisor, responsible_body, responsible_person, remark, campaign_id, unit_id, on_the_spot,
            completed_on, recurrence_of, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18, $19, $20, $21, $22, $23, u.id,
            $25::date is not null, $25, $26, $27
         from units u where u.county_id = $1 and u.id = $24 returning to_jsonb(t)::text",
    );
    let row: Option<String> = bind(insert, permit.county(), id, 1, &new.facts)
        .bind(new.campaign)
        .bind(new.unit)
        .bind(new.facts.on_the_spot)
        .bind(new.recurrence_of)
        .bind(at)
        .fetch_optional(writing.connection())
        .await?;
    let row = row.ok_or(WriteError::Missing)?;
    writing.record(permit.county(), Entry::created("problems", id, row)).await?;
    Ok(id)
}

/// Changes a problem's facts; a stale version is refused. The first due date stays once it was given.
pub async fn change(writing: &mut Writing, permit: &Permit<Enter>, id: Uuid, f: &ProblemChanges) -> Result<(), WriteError> {
    let update = sqlx::query_scalar(sqlx::AssertSqlSafe(set_facts("")));
    let row: Option<String> = bind(update, permit.county(), id, f.version, f).fetch_optional(writing.connection()).await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("problems", id, f.version + 1, row)).await?;
    Ok(())
}

/// Changes a problem's facts with its days of completion and verification, as a table tells them. The days are corrected, not
/// stepped through; who verified stays.
pub async fn correct(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    id: Uuid,
    f: &ProblemChanges,
    (completed_on, verified_on): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), WriteError> {
    let update = sqlx::query_scalar(sqlx::AssertSqlSafe(set_facts(", completed_on = $23, verified_on = $24")));
    let bound = bind(update, permit.county(), id, f.version, f).bind(completed_on).bind(verified_on);
    let row: Option<String> = bound.fetch_optional(writing.connection()).await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("problems", id, f.version + 1, row)).await?;
    Ok(())
}

fn set_facts(more: &str) -> String {
    format!(
        "update problems t set version = version + 1, kind = $4, other_kinds = $5, source = $6, description = $7, found_on = $8,
            source_numbers = $9, assigned_on = $10, assigned_due_on = $11, verified_as = $12, measures = $13, plan_filed_on = $14,
            begun_on = $15, due_on = $16,
            first_due_on = case when exists (select 1 from extensions e where e.county_id = $1 and e.problem_id = $2) then first_due_on else $16 end,
            invested_fen = $17, invested_with_above = $18, supervisor = $19, responsible_body = $20, responsible_person = $21, remark = $22{more}
         where county_id = $1 and id = $2 and version = $3 returning to_jsonb(t)::text"
    )
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

/// `$1` county, `$2` id, `$3` version, `$4` to `$22` the facts.
fn bind<'q>(query: Scalar<'q>, county: CountyId, id: Uuid, version: i32, f: &'q ProblemChanges) -> Scalar<'q> {
    query
        .bind(county)
        .bind(id)
        .bind(version)
        .bind(&f.kind)
        .bind(&f.other_kinds)
        .bind(f.source_code())
        .bind(&f.description)
        .bind(f.found_on)
        .bind(&f.source_numbers)
        .bind(f.assigned_on)
        .bind(f.assigned_due_on)
        .bind(f.verified_as.map(|v| v.code()))
        .bind(&f.measures)
        .bind(f.plan_filed_on)
        .bind(f.begun_on)
        .bind(f.due_on)
        .bind(f.invested.map(|m| m.fen()))
        .bind(f.invested_with_above)
        .bind(&f.supervisor)
        .bind(&f.responsible_body)
        .bind(&f.responsible_person)
        .bind(&f.remark)
}

/// What a batch may have changed of a problem.
const FACTS: &[&str] = &[
    "kind",
    "other_kinds",
    "source",
    "description",
    "found_on",
    "source_numbers",
    "assigned_on",
    "assigned_due_on",
    "verified_as",
    "on_the_spot",
    "measures",
    "plan_filed_on",
    "begun_on",
    "due_on",
    "first_due_on",
    "invested_fen",
    "invested_with_above",
    "completed_on",
    "completion_note",
    "verified_on",
    "verifiers",
    "verification_note",
    "ended_as",
    "ended_on",
    "ended_note",
    "supervisor",
    "responsible_body",
    "responsible_person",
    "remark",
];

/// Takes problems back to what they were, or away; the ids of those that nobody changed meanwhile.
pub async fn take_back(writing: &mut Writing, permit: &Permit<Enter>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    let mut done = history::put_back(writing, permit.county(), ("problems", FACTS), rows).await?;
    done.extend(history::take_away(writing, permit.county(), "problems", rows).await?);
    Ok(done)
}
