//! `/guidance/{id}`: one act of guidance, and what followed.

use crate::base::ability::Enter;
use crate::evidence::Owner;
use crate::guidance::{self, Guidance, GuidanceChanges};
use crate::history::WriteError;
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Error, EvidencePanel, Flash, Form, Frame, Path, Posted, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

const LABELS: [(&str, &str); 5] =
    [("guided_on", "帮扶日期"), ("person", "帮扶人"), ("advice", "指导意见"), ("outcome", "落实情况"), ("removed", "撤除")];

#[derive(Template)]
#[template(path = "guidance/show.html")]
struct GuidancePage {
    frame: Frame,
    form: Form,
    guidance: Guidance,
    unit: Unit,
    evidence: EvidencePanel,
    may_enter: bool,
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<Guidance, Error> {
    let scope = visit.scope();
    guidance::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, guidance: Guidance) -> Answer {
    let unit = visit.unit(guidance.unit_id).await?;
    let evidence = EvidencePanel::of(visit, Owner::Guidance, guidance.id, guidance.county_id).await?;
    let may_enter = visit.may_in::<Enter>(guidance.county_id);
    page_with(status, &GuidancePage { frame: visit.frame("帮扶指导"), form, guidance, unit, evidence, may_enter })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let guidance = found(&mut visit, id).await?;
    let form = visit.form(guidance.cells(visit.today()));
    shown(&mut visit, StatusCode::OK, form, guidance).await
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let guidance = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = GuidanceChanges::read(&mut form.cells) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, guidance).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(guidance.county_id)?;
    match guidance::change(&mut writing, &permit, id, &changes).await {
        Ok(()) if changes.removed => visit.done(writing, &form, paths::GUIDANCE, Flash::done("该次帮扶已撤除，不再计数。")).await,
        Ok(()) => visit.done(writing, &form, &paths::guidance(id), Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let status = form.beaten(&mut visit, (id, changes.version), &guidance, Guidance::cells, &LABELS).await?;
            shown(&mut visit, status, form, guidance).await
        }
        Err(error) => Err(error.into()),
    }
}
