//! `/ledger/{id}/problems`: which problems a case covers.

use super::form::{load_mine, refused};
use crate::ledger::{self, CaseFile, CaseProblem};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/problems.html")]
struct ProblemsPage {
    frame: Frame,
    form: Form,
    file: CaseFile,
    others: Vec<CaseProblem>,
}

async fn shown(visit: &mut Visit, form: Form, file: CaseFile) -> Result<ProblemsPage, Error> {
    let scope = visit.scope();
    let others = ledger::attachable(visit.connection(), &scope, &file.case).await?;
    Ok(ProblemsPage { frame: visit.frame("关联问题"), form, file, others })
}

/// The problems covered, and those of the same units that may be.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form, file).await?)
}

/// Attaches (`attach`) or detaches (`detach`) one problem.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let wanted = |name: &str| form.value(name).parse::<Uuid>().ok();
    let (attach, detach) = (wanted("attach"), wanted("detach"));
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    let (outcome, flash) = match (attach, detach) {
        (Some(problem), _) => (ledger::attach(&mut writing, &permit, id, problem).await, "已关联问题。"),
        (_, Some(problem)) => (ledger::detach(&mut writing, &permit, id, problem).await, "已解除关联。"),
        _ => return Err(Error::Bad("problem")),
    };
    match outcome {
        Ok(()) => visit.done(writing, &form, &paths::case_problems(id), Flash::done(flash)).await,
        Err(error) => {
            drop(writing);
            refused(&mut form, error)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, file).await?)
        }
    }
}
