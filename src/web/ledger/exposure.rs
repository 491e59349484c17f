//! `/ledger/{id}/exposure`: 曝光 of a decided case after 法规审核.

use super::clash;
use super::form::{load_mine, refused};
use crate::history::WriteError;
use crate::ledger::{self, Case, CaseFile, ExposureChanges};
use crate::vocabulary::ExposureMedia;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

const LABELS: &[(&str, &str)] = &[("exposed_on", "曝光日期"), ("exposure_media", "曝光媒体"), ("exposure_outlet", "媒体名称")];

#[derive(Template)]
#[template(path = "ledger/exposure.html")]
struct ExposurePage {
    frame: Frame,
    form: Form,
    file: CaseFile,
    media: Vec<Choice>,
}

impl ExposurePage {
    fn of(visit: &Visit, form: Form, file: CaseFile) -> Self {
        let media = choices(ExposureMedia::ALL.iter().map(|m| (m.code(), m.label())));
        Self { frame: visit.frame("登记曝光"), form, file, media }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let form = visit.form(file.case.cells(visit.today()));
    page(&ExposurePage::of(&visit, form, file))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let Some(changes) = ExposureChanges::read(&mut form.cells, &file.case) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ExposurePage::of(&visit, form, file));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    match ledger::expose(&mut writing, &permit, id, &changes).await {
        Ok(()) => visit.done(writing, &form, &paths::case(id), Flash::done("曝光登记已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let file = load_mine(&mut visit, id).await?;
            let theirs = file.case.cells(visit.today());
            clash::settle::<Case>(&mut visit, &mut form, id, &theirs, LABELS, Case::cells).await?;
            page_with(StatusCode::CONFLICT, &ExposurePage::of(&visit, form, file))
        }
        Err(error) => {
            drop(writing);
            refused(&mut form, error)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &ExposurePage::of(&visit, form, file))
        }
    }
}
