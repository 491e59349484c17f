//! `/inspections`: the visits, and how far they have come.

use crate::base::ability::Enter;
use crate::figures::{self, List, Values};
use crate::inspections::{self, Filter, Listed};
use crate::vocabulary::InspectionResult;
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;

#[derive(Template)]
#[template(path = "inspections/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    inspections: Vec<Listed>,
    results: Vec<Choice>,
    values: Values,
    may_enter: bool,
}

impl ListPage {
    fn figure(&self, key: &str) -> String {
        let county = self.list.value("county");
        paths::with(paths::UNITS, &[("figure", key), ("county", county)])
    }
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::INSPECTIONS, List::Inspections)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        result: visit.asked("result").map(str::to_owned),
        township: visit.asked("township").map(str::to_owned),
        gaps: visit.asked("gaps").is_some(),
        figure: asked.rows(),
    };
    Ok((asked, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = inspections::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    let (date, campaign) = (visit.campaign.live_date(visit.today()), visit.campaign.id);
    let values = figures::by_county(visit.connection(), &asked.within.scope, campaign, date).await?.total();
    page(&ListPage {
        frame: visit.frame("排查"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        inspections: found.lines,
        results: words::<InspectionResult>(),
        values,
        may_enter: visit.may::<Enter>(),
    })
}
