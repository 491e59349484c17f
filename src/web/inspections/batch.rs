//! `/inspections/batch`: the same officers visited many units on one day; one click undoes it.

use super::fields::fresh;
use crate::base::ability::Enter;
use crate::inspections::{self, InspectionChanges};
use crate::vocabulary::InspectionResult;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Posted, Visit, page, page_with, picked_in, picked_units, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "inspections/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
    results: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, ids: Vec<Uuid>) -> BatchPage {
    BatchPage { frame: visit.frame("批量登记排查"), form, ids, results: words::<InspectionResult>() }
}

/// The form over the ticked units of the register.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let ids = picked_units(&mut visit).await?;
    let mut cells = fresh(&mut visit).await?;
    cells.set("result", InspectionResult::Clear.code());
    page(&shown(&visit, visit.form(cells), ids))
}

/// Registers it for all that were not visited on that day.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何单位，请返回列表勾选。");
    }
    let Some(new) = InspectionChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, ids));
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let batch = writing.open_batch(county, "批量登记排查", ids.len()).await?;
    let done = inspections::add_many(&mut writing, &permit, visit.campaign.id, &ids, &new).await?;
    if done == 0 {
        drop(writing);
        return Ok(Flash::warn("没有登记任何单位：所选单位当日均已登记排查。").and_see(paths::UNITS));
    }
    let skipped = ids.len() - done;
    let why = if skipped > 0 { "（当日已登记）" } else { "" };
    let flash = Flash::done(format!("已登记{done}家，跳过{skipped}家{why}。")).undoing(batch);
    visit.done(writing, &form, paths::UNITS, flash).await
}
