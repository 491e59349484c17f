//! The home page: one sentence, each part of it a link; then where each task stands, and what falls due.

use crate::base::ability::{Enter, LegalReview};
use crate::counties::Directory;
use crate::dashboards::{self, Due, LegalMatters, Words};
use crate::figures::{self, Values};
use crate::history;
use crate::self_reports;
use crate::supervision::{self, Owed};
use crate::tips;
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Visit, page};
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
    legal: Option<LegalMatters>,
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
        true => Some(dashboards::legal_matters(visit.connection(), &scope, campaign.id, date).await?),
        false => None,
    };
    let city = !visit.viewer.actor.role.of_a_county();
    let sentence = match city {
        true => dashboards::sentence_for_city(now, &table, &visit.app.directory),
        false => dashboards::sentence_for_county(&campaign, now, &table.total()),
    };
    let part = |w: Words| Part { href: w.figure.map(|key| paths::figure(key, None, date)).unwrap_or_default(), text: w.text };
    page(&HomePage {
        frame: visit.frame("首页"),
        parts: sentence.into_iter().map(part).collect(),
        legal,
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
