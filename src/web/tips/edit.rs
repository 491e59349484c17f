//! `/tips/{id}/edit`: the facts of a tip. The county stays: one that belongs elsewhere is answered 移交.

use super::tip_of;
use crate::base::CITY;
use crate::base::ability::EnterTip;
use crate::history::WriteError;
use crate::tips::{self, TipChanges};
use crate::vocabulary::TipSource;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// The form of a tip, new or not.
#[derive(Template)]
#[template(path = "tips/edit.html")]
pub(super) struct TipPage {
    frame: Frame,
    form: Form,
    title: &'static str,
    action: String,
    back: String,
    sources: Vec<Choice>,
    /// The counties to choose from; none where the county is known.
    counties: Vec<Choice>,
    new: bool,
}

impl TipPage {
    /// The page of a tip, or of a new one.
    pub(super) fn of(visit: &Visit, form: Form, id: Option<Uuid>) -> Self {
        let title = if id.is_some() { "修改举报件" } else { "登记举报件" };
        let asks = id.is_none() && visit.viewer.actor.county == CITY;
        let counties = visit.app.directory.counties().filter(|_| asks).map(|c| (c.id.to_string(), c.name.clone()));
        Self {
            frame: visit.frame(title),
            form,
            title,
            action: id.map_or_else(|| paths::TIPS_NEW.to_owned(), |id| paths::tip_act(id, "edit")),
            back: id.map_or_else(|| paths::TIPS.to_owned(), paths::tip),
            sources: words::<TipSource>(),
            counties: choices(counties),
            new: id.is_none(),
        }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<EnterTip>()?;
    let tip = tip_of(&mut visit, id).await?;
    let form = visit.form(tip.cells(visit.today()));
    page(&TipPage::of(&visit, form, Some(id)))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<EnterTip>()?;
    let tip = tip_of(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = TipChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &TipPage::of(&visit, form, Some(id)));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<EnterTip>(tip.county_id)?;
    match tips::change(&mut writing, &permit, id, &changes).await {
        Ok(()) => visit.done(writing, &form, &paths::tip(id), Flash::done("已保存。")).await,
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &TipPage::of(&visit, form, Some(id)))
        }
        Err(error) => Err(error.into()),
    }
}
