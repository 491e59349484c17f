//! `/problems/{id}/edit`: the facts of a problem.

use super::new::{Lists, problem_of};
use crate::base::ability::Enter;
use crate::history::WriteError;
use crate::problems::{self, LABELS, Problem, ProblemChanges};
use crate::self_inspections;
use crate::units::Unit;
use crate::vocabulary::Source;
use crate::web::paths;
use crate::web::shell::{Answer, Conflict, Error, Flash, Form, Frame, Origin, Path, Posted, Visit, Walk, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "problems/edit.html")]
struct EditPage {
    frame: Frame,
    walk: Walk,
    form: Form,
    lists: Lists,
    unit: Unit,
    problem: Problem,
}

fn shown(visit: &Visit, form: Form, problem: Problem, unit: Unit) -> EditPage {
    let walk = Walk::of(visit, paths::PROBLEMS, problem.id);
    EditPage { frame: visit.frame("编辑问题"), walk, form, lists: Lists::all(), unit, problem }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let (problem, unit) = problem_of(&mut visit, id).await?;
    visit.insist_in::<Enter>(problem.county_id)?;
    let form = visit.form(problem.cells(visit.today()));
    page(&shown(&visit, form, problem, unit))
}

/// Saves.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let (problem, unit) = problem_of(&mut visit, id).await?;
    visit.insist_in::<Enter>(problem.county_id)?;
    let mut form = visit.posted(posted);
    let changes = ProblemChanges::read(&mut form.cells);
    if problem.completed_on.is_some_and(|done| changes.as_ref().and_then(|c| c.found_on).is_some_and(|found| found > done)) {
        form.cells.refuse("found_on", "发现日期晚于已登记的完成日期，请核对。");
    }
    if let Some(changes) = &changes {
        changes.ask_of_the_source(&problem, &mut form.cells);
    }
    let (Some(changes), true) = (changes, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, problem, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(problem.county_id)?;
    match problems::change(&mut writing, &permit, id, &changes).await {
        Ok(()) => {}
        Err(WriteError::Stale) => {
            drop(writing);
            let form = clash(&mut visit, form, &problem, changes.version).await?;
            return page_with(StatusCode::CONFLICT, &shown(&visit, form, problem, unit));
        }
        Err(error) => return Err(error.into()),
    }
    if changes.source == Some(Source::SelfInspection) {
        self_inspections::found_some(&mut writing, &permit, problem.campaign_id, unit.id, changes.found_on).await?;
    }
    visit.done(writing, &form, &Walk::of(&visit, paths::PROBLEMS, id).record(), Flash::done("已保存。")).await
}

/// Base, theirs and mine of a problem that somebody changed meanwhile.
async fn clash(visit: &mut Visit, mut form: Form, theirs: &Problem, seen: i32) -> Result<Form, Error> {
    let today = visit.today();
    let origin = Origin::of(visit, theirs.id, seen).await?;
    let base = origin.row.and_then(|row| serde_json::from_value::<Problem>(row).ok()).unwrap_or_else(|| theirs.clone());
    form.conflict =
        Some(Conflict::merge(&base.cells(today), &theirs.cells(today), &mut form.cells, LABELS, origin.who, origin.when));
    Ok(form)
}
