//! `/ledger`: the cases, the newest first.

use crate::base::ability::EnterCase;
use crate::base::dates;
use crate::figures::List;
use crate::ledger::{self, CaseLine, Filter, State, Totals};
use crate::vocabulary::{HandledBy, MeasureKind};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, to_next_gap, words};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    cases: Vec<CaseLine>,
    totals: Totals,
    handlers: Vec<Choice>,
    measures: Vec<Choice>,
    may_enter: bool,
}

impl ListPage {
    fn day(&self, date: &Option<NaiveDate>) -> String {
        date.map(dates::short).unwrap_or_default()
    }

    /// How far, to choose from: address, word, whether it is chosen.
    fn states(&self) -> Vec<(String, &'static str, bool)> {
        let chosen = self.list.value("state");
        let all = std::iter::once((self.list.with("state", ""), "全部", chosen.is_empty()));
        let states = State::ALL.iter().map(|s| (self.list.with("state", s.code()), s.label(), chosen == s.code()));
        all.chain(states).collect()
    }
}

/// What the address asks for: the list, and the room's filter. A word that no list knows is no filter.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::LEDGER, List::Ledger)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        handled_by: visit.asked("handled_by").and_then(HandledBy::read),
        state: visit.asked("state").and_then(State::from_code),
        measure: visit.asked("measure").and_then(MeasureKind::read),
        gaps: visit.asked("gaps").is_some(),
        unreviewed: visit.asked("unreviewed").is_some(),
        figure: asked.rows(),
    };
    Ok((asked, filter))
}

/// The list of what the address asks for, and what it finds in all.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = ledger::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    let totals = ledger::totals(visit.connection(), &asked.within, &filter).await?;
    page(&ListPage {
        frame: visit.frame("案件台账"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        cases: found.lines,
        totals,
        handlers: words::<HandledBy>(),
        measures: words::<MeasureKind>(),
        may_enter: visit.may::<EnterCase>(),
    })
}

/// `/ledger/next-gap`: the next case of the filter of which filing would miss something.
pub async fn next_gap(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    to_next_gap(visit, asked, &Filter { gaps: true, ..filter }).await
}
