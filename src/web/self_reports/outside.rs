//! `/public/units/{token}`: what a unit sees through its own link: what is asked of it, whether it confirmed that it was told, a
//! form for its 自查, and what became of its reports. Nothing that staff entered stands here.

use crate::base::ability::ReportItself;
use crate::campaigns;
use crate::notifications;
use crate::self_reports::{self, Link, NewReport, Report};
use crate::units;
use crate::vocabulary::kinds;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Guest, Path, Plain, Posted, choices, page_with};
use askama::Template;
use axum::http::StatusCode;
use std::ops::RangeInclusive;

/// Whom the history names for what comes through a link.
const WHO: &str = "企业自报";

/// What one address may send through links in an hour.
pub(super) const MOST_AN_HOUR: i32 = 60;

#[derive(Template)]
#[template(path = "public/unit.html")]
struct UnitPage {
    plain: Plain,
    flash: Option<Flash>,
    token: String,
    unit: String,
    title: String,
    lines: Vec<String>,
    until: chrono::NaiveDate,
    confirmed: Option<chrono::NaiveDate>,
    reports: Vec<Report>,
    receipt: Form,
    form: Form,
    kinds: Vec<Choice>,
    answers: Vec<Choice>,
    places: RangeInclusive<usize>,
}

impl UnitPage {
    /// The field of the problem in a place, such as `problem_2`.
    fn field(&self, name: &str, place: &usize) -> String {
        format!("{name}_{place}")
    }

    /// Whether the block of a place stands open: the first, and those in which something was typed.
    fn open(&self, place: &usize) -> bool {
        *place == 1 || ["problem", "measures", "due_on"].iter().any(|name| !self.form.value(&self.field(name, place)).is_empty())
    }
}

/// The link that a token opens, with the guest standing in its county and campaign. One that opens nothing says so without saying why.
pub(super) async fn through(guest: &mut Guest, token: &str) -> Result<Link, Error> {
    let today = guest.today();
    let link = self_reports::find_link(guest.connection(), token, today).await?;
    let link = link.ok_or(Error::Absent("该链接无效或已过期。请与属地生态环境部门联系，重新领取告知书。"))?;
    guest.open(link.county_id).await?;
    guest.campaign = campaigns::find_by_id(guest.connection(), link.campaign_id).await?.ok_or(Error::NotFound)?;
    Ok(link)
}

async fn shown(guest: &mut Guest, status: StatusCode, token: String, link: &Link, receipt: Form, form: Form) -> Answer {
    let scope = crate::base::Scope::county(link.county_id);
    let connection = guest.connection();
    let unit = units::find(connection, &scope, link.unit_id).await?.ok_or(Error::NotFound)?;
    let told = notifications::of_unit(connection, &scope, link.campaign_id, link.unit_id).await?;
    let reports = self_reports::of_link(connection, &scope, link).await?;
    let confirmed = told.iter().find(|n| n.channel == crate::vocabulary::NotificationChannel::Link.code());
    let page = UnitPage {
        plain: guest.plain("企业自报"),
        flash: guest.flash.clone(),
        token,
        unit: unit.title(),
        title: guest.campaign.title.clone(),
        lines: guest.campaign.notice.lines().map(str::to_owned).collect(),
        until: link.expires_on,
        confirmed: confirmed.map(|n| n.notified_on),
        reports,
        receipt,
        form,
        kinds: choices(kinds().iter().map(|k| (k.code, k.label))),
        answers: choices([("none", "未发现问题"), ("some", "发现问题，填写下面各条")]),
        places: 1..=self_reports::MOST_PROBLEMS,
    };
    page_with(status, &page)
}

/// The page.
pub async fn get(mut guest: Guest, Path(token): Path<String>) -> Answer {
    let link = through(&mut guest, &token).await?;
    let (receipt, form) = (guest.form(guest.cells()), guest.form(guest.cells()));
    shown(&mut guest, StatusCode::OK, token, &link, receipt, form).await
}

/// 确认收到.
pub async fn receipt(mut guest: Guest, Path(token): Path<String>, posted: Posted) -> Answer {
    guest.counted("unit link", MOST_AN_HOUR).await?;
    let link = through(&mut guest, &token).await?;
    let mut form = guest.posted(posted);
    let Some(receiver) = form.cells.required("receiver", "请填写确认人姓名。") else {
        let report = guest.form(guest.cells());
        return shown(&mut guest, StatusCode::UNPROCESSABLE_ENTITY, token, &link, form, report).await;
    };
    let mut writing = guest.write(&form, link.county_id, WHO).await?;
    let permit = writing.permit::<ReportItself>(link.county_id)?;
    self_reports::confirm_receipt(&mut writing, &permit, &link, &receiver).await?;
    guest.done(writing, &form, &paths::public_unit(&token), Flash::done("已确认收到，请继续填报自查情况。")).await
}

/// 填报自查.
pub async fn report(mut guest: Guest, Path(token): Path<String>, posted: Posted) -> Answer {
    guest.counted("unit link", MOST_AN_HOUR).await?;
    let link = through(&mut guest, &token).await?;
    let mut form = guest.posted(posted);
    let Some(new) = NewReport::read(&mut form.cells) else {
        let receipt = guest.form(guest.cells());
        return shown(&mut guest, StatusCode::UNPROCESSABLE_ENTITY, token, &link, receipt, form).await;
    };
    let mut writing = guest.write(&form, link.county_id, WHO).await?;
    let permit = writing.permit::<ReportItself>(link.county_id)?;
    self_reports::file(&mut writing, &permit, &link, &new).await?;
    let flash = Flash::done("自查情况已报送，待属地生态环境部门核实。可继续添加现场照片。");
    guest.done(writing, &form, &paths::public_unit(&token), flash).await
}
