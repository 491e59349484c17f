//! 报送: what is missing before filing, 定稿 and 上报, the city's board and review.

mod behalf;
mod check;
mod compare;
mod deadline;
mod file;
mod index;
mod lines;
mod moves;
mod papers;
mod remarks;
mod remind;
mod show;

use crate::attachments::MAX_BYTES;
use crate::base::{CITY, CountyId};
use crate::submissions::{self, Submission};
use crate::web::shell::{App, Error, Form, Visit};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use uuid::Uuid;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/submissions", get(index::get))
        .route("/submissions/check", get(check::get))
        .route("/submissions/check/explain", post(check::explain))
        .route("/submissions/hand-over", post(check::hand_over))
        .route("/submissions/behalf", get(behalf::get).post(behalf::post))
        .route("/submissions/remind", get(remind::get).post(remind::post))
        .route("/submissions/deadline", get(deadline::get).post(deadline::post))
        .route("/submissions/{id}", get(show::get))
        .route("/submissions/{id}/file", get(file::get).post(file::post))
        .route("/submissions/{id}/take-back", post(moves::take_back))
        .route("/submissions/{id}/withdraw", post(moves::withdraw))
        .route("/submissions/{id}/open", post(moves::open))
        .route("/submissions/{id}/return", post(moves::give_back))
        .route("/submissions/{id}/accept", post(moves::accept))
        .route("/submissions/{id}/accept-open", post(moves::accept_open))
        .route("/submissions/{id}/lateness", post(moves::lateness))
        .route("/submissions/{id}/county-answer", post(moves::county_answer))
        .route("/submissions/{id}/remarks", post(remarks::post))
        .route("/submissions/{id}/remarks/{remark}/answer", post(remarks::answer))
        .route("/submissions/{id}/lines/{annex}", get(lines::get))
        .route("/submissions/{id}/compare", get(compare::get))
        .route("/submissions/{id}/files/{kind}", get(papers::file))
        .route("/submissions/{id}/package.zip", get(papers::package))
        .route(
            "/submissions/{id}/scan",
            get(papers::scan).post(papers::bring_scan).layer(DefaultBodyLimit::max(MAX_BYTES + 64 * 1024)),
        )
}

/// One submission within the viewer's scope; the visit goes on in its campaign.
async fn find(visit: &mut Visit, id: Uuid) -> Result<Submission, Error> {
    let scope = visit.scope();
    let found = submissions::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    visit.within_campaign(found.campaign_id).await?;
    Ok(found)
}

/// A form of the campaign that its page shows.
fn of_the_campaign(visit: &Visit, mut form: Form) -> Form {
    form.cells.set("campaign", visit.campaign.id.to_string());
    form
}

/// Goes on in the campaign whose page the form stood on, whichever began last.
async fn in_the_campaign(visit: &mut Visit, form: &Form) -> Result<(), Error> {
    match Uuid::try_parse(form.value("campaign")) {
        Ok(campaign) => visit.within_campaign(campaign).await,
        Err(_) => Ok(()),
    }
}

/// The county that a page is about: a county's people their own, the city's the one that the query names.
fn county(visit: &Visit) -> Result<CountyId, Error> {
    let actor = &visit.viewer.actor;
    match visit.asked_county()? {
        Some(county) if county != CITY => Ok(county),
        Some(_) => Err(Error::NotFound),
        None if actor.role.of_a_county() => Ok(actor.county),
        None => Err(Error::NotFound),
    }
}

/// 数据截止日期 of a filing made now: the campaign's, but never later than today.
fn data_date(visit: &Visit) -> chrono::NaiveDate {
    visit.campaign.filing_date(visit.today())
}
