//! `/units`: the register, searched and filtered.

use super::fields::Lists;
use crate::base::CountyId;
use crate::base::ability::{Enter, Import};
use crate::figures;
use crate::units::{self, Filter, Owed, Sought};
use crate::vocabulary::{PermitClass, UnitStatus};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Frame, Visit, choices, page};
use askama::Template;

#[derive(Template)]
#[template(path = "units/list.html")]
struct ListPage {
    frame: Frame,
    found: Sought,
    filter: Filter,
    query: String,
    county: Option<CountyId>,
    counties: Vec<Choice>,
    lists: Lists,
    owed: Vec<Choice>,
    figure_label: Option<String>,
    first: Option<String>,
    next: Option<String>,
    may_enter: bool,
    may_import: bool,
    city: bool,
    names: crate::counties::Directory,
}

impl ListPage {
    fn picked(&self, field: &str, value: &str) -> bool {
        let chosen = match field {
            "county" => return self.county.is_some_and(|c| c.to_string() == value),
            "permit_class" => &self.filter.permit_class,
            "status" => &self.filter.status,
            _ => return self.filter.owed.is_some_and(|o| o.code() == value),
        };
        chosen.as_deref() == Some(value)
    }

    /// The filter as it stands, for a batch over all that fit it.
    fn frame_query(&self) -> Vec<(String, String)> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).unwrap_or_default();
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn text(&self, value: &Option<String>) -> String {
        value.clone().unwrap_or_default()
    }
}

/// The filter that a query asks for; the figure's rows come from `figures`.
pub fn filter(visit: &Visit) -> Result<Filter, Error> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let figure = match visit.asked("figure") {
        Some(key) => {
            let rows = figures::rows(key, 1, 2, 3).filter(|r| r.list == figures::List::Units).ok_or(Error::NotFound)?;
            Some(rows.sql)
        }
        None => None,
    };
    let industry = visit
        .asked("industry")
        .map(|typed| crate::vocabulary::industries::read(typed).map_or_else(|| typed.to_owned(), |i| i.code.clone()));
    Ok(Filter {
        q: asked("q"),
        township: asked("township"),
        industry,
        permit_class: visit.asked("permit_class").and_then(PermitClass::read).map(|p| p.code().to_owned()),
        status: visit.asked("status").and_then(UnitStatus::read).map(|s| s.code().to_owned()),
        owed: visit.asked("owed").and_then(Owed::from_code),
        figure,
        after: visit.asked("after").and_then(|id| id.parse().ok()),
    })
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let county = visit.asked_county()?;
    let scope = county.and_then(|c| visit.scope().narrowed_to(c)).unwrap_or_else(|| visit.scope());
    let filter = filter(&visit)?;
    let (campaign, today) = (visit.campaign.id, visit.today());
    let date = visit.asked("date").and_then(|d| d.parse().ok()).unwrap_or(today);
    let found = units::search(visit.connection(), &scope, campaign, date, &filter).await?;
    let pairs: Vec<(&str, &str)> =
        visit.query.iter().filter(|(n, _)| n != "after").map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (query, first) = (paths::query(&pairs), paths::with(paths::UNITS, &pairs));
    let next = found.units.last().filter(|_| found.more).map(|last| {
        let mut pairs = pairs.clone();
        let id = last.id.to_string();
        pairs.push(("after", &id));
        paths::with(paths::UNITS, &pairs)
    });
    let city = !visit.viewer.actor.role.of_a_county();
    let list_county = county.or((!city).then_some(visit.viewer.actor.county));
    page(&ListPage {
        frame: visit.frame("排污单位"),
        first: filter.after.map(|_| first),
        next,
        query,
        county,
        counties: choices(visit.app.directory.counties().map(|c| (c.id.to_string(), c.name.clone()))),
        lists: Lists::of(&visit, list_county.unwrap_or(crate::base::CITY)),
        owed: choices(Owed::ALL.iter().map(|o| (o.code(), o.label()))),
        figure_label: visit.asked("figure").and_then(figures::figure).map(|f| f.label.to_string()),
        may_enter: visit.may::<Enter>(),
        may_import: visit.may::<Import>(),
        city,
        names: visit.app.directory.clone(),
        found,
        filter,
    })
}
