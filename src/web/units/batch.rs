//! `/units/batch`: one answer for many ticked units, or for all that fit the list's filter; one click undoes it.

use crate::base::ability::Enter;
use crate::base::{Cells, CountyId, dates};
use crate::self_inspections::{self, Batch, Found, Skipped};
use crate::vocabulary::SelfInspectionState;
use crate::web::paths;
use crate::web::shell::{
    Answer, Choice, Error, Flash, Form, Frame, Posted, Visit, choices, page, page_with, picked_in, picked_units, words,
};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
    skipped: Vec<Skipped>,
    states: Vec<Choice>,
    found: Vec<Choice>,
}

async fn shown(visit: &mut Visit, form: Form, ids: Vec<Uuid>) -> Result<BatchPage, Error> {
    let (county, campaign) = (visit.viewer.actor.county, visit.campaign.id);
    let skipped = Batch::skips(visit.connection(), county, campaign, &ids).await?;
    let found = choices([("none", "未发现问题"), ("some", "发现问题（随后逐家登记问题）")]);
    Ok(BatchPage { frame: visit.frame("批量登记自查"), form, ids, skipped, states: words::<SelfInspectionState>(), found })
}

/// The form over the ticked rows.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let ids = picked_units(&mut visit).await?;
    let mut cells = visit.cells();
    cells.set("self_inspection", "inspected").set("has_problem", "none").set("self_inspected_on", dates::short(visit.today()));
    let form = visit.form(cells);
    page(&shown(&mut visit, form, ids).await?)
}

fn read(cells: &mut Cells) -> Option<Batch> {
    let state = cells.choice("self_inspection", SelfInspectionState::read);
    if state.is_none() && cells.error("self_inspection").is_none() {
        cells.refuse("self_inspection", "请选择自查状态。");
    }
    let inspected_on = cells.date("self_inspected_on");
    cells.not_in_future("self_inspected_on", "自查日期", inspected_on);
    let found = cells.choice("has_problem", Found::read);
    let person = cells.text("person");
    cells.clean().then_some(())?;
    let state = state?;
    Some(Batch { state, inspected_on, found: found.filter(|_| state.done()), person })
}

/// Registers the answer for all that it fits.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何单位，请返回列表勾选。");
    }
    let Some(batch) = read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, ids).await?);
    };
    let county: CountyId = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let id = writing.open_batch(county, "批量登记自查", ids.len()).await?;
    let done = self_inspections::register_many(&mut writing, &permit, visit.campaign.id, &ids, &batch).await?;
    if done == 0 {
        // Nothing was done: no batch stands, and there is nothing to undo.
        drop(writing);
        return Ok(Flash::warn("没有更新任何单位：所选单位均不适用。").and_see(paths::UNITS));
    }
    let flash = Flash::done(format!("已更新{done}条，跳过{}条。", ids.len() - done)).undoing(id);
    visit.done(writing, &form, paths::UNITS, flash).await
}
