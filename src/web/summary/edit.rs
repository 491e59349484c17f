//! `/summary/{key}/edit`: one paragraph as plain text, in which the figures stand as ordinary numbers.

use super::{editable, paragraph};
use crate::base::Cells;
use crate::base::ability::Summarise;
use crate::history::WriteError;
use crate::summary::{Edit, LONGEST, Paragraph, Summary, change};
use crate::web::paths;
use crate::web::shell::{Answer, Conflict, Error, Flash, Form, Frame, Origin, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

/// The field that two editors may clash on.
const LABELS: &[(&str, &str)] = &[("text", "本段内容")];

#[derive(Template)]
#[template(path = "summary/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    heading: &'static str,
    paragraph: Paragraph,
    reset: Form,
}

impl EditPage {
    fn hint(&self) -> String {
        format!(
            "数字未改动的随数据更新，改动后与系统数不一致的，文中标黄。“〔待补：……〕”处请填写。\
             换行另起一段；清空则本段不打印。不超过{LONGEST}字。"
        )
    }

    fn rows(&self) -> usize {
        (self.form.value("text").chars().count() / 40 + self.form.value("text").lines().count()).clamp(4, 16)
    }
}

fn cells(visit: &Visit, paragraph: &Paragraph) -> Cells {
    let mut cells = visit.cells();
    cells.set("text", paragraph.text()).set("shown", paragraph.text()).set("version", paragraph.version.to_string());
    cells
}

fn shown(visit: &Visit, form: Form, summary: &Summary, key: &str) -> Result<EditPage, Error> {
    let paragraph = paragraph(summary, key)?.clone();
    let heading = summary.heading(key);
    let mut reset = Cells::default();
    reset.set("version", paragraph.version.to_string());
    Ok(EditPage { frame: visit.frame("编辑总结"), form, heading, paragraph, reset: visit.form(reset) })
}

/// The form.
pub async fn get(mut visit: Visit, Path(key): Path<String>) -> Answer {
    let summary = editable(&mut visit, &key).await?;
    let form = visit.form(cells(&visit, paragraph(&summary, &key)?));
    page(&shown(&visit, form, &summary, &key)?)
}

/// Saves.
pub async fn post(mut visit: Visit, Path(key): Path<String>, posted: Posted) -> Answer {
    let summary = editable(&mut visit, &key).await?;
    let paragraph = paragraph(&summary, &key)?;
    let mut form = visit.posted(posted);
    let Some(edit) = Edit::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, &summary, &key)?);
    };
    let campaign = visit.campaign.id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Summarise>(summary.county)?;
    match change(&mut writing, &permit, (&summary, paragraph), campaign, &edit).await {
        Ok(()) => visit.done(writing, &form, &paths::summary_at(&key), Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            clash(visit, form, &key, edit).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Somebody else kept the paragraph meanwhile: what was given, what they made of it, what this person typed.
async fn clash(mut visit: Visit, mut form: Form, key: &str, edit: Edit) -> Answer {
    let summary = editable(&mut visit, key).await?;
    let theirs = paragraph(&summary, key)?;
    let origin = Origin::of(&mut visit, theirs.id.ok_or(Error::NotFound)?, edit.version).await?;
    let mut base = visit.cells();
    base.set("text", edit.shown);
    form.conflict = Some(Conflict::merge(&base, &cells(&visit, theirs), &mut form.cells, LABELS, origin.who, origin.when));
    page_with(StatusCode::CONFLICT, &shown(&visit, form, &summary, key)?)
}
