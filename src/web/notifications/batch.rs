//! `/notifications/batch`: many units were told in the same way on the same day; one click undoes it.

use super::fields::{channels, fresh};
use crate::base::ability::Enter;
use crate::notifications::{self, NotificationChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Posted, Visit, page_with, picked_in, picked_units};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "notifications/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
    /// How many of them have not been told yet.
    fits: usize,
    channels: Vec<Choice>,
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, ids: Vec<Uuid>) -> Answer {
    let (county, campaign) = (visit.viewer.actor.county, visit.campaign.id);
    let fits = notifications::fits(visit.connection(), county, campaign, &ids).await?.len();
    page_with(status, &BatchPage { frame: visit.frame("批量登记告知"), form, ids, fits, channels: channels() })
}

/// The form over the ticked units of the register.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let ids = picked_units(&mut visit).await?;
    let form = visit.form(fresh(&visit));
    shown(&mut visit, StatusCode::OK, form, ids).await
}

/// Registers it for all that have not been told.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何单位，请返回列表勾选。");
    }
    let Some(new) = NotificationChanges::read(&mut form.cells) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, ids).await;
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let batch = writing.open_batch(county, "批量登记告知", ids.len()).await?;
    let done = notifications::add_many(&mut writing, &permit, visit.campaign.id, &ids, &new).await?;
    if done == 0 {
        drop(writing);
        return Ok(Flash::warn("没有登记任何单位：所选单位均已告知或已关闭。").and_see(paths::UNITS));
    }
    let flash = Flash::done(format!("已登记{done}家，跳过{}家。", ids.len() - done)).undoing(batch);
    visit.done(writing, &form, paths::UNITS, flash).await
}
