//! `/units/{id}/self-inspection`: 自查 of one unit.

use crate::base::Cells;
use crate::base::ability::Enter;
use crate::history::WriteError;
use crate::self_inspections::{self, LABELS, SelfInspection, SelfInspectionChanges};
use crate::units::Unit;
use crate::vocabulary::SelfInspectionState;
use crate::web::paths;
use crate::web::shell::{
    Answer, Choice, Conflict, Error, Flash, Form, Frame, Origin, Path, Posted, Visit, choices, page, page_with, words,
};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/self_inspection.html")]
struct SelfInspectionPage {
    frame: Frame,
    form: Form,
    unit: Unit,
    states: Vec<Choice>,
    found: Vec<Choice>,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> SelfInspectionPage {
    let found = choices([("none", "未发现问题"), ("some", "发现问题")]);
    SelfInspectionPage { frame: visit.frame("登记自查"), form, unit, states: words::<SelfInspectionState>(), found }
}

/// The form of a unit of which nothing is registered.
fn blank(visit: &Visit) -> Cells {
    let mut cells = visit.cells();
    cells.set("version", "0").set("self_inspection", "inspected");
    cells
}

/// The form, filled with what is registered.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let registered = self_inspections::find(visit.connection(), &scope, campaign, id).await?;
    let cells = registered.map_or_else(|| blank(&visit), |s| s.cells(today));
    page(&shown(&visit, visit.form(cells), unit))
}

/// Registers it; 发现问题 leads on to the problem.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    let mut form = visit.posted(posted);
    let Some(changes) = SelfInspectionChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    match self_inspections::register(&mut writing, &permit, visit.campaign.id, id, &changes).await {
        Ok(()) => {}
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
        }
        Err(WriteError::Stale) => {
            drop(writing);
            beaten(&mut visit, &mut form, id, changes.version).await?;
            return page_with(StatusCode::CONFLICT, &shown(&visit, form, unit));
        }
        Err(error) => return Err(error.into()),
    }
    if changes.found == Some(self_inspections::Found::Some) {
        let id = id.to_string();
        let to = paths::with(paths::PROBLEMS_NEW, &[("unit", &id), ("source", "self_inspection")]);
        return visit.done(writing, &form, &to, Flash::done("自查已登记，请登记发现的问题。")).await;
    }
    visit.done(writing, &form, &paths::unit(id), Flash::done("自查已登记。")).await
}

/// Somebody else registered meanwhile: what stood there, theirs and mine. Nothing stood there before a first registration.
async fn beaten(visit: &mut Visit, form: &mut Form, unit: Uuid, seen: i32) -> Result<(), Error> {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let theirs = self_inspections::find(visit.connection(), &scope, campaign, unit).await?.ok_or(Error::NotFound)?;
    if seen > 0 {
        form.beaten(visit, (theirs.id, seen), &theirs, SelfInspection::cells, LABELS).await?;
        return Ok(());
    }
    let origin = Origin::of(visit, theirs.id, seen).await?;
    let (blank, theirs) = (blank(visit), theirs.cells(today));
    form.conflict = Some(Conflict::merge(&blank, &theirs, &mut form.cells, LABELS, origin.who, origin.when));
    Ok(())
}
