//! `/submissions/behalf`: 代报: the city files what a county mailed; it counts from when the mail came.

use crate::base::CountyId;
use crate::base::ability::Review;
use crate::base::dates;
use crate::history::WriteError;
use crate::submissions::{self, Mailed, State, Terms};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset, NaiveTime};

#[derive(Template)]
#[template(path = "submissions/behalf.html")]
struct BehalfPage {
    frame: Frame,
    form: Form,
    county: CountyId,
    name: String,
    check: String,
}

fn shown(visit: &Visit, form: Form, county: CountyId) -> BehalfPage {
    BehalfPage {
        frame: visit.frame("代报"),
        form: super::of_the_campaign(visit, form),
        county,
        name: visit.app.directory.name(county),
        check: paths::with(paths::SUBMISSIONS_CHECK, &[("county", &county.to_string())]),
    }
}

fn asked(visit: &Visit, form: Option<&Form>) -> Result<CountyId, Error> {
    visit.insist::<Review>()?;
    let named = form.map(|f| f.value("county").to_owned()).filter(|c| !c.is_empty());
    match named {
        Some(code) => CountyId::from_code(&code).filter(|c| visit.viewer.scope.holds(*c)).ok_or(Error::NotFound),
        None => super::county(visit),
    }
}

/// The form.
pub async fn get(visit: Visit) -> Answer {
    let county = asked(&visit, None)?;
    let form = visit.form(visit.cells());
    page(&shown(&visit, form, county))
}

/// Files it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    super::in_the_campaign(&mut visit, &form).await?;
    let county = asked(&visit, Some(&form))?;
    let reason = form.cells.required("reason", "请写明代报原因。");
    let now = visit.now();
    let arrived = moment(&mut form, now);
    let (scope, campaign, date) = (visit.scope(), visit.campaign.clone(), super::data_date(&visit));
    let rounds = submissions::of_county(visit.connection(), &scope, county, campaign.id).await?;
    let waiting = rounds.iter().find(|s| s.state() == State::HandedOver);
    if let Some(waiting) = waiting {
        let code = &waiting.version_code;
        let text = format!("该县（区）已定稿待签发（版本码{code}）。代报后该版作废，县（区）不能再上报。确需代报的，请勾选。");
        form.cells.ask("reason", text);
    }
    let (Some(reason), Some(arrived), true) = (reason, arrived, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, county));
    };
    let app = visit.app.clone();
    let (round, corrects) = (super::check::next_round(&rounds), super::check::corrected(&rounds).map(|s| s.id));
    let terms = Terms { county, campaign: &campaign, directory: &app.directory, date, now, round };
    let frozen = submissions::freeze(&app.db, &scope, terms).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Review>(county)?;
    let mailed = Mailed { arrived, reason: &reason, corrects, waiting };
    match submissions::file_for_county(&mut writing, &permit, &campaign, &frozen, &mailed).await {
        Ok(id) => visit.done(writing, &form, &paths::submission(id), Flash::done("已代报，待县（区）确认。")).await,
        Err(error) => {
            drop(writing);
            let status = match error {
                WriteError::Stale => {
                    form.cells.refuse("", "该县（区）待签发的报送刚刚有变化，本次没有代报，请核对后再办。");
                    StatusCode::CONFLICT
                }
                error => form.refused(error)?,
            };
            page_with(status, &shown(&visit, form, county))
        }
    }
}

/// When the mail came: a day and an hour, not later than now.
fn moment(form: &mut Form, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let day = form.cells.date("arrived_on");
    if day.is_none() && form.cells.error("arrived_on").is_none() {
        form.cells.refuse("arrived_on", "请填写收到邮件的日期。");
    }
    let typed = form.value("arrived_at").trim().replace('：', ":");
    let time = NaiveTime::parse_from_str(&typed, "%H:%M").ok();
    if time.is_none() {
        form.cells.refuse("arrived_at", "请填写收到的时间，如 17:30。");
    }
    let at = day?.and_time(time?).and_local_timezone(dates::beijing()).single()?;
    if at > now {
        form.cells.refuse("arrived_at", "收到时间晚于现在，请核对。");
        return None;
    }
    Some(at)
}
