//! `/submissions/check`: one page before filing: every number with its rows, errors, reminders with their reasons, what is
//! missing, the tables as they will be printed; then 定稿.

use crate::base::ability::{Enter, Review};
use crate::base::{CountyId, dates};
use crate::figures;
use crate::history::WriteError;
use crate::readiness::{self, Finding, Owed, Record, Report, Severity};
use crate::submissions::{self, State, Submission, Terms};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

/// Findings of a rule that are listed; the rest are counted.
const SHOWN: usize = 30;

/// The figures on the page: key and label.
const FIGURES: [(&str, &str); 16] = [
    ("units", "在册单位（家）"),
    ("owed", "应自查（家）"),
    ("inspected", "已自查（家）"),
    ("unregistered", "未登记自查（家）"),
    ("own", "自查发现问题（个）"),
    ("problems", "问题（个）"),
    ("finished", "完成整改（个）"),
    ("verified", "已销号（个）"),
    ("overdue", "已到期未完成（个）"),
    ("ledger", "台账问题（个）"),
    ("cases", "案件（件）"),
    ("filed", "立案（件）"),
    ("fine", "罚款（万元）"),
    ("seizures", "查封扣押（件）"),
    ("restrictions", "限产停产（件）"),
    ("exposed", "曝光（件）"),
];

/// A number with the address of its rows.
struct Number {
    label: &'static str,
    value: String,
    href: String,
}

/// A rule with what it found.
struct Group {
    id: &'static str,
    title: &'static str,
    hint: &'static str,
    error: bool,
    count: usize,
    open: usize,
    findings: Vec<Shown>,
}

/// A finding as shown.
struct Shown {
    text: String,
    links: Vec<(&'static str, String)>,
    reason: Option<String>,
    /// The finding as the form names it: rule, subject and value.
    field: String,
}

#[derive(Template)]
#[template(path = "submissions/check.html")]
struct CheckPage {
    frame: Frame,
    form: Form,
    county: CountyId,
    name: String,
    data_date: String,
    numbers: Vec<Number>,
    errors: Vec<Group>,
    reminders: Vec<Group>,
    report: Report,
    owed: Vec<Owed>,
    in_flight: Option<Submission>,
    /// The received submission that a new filing would correct.
    corrects: Option<Submission>,
    round: i32,
    may_enter: bool,
    may_review: bool,
    behalf: String,
    date: String,
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let county = super::county(&visit)?;
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form, county).await?)
}

async fn shown(visit: &mut Visit, form: Form, county: CountyId) -> Result<CheckPage, Error> {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.clone(), visit.today());
    let date = super::data_date(visit);
    let directory = visit.app.directory.clone();
    let asked = readiness::Asked { county, campaign: &campaign, date, today, directory: &directory };
    let report = readiness::check(visit.connection(), &scope, &asked).await?;
    let own = scope.narrowed_to(county).ok_or(Error::NotFound)?;
    let table = figures::by_county(visit.connection(), &own, campaign.id, date).await?;
    let values = table.total();
    let number = |(key, label): (&'static str, &'static str)| Number {
        label,
        value: values.shown(key),
        href: paths::figure(key, Some(county), date),
    };
    let groups = |severity: Severity| {
        let of = report.by_rule().into_iter().filter(|(rule, _)| rule.severity == severity);
        of.map(|(rule, findings)| group(rule, &findings, county, date)).collect::<Vec<_>>()
    };
    let (errors, reminders) = (groups(Severity::Error), groups(Severity::Reminder));
    let owed = readiness::owed(visit.connection(), &scope, county, campaign.id, date).await?;
    let rounds = submissions::of_county(visit.connection(), &scope, county, campaign.id).await?;
    let in_flight = rounds.iter().find(|s| s.state().in_flight()).cloned();
    let corrects = corrected(&rounds).cloned();
    let round = next_round(&rounds);
    Ok(CheckPage {
        frame: visit.frame("核对与上报"),
        form: super::of_the_campaign(visit, form),
        county,
        name: directory.name(county),
        data_date: dates::long(date),
        numbers: FIGURES.into_iter().filter(|(key, _)| figures::figure(key).is_some()).map(number).collect(),
        errors,
        reminders,
        report,
        owed,
        in_flight,
        corrects,
        round,
        may_enter: visit.may_in::<Enter>(county),
        may_review: visit.may::<Review>(),
        behalf: paths::submission_of(county, "behalf"),
        date: date.to_string(),
    })
}

/// What a further filing corrects: the last that was received, also when a 更正版 of it was returned meanwhile.
pub fn corrected(rounds: &[Submission]) -> Option<&Submission> {
    rounds.iter().find(|s| s.state().received())
}

/// 第N次 of the next filing: one more than the last that the city decided on.
pub fn next_round(rounds: &[Submission]) -> i32 {
    let decided = rounds.iter().filter(|s| s.state().received() || s.state() == State::Returned);
    decided.map(|s| s.round).max().unwrap_or(0) + 1
}

fn group(rule: &'static readiness::Rule, findings: &[&Finding], county: CountyId, date: chrono::NaiveDate) -> Group {
    let shown = |finding: &&Finding| Shown {
        text: finding.text.clone(),
        links: finding.records.iter().map(|record| link(*record, county, date)).collect(),
        reason: finding.reason.as_ref().map(|r| format!("{}（{}，{}）", r.text, r.by, dates::minute(r.at))),
        field: serde_json::to_string(&(finding.rule.id, &finding.subject, &finding.value)).unwrap_or_default(),
    };
    Group {
        id: rule.id,
        title: rule.title,
        hint: rule.hint,
        error: rule.severity == Severity::Error,
        count: findings.len(),
        open: findings.iter().filter(|f| f.reason.is_none()).count(),
        findings: findings.iter().take(SHOWN).map(shown).collect(),
    }
}

