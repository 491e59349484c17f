//! `/supervision`: all orders, what is overdue first.

use crate::base::ability::Supervise;
use crate::supervision::{self, Filter, Listed, Owed};
use crate::vocabulary::{SupervisionLevel, SupervisionState};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "supervision/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    orders: Vec<Listed>,
    states: Vec<Choice>,
    levels: Vec<Choice>,
    owed: Owed,
    may_issue: bool,
    today: NaiveDate,
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        state: visit.asked("progress").and_then(SupervisionState::from_code),
        level: visit.asked("level").and_then(SupervisionLevel::read),
        overdue: visit.asked("overdue").is_some(),
        owed: visit.asked("owed").is_some(),
    };
    Ok((Asked::plain(visit, paths::SUPERVISION)?, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = supervision::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    let (within, today) = (asked.within.clone(), visit.today());
    let owed = supervision::owed(visit.connection(), &within.scope, within.campaign, today).await?;
    page(&ListPage {
        frame: visit.frame("督办单"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        orders: found.lines,
        states: words::<SupervisionState>(),
        levels: words::<SupervisionLevel>(),
        owed,
        may_issue: visit.may::<Supervise>(),
        today,
    })
}
