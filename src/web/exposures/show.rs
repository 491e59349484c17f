//! `/exposures/{id}`: one text, and the acts on its way: 法规审核, 发布, 撤下.

use crate::base::ability::{LegalReview, Review};
use crate::exposures::{self, Exposure, State};
use crate::ledger::{self, Case};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exposures/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    exposure: Exposure,
    case: Case,
    area: String,
    may_edit: bool,
    may_review: bool,
    may_publish: bool,
}

impl ShowPage {
    fn of(visit: &Visit, form: Form, (exposure, case): (Exposure, Case)) -> Self {
        let actor = &visit.viewer.actor;
        let state = exposure.state();
        Self {
            frame: visit.frame("曝光稿"),
            form,
            area: visit.app.directory.name(exposure.county_id),
            may_edit: case.editable_by(actor) && !matches!(state, State::Published | State::Withdrawn),
            may_review: case.reviewable_by(actor) && state == State::Checked,
            may_publish: visit.may::<Review>(),
            exposure,
            case,
        }
    }

    /// Who did what when, in order.
    fn steps(&self) -> Vec<(&'static str, String)> {
        let e = &self.exposure;
        let step = |by: &Option<String>, on: Option<chrono::NaiveDate>| Some(format!("{}，{}", by.as_deref()?, on?));
        [
            ("起草", Some(format!("{}，{}", e.drafted_by, e.drafted_on))),
            ("核对", step(&e.checked_by, e.checked_on)),
            ("法规审核", step(&e.reviewed_by, e.reviewed_on)),
            ("发布", step(&e.published_by, e.published_on)),
            ("撤下", step(&e.withdrawn_by, e.withdrawn_on)),
            ("撤下原因", e.withdrawn_reason.clone()),
        ]
        .into_iter()
        .filter_map(|(word, said)| said.map(|said| (word, said)))
        .collect()
    }
}

async fn load(visit: &mut Visit, id: Uuid) -> Result<(Exposure, Case), Error> {
    let scope = visit.scope();
    let exposure = exposures::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let case = ledger::find(visit.connection(), &scope, exposure.case_id).await?.ok_or(Error::NotFound)?;
    Ok((exposure, case))
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let found = load(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    page(&ShowPage::of(&visit, form, found))
}

/// 法规审核.
pub async fn review(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<LegalReview>()?;
    let form = visit.posted(posted);
    let version = form.value("version").parse().unwrap_or(0);
    let (exposure, _) = load(&mut visit, id).await?;
    visit.insist_in::<LegalReview>(exposure.county_id)?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(exposure.county_id)?;
    exposures::review(&mut writing, &permit, id, version).await?;
    visit.done(writing, &form, &paths::exposure(id), Flash::done("曝光稿已通过法规审核，待市局发布。")).await
}

/// Puts it before the public.
pub async fn publish(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let form = visit.posted(posted);
    let (exposure, _) = load(&mut visit, id).await?;
    let (area, outlet) = (visit.app.directory.name(exposure.county_id), format!("{}网站", visit.campaign.issuer));
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(exposure.county_id)?;
    exposures::publish(&mut writing, &permit, id, (&area, &outlet)).await?;
    visit.done(writing, &form, &paths::exposure(id), Flash::done("已发布，曝光日期已记入案件。")).await
}

/// Takes it back from the public.
pub async fn withdraw(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let found = load(&mut visit, id).await?;
    let Some(reason) = form.cells.required("reason", "请写明撤下原因。") else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage::of(&visit, form, found));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(found.0.county_id)?;
    exposures::withdraw(&mut writing, &permit, id, &reason).await?;
    visit.done(writing, &form, &paths::exposure(id), Flash::done("已撤下，公开页面不再显示；稿件和原因保留。")).await
}
