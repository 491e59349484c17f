//! `/publicity/{id}/edit`: one entry of the log.

use super::show::entry_of;
use crate::base::ability::Publicise;
use crate::outreach::{self, PublicityChanges};
use crate::vocabulary::PublicityChannel;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// The form of an entry, new or not.
#[derive(Template)]
#[template(path = "publicity/edit.html")]
pub(super) struct EntryPage {
    frame: Frame,
    form: Form,
    title: &'static str,
    action: String,
    back: String,
    channels: Vec<Choice>,
    new: bool,
}

impl EntryPage {
    /// The page of an entry, or of a new one.
    pub(super) fn of(visit: &Visit, form: Form, id: Option<Uuid>) -> Self {
        let title = if id.is_some() { "修改宣传" } else { "登记宣传" };
        Self {
            frame: visit.frame(title),
            form,
            title,
            action: id.map_or_else(|| paths::PUBLICITY_NEW.to_owned(), paths::publicity_edit),
            back: id.map_or_else(|| paths::PUBLICITY.to_owned(), paths::publicity),
            channels: words::<PublicityChannel>(),
            new: id.is_none(),
        }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Publicise>()?;
    let entry = entry_of(&mut visit, id).await?;
    visit.insist_in::<Publicise>(entry.county_id)?;
    let form = visit.form(entry.cells(visit.today()));
    page(&EntryPage::of(&visit, form, Some(id)))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Publicise>()?;
    let entry = entry_of(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = PublicityChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EntryPage::of(&visit, form, Some(id)));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Publicise>(entry.county_id)?;
    outreach::change(&mut writing, &permit, id, &changes).await?;
    visit.done(writing, &form, &paths::publicity(id), Flash::done("已保存。")).await
}
