//! `/notifications/new?unit=`: a unit was told; the proof is added on the page that follows.

use super::fields::{channels, fresh};
use crate::base::ability::Enter;
use crate::notifications::{self, NotificationChanges};
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "notifications/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    unit: Unit,
    channels: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> NewPage {
    NewPage { frame: visit.frame("登记告知"), form, unit, channels: channels() }
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let unit = visit.asked_unit().await?;
    let form = visit.form(fresh(&visit));
    page(&shown(&visit, form, unit))
}

/// Registers it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let unit = visit.unit(form.value("unit").parse().unwrap_or_default()).await?;
    let Some(new) = NotificationChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    let id = notifications::add(&mut writing, &permit, visit.campaign.id, unit.id, &new).await?;
    visit.done(writing, &form, &paths::notification(id), Flash::done("告知已登记，可添加回执或照片。")).await
}
