//! `/units/{id}/status`: 生产状态 from a day on.

use crate::base::ability::Enter;
use crate::units::{self, StatusChange, Unit};
use crate::vocabulary::UnitStatus;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Path, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/status.html")]
struct StatusPage {
    frame: Frame,
    form: Form,
    unit: Unit,
    statuses: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> StatusPage {
    StatusPage { frame: visit.frame("变更生产状态"), form, unit, statuses: words::<UnitStatus>() }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    let mut cells = visit.cells();
    cells.set("since", crate::base::dates::short(visit.today()));
    page(&shown(&visit, visit.form(cells), unit))
}

/// Notes it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    let mut form = visit.posted(posted);
    let Some(change) = StatusChange::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    units::change_status(&mut writing, &permit, id, &change).await?;
    visit.done(writing, &form, &paths::unit(id), Flash::done("生产状态已变更。")).await
}
