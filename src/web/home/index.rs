//! The home page: one sentence, each part of it a link; then where each task stands, and what falls due.

use crate::base::ability::{Enter, EnterCase, LegalReview};
use crate::clocks::{self, LegalMatters, When};
use crate::counties::Directory;
use crate::dashboards::{self, Due, Words};
use crate::exposures;
use crate::figures::{self, Values};
use crate::history;
use crate::ledger;
use crate::self_reports;
use crate::supervision::{self, Owed};
use crate::tips;
use crate::vocabulary::ClockKind;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Frame, Visit, page};
use askama::Template;
use chrono::NaiveDate;

/// A part of the sentence, with its link if it has one.
struct Part {
    text: String,
    href: String,
}

/// A number that is a link to its rows.
struct Stat {
    label: &'static str,
    value: String,
    href: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "home/index.html")]
struct HomePage {
    frame: Frame,
    parts: Vec<Part>,
    /// What waits for a legal officer, each with its rows; none: the viewer is not one.
    legal: Option<Vec<Part>>,
    /// Statutory periods of a county that are over, or end within seven days.
    clocks: Option<LegalMatters>,
    stats: Vec<Stat>,
    due: Vec<Due>,
    /// Batches that the city entered for the county and that wait for its word.
    waiting: usize,
    /// 督办 that stands open.
    orders: Owed,
    /// 举报 that wait for an answer.
    tips: tips::Owed,
    /// What units reported of themselves and no clerk has looked at.
    reported: i64,
    today: NaiveDate,
    may_enter: bool,
    city: bool,
    names: Directory,
}

/// What a home shows at a glance: figure and label.
const GLANCE: [(&str, &str); 8] = [
    ("units", "在册单位"),
    ("inspected", "已自查"),
    ("problems", "问题"),
    ("verified", "已销号"),
    ("overdue", "已到期未完成"),
    ("cases", "案件"),
    ("fine", "罚款（万元）"),
    ("exposed", "曝光"),
];

fn stats(values: &Values, date: NaiveDate) -> Vec<Stat> {
    let stat = |(key, label): (&'static str, &'static str)| Stat {
        label,
        value: values.shown(key),
        href: paths::figure(key, None, date),
        late: key == "overdue" && values.get(key) > 0,
    };
    GLANCE.into_iter().filter(|(key, _)| figures::figure(key).is_some()).map(stat).collect()
}

/// 「2件查封3日内到期，1件复查已满25日」: the parts that are not nought.
async fn legal(visit: &mut Visit) -> Result<Vec<Part>, Error> {
    let matters = running_out(visit).await?;
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let reviews = ledger::waiting_for_review(visit.connection(), &scope, campaign).await?;
    let drafts = exposures::waiting(visit.connection(), &scope, campaign).await?;
    let seven = |kind: ClockKind| paths::with(paths::CLOCKS, &[("kind", kind.code())]);
    let parts = [
        (matters.seizures, "件查封扣押3日内到期", seven(ClockKind::Seizure)),
        (matters.rechecks, "件复查已满25日", seven(ClockKind::Recheck)),
        (matters.over, "件期限已届满", paths::with(paths::CLOCKS, &[("when", When::Over.code())])),
        (drafts, "件曝光稿待法规审核", paths::with(paths::EXPOSURES, &[("state", "2")])),
        (reviews, "件已决定待法规审核", paths::with(paths::LEDGER, &[("unreviewed", "yes")])),
    ];
    let said = parts.into_iter().filter(|(count, ..)| *count > 0);
    Ok(said.map(|(count, what, href)| Part { text: format!("{count}{what}"), href }).collect())
}

/// What runs out in a county: for those who handle its cases.
async fn running_out(visit: &mut Visit) -> Result<LegalMatters, Error> {
    let (scope, today, campaign) = (visit.scope(), visit.today(), visit.campaign.id);
    let all = clocks::Filter { kind: None, when: When::All };
    let running = clocks::running(visit.connection(), &scope, campaign, today, all).await?;
    Ok(clocks::legal_matters(&running, today))
}

/// How many matters a sentence names: each part begins with its number.
fn matters(parts: &[Part]) -> usize {
    let number =
        |part: &Part| part.text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().unwrap_or(0);
    parts.iter().map(number).sum()
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, today, now) = (visit.scope(), visit.today(), visit.now());
    let campaign = visit.campaign.clone();
    let date = campaign.live_date(today);
    let table = figures::by_county(visit.connection(), &scope, campaign.id, date).await?;
    let due = dashboards::due_soon(visit.connection(), &scope, campaign.id, date, 12).await?;
    let waiting = history::to_confirm(visit.connection(), &scope).await?.len();
    let orders = supervision::owed(visit.connection(), &scope, campaign.id, today).await?;
    let tips = tips::owed(visit.connection(), &scope, campaign.id, today).await?;
    let reported = self_reports::waiting(visit.connection(), &scope, campaign.id).await?;
    let legal = match visit.may::<LegalReview>() {
        true => Some(legal(&mut visit).await?),
        false => None,
    };
    let city = !visit.viewer.actor.role.of_a_county();
    let clocks = match visit.may::<EnterCase>() && !city && legal.is_none() {
        true => Some(running_out(&mut visit).await?).filter(|m| m.over + m.soon > 0),
        false => None,
    };
    let sentence = match city {
        true => dashboards::sentence_for_city(now, &table, &visit.app.directory),
        false => dashboards::sentence_for_county(&campaign, now, &table.total()),
    };
    let part = |w: Words| Part { href: w.figure.map(|key| paths::figure(key, None, date)).unwrap_or_default(), text: w.text };
    page(&HomePage {
        frame: visit.frame("首页"),
        parts: sentence.into_iter().map(part).collect(),
        legal,
        clocks,
        stats: stats(&table.total(), date),
        due,
        waiting,
        orders,
        tips,
        reported,
        today: date,
        may_enter: visit.may::<Enter>(),
        city,
        names: visit.app.directory.clone(),
    })
}
