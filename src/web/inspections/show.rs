//! `/inspections/{id}`: one visit: its facts, its photographs, and the way to the problems that were found.

use super::fields::LABELS;
use crate::base::ability::Enter;
use crate::evidence::Owner;
use crate::history::WriteError;
use crate::inspections::{self, Inspection, InspectionChanges};
use crate::units::Unit;
use crate::vocabulary::InspectionResult;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, EvidencePanel, Flash, Form, Frame, Path, Posted, Visit, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "inspections/show.html")]
struct InspectionPage {
    frame: Frame,
    form: Form,
    inspection: Inspection,
    unit: Unit,
    evidence: EvidencePanel,
    results: Vec<Choice>,
    may_enter: bool,
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<Inspection, Error> {
    let scope = visit.scope();
    inspections::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, inspection: Inspection) -> Answer {
    let unit = visit.unit(inspection.unit_id).await?;
    let evidence = EvidencePanel::of(visit, Owner::Inspection, inspection.id, inspection.county_id).await?;
    let (results, may_enter) = (words::<InspectionResult>(), visit.may_in::<Enter>(inspection.county_id));
    page_with(status, &InspectionPage { frame: visit.frame("排查"), form, inspection, unit, evidence, results, may_enter })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let inspection = found(&mut visit, id).await?;
    let form = visit.form(inspection.cells(visit.today()));
    shown(&mut visit, StatusCode::OK, form, inspection).await
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let inspection = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = InspectionChanges::read(&mut form.cells) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, inspection).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(inspection.county_id)?;
    match inspections::change(&mut writing, &permit, id, &changes).await {
        Ok(()) if changes.removed => {
            let back = paths::unit(inspection.unit_id);
            visit.done(writing, &form, &back, Flash::done("该次排查已撤除，不再计数。")).await
        }
        Ok(()) => visit.done(writing, &form, &paths::inspection(id), Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let status = form.beaten(&mut visit, (id, changes.version), &inspection, Inspection::cells, &LABELS).await?;
            shown(&mut visit, status, form, inspection).await
        }
        Err(error) => Err(error.into()),
    }
}
