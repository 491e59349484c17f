//! `/ledger`: the cases, the newest first.

use super::form::{county_name, many_counties};
use crate::base::ability::EnterCase;
use crate::base::dates;
use crate::figures::{self, List};
use crate::ledger::{self, CaseLine, Filter, State, Totals};
use crate::vocabulary::{HandledBy, MeasureKind};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Form, Frame, Visit, choices, page};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    lines: Vec<Line>,
    totals: Totals,
    states: Vec<(String, &'static str, bool)>,
    handlers: Vec<Choice>,
    measures: Vec<Choice>,
    counties: Vec<Choice>,
    first: Option<String>,
    next: Option<String>,
    may_enter: bool,
    figure: Option<&'static str>,
}

struct Line {
    case: CaseLine,
    county: String,
}

impl ListPage {
    fn day(&self, date: &Option<NaiveDate>) -> String {
        date.map(dates::short).unwrap_or_default()
    }
}

const FILTERS: [&str; 8] = ["q", "handled_by", "state", "measure", "county", "figure", "date", "campaign"];

/// The list of what the query asks for.
pub async fn get(mut visit: Visit) -> Answer {
    let filter = filter(&visit)?;
    let scope = visit.scope();
    let mut cases = ledger::list(visit.connection(), &scope, &filter).await?;
    let totals = ledger::totals(visit.connection(), &scope, &filter).await?;
    let more = cases.len() > ledger::PAGE;
    cases.truncate(ledger::PAGE);
    let mut cells = visit.cells();
    for name in FILTERS {
        cells.set(name, visit.asked(name).unwrap_or_default());
    }
    let next = more.then(|| cases.last().map(|c| address(&visit, &[("after", &c.id.to_string())]))).flatten();
    let lines = cases.into_iter().map(|case| Line { county: county_name(&visit, case.county_id), case }).collect();
    let all = std::iter::once((address(&visit, &[("state", "")]), "全部", filter.state.is_none()));
    let states = State::ALL.iter().map(|s| (address(&visit, &[("state", s.code())]), s.label(), filter.state == Some(*s)));
    page(&ListPage {
        frame: visit.frame("案件台账"),
        form: visit.form(cells),
        lines,
        totals,
        states: all.chain(states).collect(),
        handlers: choices(HandledBy::ALL.iter().map(|h| (h.code(), h.label()))),
        measures: choices(MeasureKind::ALL.iter().map(|m| (m.code(), m.label()))),
        counties: counties(&visit),
        first: filter.after.map(|_| address(&visit, &[])),
        next,
        may_enter: visit.may::<EnterCase>(),
        figure: visit.asked("figure").and_then(figures::figure).map(|f| f.label),
    })
}

/// What the query asks for; a word that no list knows is no filter.
fn filter(visit: &Visit) -> Result<Filter, Error> {
    Ok(Filter {
        campaign: visit.campaign.id,
        county: visit.asked_county()?,
        q: visit.asked("q").map(str::to_owned),
        handled_by: visit.asked("handled_by").and_then(HandledBy::read),
        state: visit.asked("state").and_then(State::from_code),
        measure: visit.asked("measure").and_then(MeasureKind::read),
        figure: visit
            .asked("figure")
            .and_then(|key| figures::rows(key, 1, 2, 3))
            .filter(|r| r.list == List::Ledger)
            .map(|r| r.sql),
        date: visit.asked("date").and_then(|d| d.parse().ok()).unwrap_or(visit.today()),
        after: visit.asked("after").and_then(|id| id.parse().ok()),
    })
}

/// This list with some names changed; paging starts anew.
fn address(visit: &Visit, changed: &[(&str, &str)]) -> String {
    let kept = FILTERS.iter().filter(|name| !changed.iter().any(|(n, _)| n == *name));
    let mut pairs: Vec<(&str, &str)> = kept.map(|name| (*name, visit.asked(name).unwrap_or_default())).collect();
    pairs.extend(changed);
    paths::with(paths::LEDGER, &pairs)
}

fn counties(visit: &Visit) -> Vec<Choice> {
    if !many_counties(visit) {
        return Vec::new();
    }
    choices(visit.app.directory.counties().map(|c| (c.id.to_string(), c.name.clone())))
}