fn link(record: Record, county: CountyId, date: chrono::NaiveDate) -> (&'static str, String) {
    match record {
        Record::Unit(id) => ("单位", paths::unit(id)),
        Record::Problem(id) => ("问题", paths::problem(id)),
        Record::Case(id) => ("案件", paths::case(id)),
        Record::Summary => ("工作总结", paths::with(paths::SUMMARY, &[("county", &county.to_string())])),
        Record::Annex(number) => {
            let (mark, path) = if number == 1 { ("附件1", paths::ANNEX_1) } else { ("附件2", paths::ANNEX_2) };
            (mark, paths::with(path, &[("county", &county.to_string()), ("date", &date.to_string())]))
        }
        Record::Figure(key) => ("查看", paths::figure(key, Some(county), date)),
    }
}

/// Gives one reason for all reminders of a rule that are open, or for those that are ticked.
pub async fn explain(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let county = visit.viewer.actor.county;
    let ticked: Vec<(String, String, String)> =
        posted.0.iter().filter(|(name, _)| name == "finding").filter_map(|(_, value)| serde_json::from_str(value).ok()).collect();
    let all = posted.0.iter().find(|(name, _)| name == "rule").map(|(_, value)| value.clone());
    let mut form = visit.posted(posted);
    super::in_the_campaign(&mut visit, &form).await?;
    let reason = form.cells.required("reason", "请写明原因。").unwrap_or_default();
    if reason.is_empty() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, county).await?);
    }
    let mut writing = visit.write(&form).await?;
    let mut findings = open_of(&mut visit, county, all.as_deref()).await?;
    if !ticked.is_empty() {
        // What a colleague explained since the page was opened, or what changed since, is not open as it was shown.
        findings.retain(|finding| ticked.contains(finding));
    }
    let permit = writing.permit::<Enter>(county)?;
    let took = readiness::explain(&mut writing, &permit, visit.campaign.id, &findings, &reason).await?;
    if took == 0 {
        drop(writing);
        form.cells.refuse("", format!("所选提醒已由他人说明或已有变化，本次没有保存，未覆盖对方。您填写的说明：“{reason}”。"));
        return page_with(StatusCode::CONFLICT, &shown(&mut visit, form, county).await?);
    }
    let beaten = ticked.iter().filter(|finding| !findings.contains(finding)).count();
    let flash = match beaten {
        0 => Flash::done(format!("已说明{took}条提醒。")),
        _ => Flash::warn(format!("已说明{took}条提醒，另有{beaten}条已由他人说明或已有变化，未覆盖。")),
    };
    visit.done(writing, &form, paths::SUBMISSIONS_CHECK, flash).await
}

/// The open reminders of a rule: each as `(rule, subject, value)`.
async fn open_of(visit: &mut Visit, county: CountyId, rule: Option<&str>) -> Result<Vec<(String, String, String)>, Error> {
    let (scope, campaign, today, date) = (visit.scope(), visit.campaign.clone(), visit.today(), super::data_date(visit));
    let directory = visit.app.directory.clone();
    let asked = readiness::Asked { county, campaign: &campaign, date, today, directory: &directory };
    let report = readiness::check(visit.connection(), &scope, &asked).await?;
    let open = report.findings.into_iter().filter(|f| f.reason.is_none() && f.rule.severity == Severity::Reminder);
    let of_rule = open.filter(|f| rule == Some(f.rule.id));
    Ok(of_rule.map(|f| (f.rule.id.to_owned(), f.subject, f.value)).collect())
}

/// 定稿: freezes what stands now, if nothing is in the way.
pub async fn hand_over(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let county = visit.viewer.actor.county;
    let mut form = visit.posted(posted);
    super::in_the_campaign(&mut visit, &form).await?;
    let (scope, campaign, now, date) = (visit.scope(), visit.campaign.clone(), visit.now(), super::data_date(&visit));
    let rounds = submissions::of_county(visit.connection(), &scope, county, campaign.id).await?;
    let corrects = corrected(&rounds).map(|s| s.id);
    let reason = form.cells.text("correction_reason").unwrap_or_default();
    if corrects.is_some() && reason.is_empty() {
        form.cells.refuse("correction_reason", "市局已接收上一次报送。申请更正请写明原因。");
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, county).await?);
    }
    let app = visit.app.clone();
    let terms = Terms { county, campaign: &campaign, directory: &app.directory, date, now, round: next_round(&rounds) };
    let frozen = submissions::freeze(&app.db, &scope, terms).await?;
    if !frozen.report.clear() {
        let text = format!(
            "还有{}个错误、{}条提醒没有处理，不能定稿。请逐条更正或说明。",
            frozen.report.errors(),
            frozen.report.open_reminders()
        );
        form.cells.refuse("", text);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, county).await?);
    }
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let correction = corrects.map(|id| (id, reason.as_str()));
    let id = match submissions::hand_over(&mut writing, &permit, campaign.id, &frozen, correction).await {
        Ok(id) => id,
        Err(WriteError::Refused { text, .. }) => {
            drop(writing);
            // Beside one that is under way the page has no field for the reason.
            let kept = if reason.is_empty() { String::new() } else { format!("您填写的更正原因：“{reason}”。") };
            form.cells.refuse("", format!("{text}{kept}"));
            return page_with(StatusCode::CONFLICT, &shown(&mut visit, form, county).await?);
        }
        Err(error) => return Err(error.into()),
    };
    let flash = Flash::done(format!("已定稿，版本码{}。请签字后上报。", frozen.code));
    visit.done(writing, &form, &paths::submission(id), flash).await
}
