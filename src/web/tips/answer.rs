//! `/tips/{id}/answer`: what was found, and what the reporter was told.

use super::tip_of;
use crate::base::ability::Enter;
use crate::tips::{self, Answer as TipAnswer, Tip};
use crate::vocabulary::VerifiedAs;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "tips/answer.html")]
struct AnswerPage {
    frame: Frame,
    form: Form,
    tip: Tip,
    answers: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, tip: Tip) -> AnswerPage {
    AnswerPage { frame: visit.frame("答复举报件"), form, tip, answers: words::<VerifiedAs>() }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Enter>()?;
    let tip = tip_of(&mut visit, id).await?;
    let form = visit.form(tip.answer_cells(visit.today()));
    page(&shown(&visit, form, tip))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let tip = tip_of(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(answer) = TipAnswer::read(&mut form.cells, &tip) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, tip));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(tip.county_id)?;
    tips::answer(&mut writing, &permit, &tip, &answer).await?;
    visit.done(writing, &form, &paths::tip(id), Flash::done("答复已登记。")).await
}
