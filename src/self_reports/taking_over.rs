//! A clerk takes a report over, field by field, or sets it aside. What staff entered changes only where the clerk ticked it.

use super::report::{Report, ReportedProblem};
use crate::base::ability::Enter;
use crate::base::{Cells, Permit, Scope, dates};
use crate::evidence::{self, Owner};
use crate::history::{Entry, WriteError, Writing};
use crate::problems::{self, NewProblem, Problem, ProblemChanges};
use crate::self_inspections::{self, Found, SelfInspectionChanges};
use crate::vocabulary::{SelfInspectionState, Source};
use chrono::NaiveDate;
use uuid::Uuid;

/// What becomes of one reported problem.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The reported problem.
    pub reported: Uuid,
    /// The problem whose fields it fills; none: a new one is recorded.
    pub into: Option<Uuid>,
    /// The fields that are taken, by their names in forms.
    pub fields: Vec<String>,
}

/// What a clerk takes over.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Whether the day and the result of the self-inspection are registered as reported.
    pub self_inspection: bool,
    /// The problems that are taken.
    pub problems: Vec<Choice>,
    /// The version of the report that the clerk saw.
    pub version: i32,
}

/// Takes a report over. All of it or nothing: a rule that refuses says so, and nothing has changed.
pub async fn take_over(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    (report, reported): &(Report, Vec<ReportedProblem>),
    taken: &Taken,
) -> Result<(), WriteError> {
    settle(writing, permit, report, taken.version, "taken", None).await?;
    if taken.self_inspection {
        register(writing, permit, campaign, report).await?;
    }
    for choice in &taken.problems {
        let Some(problem) = reported.iter().find(|p| p.id == choice.reported) else { return Err(WriteError::Missing) };
        let id = match choice.into {
            Some(id) => fill(writing, permit, (report.unit_id, id), problem, &choice.fields).await?,
            None => record(writing, permit, campaign, report, problem, &choice.fields).await?,
        };
        tie(writing, permit, report, problem.id, id).await?;
    }
    Ok(())
}

/// Sets a report aside with a reason; the unit reads that it was not taken.
pub async fn set_aside(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    report: &Report,
    version: i32,
    reason: &str,
) -> Result<(), WriteError> {
    settle(writing, permit, report, version, "set_aside", Some(reason)).await
}

async fn settle(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    report: &Report,
    version: i32,
    state: &str,
    note: Option<&str>,
) -> Result<(), WriteError> {
    let at = writing.business_at();
    let row: Option<(i32, String)> = sqlx::query_as(
        "update self_reports r set version = version + 1, state = $4, settled_by = $5, settled_at = $6, settled_note = $7
         where county_id = $1 and id = $2 and version = $3 and state = 'waiting' returning version, to_jsonb(r)::text",
    )
    .bind(permit.county())
    .bind(report.id)
    .bind(version)
    .bind(state)
    .bind(&permit.actor().name)
    .bind(at)
    .bind(note)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = row.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("self_reports", report.id, version, row)).await?;
    Ok(())
}

async fn register(writing: &mut Writing, permit: &Permit<Enter>, campaign: Uuid, report: &Report) -> Result<(), WriteError> {
    let scope = Scope::county(permit.county());
    let stands = self_inspections::find(writing.connection(), &scope, campaign, report.unit_id).await?;
    let changes = SelfInspectionChanges {
        state: SelfInspectionState::Inspected,
        inspected_on: report.inspected_on,
        found: report.found.as_deref().and_then(Found::read),
        person: Some(report.reporter.clone()),
        note: stands.as_ref().and_then(|s| s.note.clone()),
        version: stands.map_or(0, |s| s.version),
    };
    self_inspections::register(writing, permit, campaign, report.unit_id, &changes).await
}

/// The ticked fields of a reported problem, laid over what stands.
fn laid(cells: &mut Cells, problem: &ReportedProblem, fields: &[String]) {
    let day = |date: Option<NaiveDate>| date.map(dates::short).unwrap_or_default();
    let said = [
        ("problem_kind", problem.kind.clone().unwrap_or_default()),
        ("problem", problem.description.clone()),
        ("measures", problem.measures.clone().unwrap_or_default()),
        ("responsible_person", problem.responsible_person.clone().unwrap_or_default()),
        ("due_on", day(problem.due_on)),
        ("invested", problem.invested()),
    ];
    for (field, value) in said {
        if !value.is_empty() && fields.iter().any(|f| f == field) {
            cells.set(field, value);
        }
    }
    // What looks like 元 was shown to the clerk, who took it all the same.
    cells.set("confirm_invested", "yes");
}

fn read(cells: &mut Cells) -> Result<ProblemChanges, WriteError> {
    ProblemChanges::read(cells).ok_or_else(|| {
        let text = cells.errors().first().map_or_else(|| "内容有误。".to_owned(), |m| m.text.clone());
        WriteError::refused("", format!("自报内容与现有登记不符：{text}请先核对。"))
    })
}

async fn record(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    report: &Report,
    problem: &ReportedProblem,
    fields: &[String],
) -> Result<Uuid, WriteError> {
    let mut cells = Cells::new(writing.today());
    cells.set("source", Source::SelfInspection.code()).set("found_on", report.inspected_on.map(dates::short).unwrap_or_default());
    laid(&mut cells, problem, fields);
    let facts = read(&mut cells)?;
    let found_on = facts.found_on;
    let new = NewProblem { campaign, unit: report.unit_id, recurrence_of: None, facts };
    let id = problems::add(writing, permit, &new).await?;
    self_inspections::found_some(writing, permit, campaign, report.unit_id, found_on).await?;
    Ok(id)
}

async fn fill(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    (unit, id): (Uuid, Uuid),
    problem: &ReportedProblem,
    fields: &[String],
) -> Result<Uuid, WriteError> {
    let scope = Scope::county(permit.county());
    let stands: Option<Problem> = problems::find(writing.connection(), &scope, id).await?;
    let stands = stands.filter(|p| p.unit_id == unit).ok_or(WriteError::Missing)?;
    let mut cells = stands.cells(writing.today());
    laid(&mut cells, problem, fields);
    let facts = read(&mut cells)?;
    problems::change(writing, permit, id, &facts).await?;
    Ok(id)
}

/// Notes which problem it became, and lays the report's photographs beside it.
async fn tie(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    report: &Report,
    reported: Uuid,
    problem: Uuid,
) -> Result<(), WriteError> {
    let row: String = sqlx::query_scalar(
        "update self_report_problems p set problem_id = $3 where county_id = $1 and id = $2 returning to_jsonb(p)::text",
    )
    .bind(permit.county())
    .bind(reported)
    .bind(problem)
    .fetch_one(writing.connection())
    .await?;
    writing.record(permit.county(), Entry::changed("self_report_problems", reported, 2, row)).await?;
    let scope = Scope::county(permit.county());
    for piece in evidence::of(writing.connection(), &scope, &[report.id]).await? {
        let caption = format!("企业自报：{}", piece.title());
        evidence::add(writing, permit, Owner::Problem, problem, piece.attachment_id, Some(&caption)).await?;
    }
    Ok(())
}
