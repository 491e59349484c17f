//! `/problems`: all problems, filtered.

use super::new::Lists;
use crate::base::ability::Enter;
use crate::figures::List;
use crate::problems::{self, Filter, Listed};
use crate::vocabulary::{Kind, Progress, Source};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, to_next_gap, words};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "problems/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    problems: Vec<Listed>,
    lists: Lists,
    states: Vec<Choice>,
    may_enter: bool,
    today: NaiveDate,
}

/// What the address asks for: the list, and the room's filter.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::PROBLEMS, List::Problems)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        kind: visit.asked("kind").and_then(Kind::read).map(|k| k.code.to_owned()),
        source: visit.asked("source").and_then(Source::read).map(|s| s.code().to_owned()),
        progress: visit.asked("progress").and_then(Progress::from_code),
        overdue: visit.asked("overdue").is_some(),
        gaps: visit.asked("gaps").is_some(),
        township: visit.asked("township").map(str::to_owned),
        unit: visit.asked("unit").and_then(|id| id.parse().ok()),
        figure: asked.rows(),
    };
    Ok((asked, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = problems::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    page(&ListPage {
        frame: visit.frame("问题与整改"),
        today: asked.within.date,
        list: ListView::of::<Filter>(&visit, asked, &found),
        problems: found.lines,
        lists: Lists::all(),
        states: words::<Progress>(),
        may_enter: visit.may::<Enter>(),
    })
}

/// `/problems/next-gap`: the next problem of the filter of which filing would miss something.
pub async fn next_gap(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    to_next_gap(visit, asked, &Filter { gaps: true, ..filter }).await
}
