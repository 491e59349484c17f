//! `/guidance/new?unit=`, perhaps `&problem=`: guidance of a unit.

use crate::base::ability::Enter;
use crate::base::dates;
use crate::guidance::{self, GuidanceChanges};
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "guidance/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    unit: Unit,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> NewPage {
    NewPage { frame: visit.frame("登记帮扶指导"), form, unit }
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let unit = visit.asked_unit().await?;
    let mut cells = visit.cells();
    cells
        .set("guided_on", dates::short(visit.today()))
        .set("person", &*visit.viewer.actor.name)
        .set("problem", visit.asked("problem").unwrap_or_default());
    page(&shown(&visit, visit.form(cells), unit))
}

/// Registers it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let unit = visit.unit(form.value("unit").parse().unwrap_or_default()).await?;
    let Some(new) = GuidanceChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let problem = form.value("problem").parse().ok();
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    let id = guidance::add(&mut writing, &permit, visit.campaign.id, (unit.id, problem), &new).await?;
    visit.done(writing, &form, &paths::guidance(id), Flash::done("帮扶指导已登记。")).await
}
