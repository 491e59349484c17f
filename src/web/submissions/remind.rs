//! `/submissions/remind`: 催报: the text for one body, which names exactly what is missing; that it was sent is noted.

use crate::base::CountyId;
use crate::base::ability::Review;
use crate::base::{dates, new_id};
use crate::figures;
use crate::history::{Action, Entry};
use crate::readiness::{self, Severity};
use crate::submissions::{self, State};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "submissions/remind.html")]
struct RemindPage {
    frame: Frame,
    form: Form,
    county: CountyId,
    name: String,
    text: String,
    phones: Vec<(String, String)>,
}

/// The text.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Review>()?;
    let county = super::county(&visit)?;
    let text = text(&mut visit, county).await?;
    let accounts = crate::accounts::list(visit.connection()).await?;
    let of_county = accounts.into_iter().filter(|a| a.county_id == county && a.disabled_at.is_none() && !a.phone.is_empty());
    page(&RemindPage {
        frame: visit.frame("催报"),
        form: visit.form(visit.cells()),
        county,
        name: visit.app.directory.name(county),
        text,
        phones: of_county.map(|a| (a.name, a.phone)).collect(),
    })
}

/// Notes that the body was reminded.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let form = visit.posted(posted);
    let county = CountyId::from_code(form.value("county")).filter(|c| visit.viewer.scope.holds(*c)).ok_or(Error::NotFound)?;
    let mut writing = visit.write(&form).await?;
    writing.permit::<Review>(county)?;
    let how = form.value("how").trim().chars().take(100).collect::<String>();
    let note = if how.is_empty() { "催报".to_owned() } else { format!("催报（{how}）") };
    writing.record(county, Entry::event(Action::Disclosed, "submissions", new_id(), note)).await?;
    visit.done(writing, &form, paths::SUBMISSIONS, Flash::done("已记录催报。")).await
}

/// 「潞州区：距6月28日24时报送还有3天。尚未上报。还差：12家未登记自查、……」
async fn text(visit: &mut Visit, county: CountyId) -> Result<String, Error> {
    let (scope, campaign, now, today) = (visit.scope(), visit.campaign.clone(), visit.now(), visit.today());
    let date = super::data_date(visit);
    let directory = visit.app.directory.clone();
    let own = scope.narrowed_to(county).ok_or(Error::NotFound)?;
    let values = figures::by_county(visit.connection(), &own, campaign.id, date).await?.total();
    let rounds = submissions::of_county(visit.connection(), &scope, county, campaign.id).await?;
    let due = submissions::deadline(visit.connection(), &scope, county, &campaign).await?;
    let asked = readiness::Asked { county, campaign: &campaign, date, today, directory: &directory };
    let report = readiness::check(visit.connection(), &scope, &asked).await?;
    let current = rounds.iter().find(|s| !matches!(s.state(), State::Void | State::Withdrawn));
    let mut missing: Vec<String> = Vec::new();
    let counted = [("unregistered", "家未登记自查"), ("without_due", "个问题未填时限"), ("overdue", "个问题已到期未完成")];
    missing.extend(counted.iter().filter(|(key, _)| values.get(key) > 0).map(|(key, what)| format!("{}{what}", values.get(key))));
    for (rule, found) in report.by_rule() {
        if rule.severity == Severity::Error {
            missing.push(format!("{}（{}处）", rule.title, found.len()));
        }
    }
    if current.is_some_and(submissions::Submission::owes_scan) {
        missing.push("盖章件未上传".to_owned());
    }
    let state = match current.map(submissions::Submission::state) {
        None => "尚未定稿上报",
        Some(State::HandedOver) => "已定稿，尚未上报",
        Some(State::Returned) => "已退回，尚未重新上报",
        Some(state) => state.label(),
    };
    let rest = if missing.is_empty() {
        "核对无误，请尽快上报。".to_owned()
    } else {
        format!("还差：{}。", missing.join("、"))
    };
    Ok(format!("{}：{}，现为“{state}”。{rest}", directory.name(county), left(now, due.at)))
}

fn left(now: chrono::DateTime<chrono::FixedOffset>, due: chrono::DateTime<chrono::FixedOffset>) -> String {
    let words = dates::remaining(now, due);
    if now < due { format!("距报送期限{words}") } else { format!("报送期限{words}") }
}
