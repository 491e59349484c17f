//! `/ledger/{id}/edit`: the facts of a case.

use super::clash;
use super::form::{CaseFields, load_mine, refused};
use crate::history::WriteError;
use crate::ledger::{self, Case, CaseChanges, CaseFile, Grounds, LABELS};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Frame, Path, Posted, Visit, Walk, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/edit.html")]
struct EditPage {
    frame: Frame,
    walk: Walk,
    form: Form,
    fields: CaseFields,
    file: CaseFile,
}

impl EditPage {
    fn of(visit: &Visit, form: Form, file: CaseFile) -> Self {
        let fields = CaseFields::of(visit, Some(&file.case));
        let walk = Walk::of(visit, paths::LEDGER, file.case.id);
        Self { frame: visit.frame("编辑案件"), walk, form, fields, file }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let form = visit.form(file.case.cells(visit.today()));
    page(&EditPage::of(&visit, form, file))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let grounds = Grounds::of(&visit.viewer.actor, &file.problems);
    let Some(changes) = CaseChanges::read(&mut form.cells, &grounds) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::of(&visit, form, file));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    match ledger::change(&mut writing, &permit, id, &changes).await {
        Ok(()) => visit.done(writing, &form, &Walk::of(&visit, paths::LEDGER, id).record(), Flash::done("案件已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let file = load_mine(&mut visit, id).await?;
            let theirs = file.case.cells(visit.today());
            clash::settle::<Case>(&mut visit, &mut form, id, &theirs, LABELS, Case::cells).await?;
            page_with(StatusCode::CONFLICT, &EditPage::of(&visit, form, file))
        }
        Err(error) => {
            drop(writing);
            refused(&mut form, error)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::of(&visit, form, file))
        }
    }
}
