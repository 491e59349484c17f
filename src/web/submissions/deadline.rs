//! `/submissions/deadline`: another deadline for a county, with the reason.

use crate::base::CountyId;
use crate::base::ability::Review;
use crate::base::clock::beijing_instant;
use crate::base::dates;
use crate::submissions::{self, Deadline};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::{Days, NaiveTime};

#[derive(Template)]
#[template(path = "submissions/deadline.html")]
struct DeadlinePage {
    frame: Frame,
    form: Form,
    county: CountyId,
    name: String,
    due: String,
    reason: Option<String>,
}

async fn shown(visit: &mut Visit, form: Form, county: CountyId) -> Result<DeadlinePage, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.clone());
    let Deadline { at, reason } = submissions::deadline(visit.connection(), &scope, county, &campaign).await?;
    let (frame, name) = (visit.frame("延长报送期限"), visit.app.directory.name(county));
    let form = super::of_the_campaign(visit, form);
    Ok(DeadlinePage { frame, form, county, name, due: dates::deadline(at), reason })
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Review>()?;
    let county = super::county(&visit)?;
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form, county).await?)
}

/// Gives it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    super::in_the_campaign(&mut visit, &form).await?;
    let county = CountyId::from_code(form.value("county")).filter(|c| visit.viewer.scope.holds(*c)).ok_or(Error::NotFound)?;
    let day = form.cells.date("due_on");
    if day.is_none() && form.cells.error("due_on").is_none() {
        form.cells.refuse("due_on", "请填写新的期限。");
    }
    if day.is_some_and(|day| day <= visit.campaign.due_on()) {
        form.cells.refuse("due_on", format!("新的期限应晚于原期限（{}）。", visit.campaign.due_words()));
    }
    let reason = form.cells.required("reason", "请写明延期原因。");
    let (Some(day), Some(reason), true) = (day, reason, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, county).await?);
    };
    let due = beijing_instant(day + Days::new(1), NaiveTime::MIN);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Review>(county)?;
    submissions::extend(&mut writing, &permit, visit.campaign.id, due, &reason).await?;
    visit.done(writing, &form, paths::SUBMISSIONS, Flash::done("报送期限已延长。")).await
}
