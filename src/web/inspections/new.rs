//! `/inspections/new?unit=`: a visit, entered on the spot or afterwards. Problems that were found are registered next.

use super::fields::fresh;
use crate::base::ability::Enter;
use crate::inspections::{self, InspectionChanges};
use crate::units::Unit;
use crate::vocabulary::InspectionResult;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "inspections/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    unit: Unit,
    results: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> NewPage {
    NewPage { frame: visit.frame("登记排查"), form, unit, results: words::<InspectionResult>() }
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let unit = visit.asked_unit().await?;
    let cells = fresh(&mut visit).await?;
    page(&shown(&visit, visit.form(cells), unit))
}

/// Registers it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let unit = visit.unit(form.value("unit").parse().unwrap_or_default()).await?;
    let Some(new) = InspectionChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    let id = inspections::add(&mut writing, &permit, visit.campaign.id, unit.id, &new).await?;
    let word = match new.result {
        Some(InspectionResult::Problems) => "排查已登记。请登记发现的问题，并添加现场照片。",
        _ => "排查已登记，可添加现场照片。",
    };
    visit.done(writing, &form, &paths::inspection(id), Flash::done(word)).await
}
