//! `/cross-checks`: 迎检清单: the units that a team will look at first, repeat offenders first.

use crate::base::dates;
use crate::spot_checks::{self, Exposed, Filter};
use crate::vocabulary::Exposedness;
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;

#[derive(Template)]
#[template(path = "cross_checks/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    units: Vec<Exposed>,
    reasons: Vec<Choice>,
    from: String,
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let filter =
        Filter { q: visit.asked("q").map(str::to_owned), reason: visit.asked("reason").and_then(Exposedness::from_code) };
    Ok((Asked::plain(visit, paths::CROSS_CHECKS)?, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = spot_checks::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    page(&ListPage {
        frame: visit.frame("迎检清单"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        units: found.lines,
        reasons: words::<Exposedness>(),
        from: dates::long(visit.campaign.cross_enforcement_from),
    })
}
