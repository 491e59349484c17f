//! `/units`: the register, searched and filtered.

use super::fields::Lists;
use crate::base::CountyId;
use crate::base::ability::{Enter, Import};
use crate::figures::List;
use crate::units::{self, Filter, Listed, Owed, Search};
use crate::vocabulary::{PermitClass, UnitStatus, industries};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, choices, page, to_next_gap};
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

/// What the address asks for: the list, and the room's filter.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::UNITS, List::Units)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        townships: visit.asked("township").map(|typed| townships(visit, asked.county, typed)),
        industries: visit.asked("industry").map(|typed| industries::meant(typed).into_iter().map(str::to_owned).collect()),
        permit_class: visit.asked("permit_class").and_then(PermitClass::read).map(|p| p.code().to_owned()),
        status: visit.asked("status").and_then(UnitStatus::read).map(|s| s.code().to_owned()),
        owed: visit.asked("owed").and_then(Owed::from_code),
        figure: asked.rows(),
        gaps: false,
    };
    Ok((asked, filter))
}

/// The towns that somebody means: those of the directory whose names hold the words, and the words themselves, since a unit may
/// carry a name that the directory has not.
fn townships(visit: &Visit, county: Option<CountyId>, typed: &str) -> Vec<String> {
    let (directory, scope) = (&visit.app.directory, visit.scope());
    let counties = directory.counties().map(|c| c.id).filter(|c| county.is_none_or(|asked| asked == *c) && scope.holds(*c));
    let known = counties.flat_map(|c| directory.townships(c)).map(|t| t.name.clone()).filter(|name| name.contains(typed));
    std::iter::once(typed.to_owned()).chain(known).collect()
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
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
    let (asked, filter) = asked(&visit)?;
    let search = Search::of(visit.connection(), &asked.within.scope, Filter { gaps: true, ..filter }).await?;
    to_next_gap(visit, asked, &search).await
}
