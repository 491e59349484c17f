//! `/units`: the register, searched and filtered.

use super::fields::Lists;
use crate::base::ability::{Enter, Import};
use crate::units::{self, Filter, Listed, Owed, Search};
use crate::web::shell::{Answer, Choice, Frame, ListView, Visit, asked_units, choices, page, to_next_gap};
use askama::Template;

#[derive(Template)]
#[template(path = "units/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    units: Vec<Listed>,
    lists: Lists,
    owed: Vec<Choice>,
    may_enter: bool,
    may_import: bool,
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked_units(&visit)?;
    let found = units::search(visit.connection(), &asked.within, filter, asked.after).await?;
    let own = (visit.viewer.actor.role.of_a_county()).then_some(visit.viewer.actor.county);
    let of = asked.county.or(own).unwrap_or(crate::base::CITY);
    page(&ListPage {
        frame: visit.frame("排污单位"),
        list: ListView::of::<Search>(&visit, asked, &found),
        units: found.lines,
        lists: Lists::of(&visit, of),
        owed: choices(Owed::ALL.iter().map(|o| (o.code(), o.label()))),
        may_enter: visit.may::<Enter>(),
        may_import: visit.may::<Import>(),
    })
}

/// `/units/next-gap`: the next unit of the filter whose basic facts are incomplete.
pub async fn next_gap(mut visit: Visit) -> Answer {
    let (asked, filter) = asked_units(&visit)?;
    let search = Search::of(visit.connection(), &asked.within.scope, Filter { gaps: true, ..filter }).await?;
    to_next_gap(visit, asked, &search).await
}
