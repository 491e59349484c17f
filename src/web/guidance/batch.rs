//! `/guidance/batch`: the same guidance of many units (a class, a meeting, a tour); one click undoes it.

use crate::base::ability::Enter;
use crate::base::dates;
use crate::guidance::{self, GuidanceChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Frame, Posted, Visit, page, page_with, picked_in, picked_units};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "guidance/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
}

fn shown(visit: &Visit, form: Form, ids: Vec<Uuid>) -> BatchPage {
    BatchPage { frame: visit.frame("批量登记帮扶"), form, ids }
}

/// The form over the ticked units of the register.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let ids = picked_units(&mut visit).await?;
    let mut cells = visit.cells();
    cells.set("guided_on", dates::short(visit.today())).set("person", &*visit.viewer.actor.name);
    page(&shown(&visit, visit.form(cells), ids))
}

/// Registers it for all.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何单位，请返回列表勾选。");
    }
    let Some(new) = GuidanceChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, ids));
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let batch = writing.open_batch(county, "批量登记帮扶", ids.len()).await?;
    let done = guidance::add_many(&mut writing, &permit, visit.campaign.id, &ids, &new).await?;
    if done == 0 {
        drop(writing);
        return Ok(Flash::warn("没有登记任何单位。").and_see(paths::UNITS));
    }
    let flash = Flash::done(format!("已登记{done}家。")).undoing(batch);
    visit.done(writing, &form, paths::GUIDANCE, flash).await
}
