//! `/problems`: all problems, filtered.

use super::new::Lists;
use crate::base::CountyId;
use crate::base::ability::Enter;
use crate::figures;
use crate::problems::{self, Filter, Page};
use crate::vocabulary::{Kind, Progress, Source};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Frame, Visit, choices, page, words};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "problems/list.html")]
struct ListPage {
    frame: Frame,
    found: Page,
    filter: Filter,
    query: String,
    county: Option<CountyId>,
    counties: Vec<Choice>,
    lists: Lists,
    states: Vec<Choice>,
    figure_label: Option<String>,
    first: Option<String>,
    next: Option<String>,
    may_enter: bool,
    city: bool,
    today: NaiveDate,
    names: crate::counties::Directory,
}

impl ListPage {
    fn picked(&self, field: &str, value: &str) -> bool {
        match field {
            "county" => self.county.is_some_and(|c| c.to_string() == value),
            "kind" => self.filter.kind.as_deref() == Some(value),
            "source" => self.filter.source.as_deref() == Some(value),
            "overdue" => self.filter.overdue,
            "gaps" => self.filter.gaps,
            _ => self.filter.progress.is_some_and(|p| p.code() == value),
        }
    }

    fn text(&self, value: &Option<String>) -> String {
        value.clone().unwrap_or_default()
    }

    /// The filter as it stands, for a batch over all that fit it.
    fn frame_query(&self) -> Vec<(String, String)> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).unwrap_or_default();
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// The filter that a query asks for; the figure's rows come from `figures`.
pub fn filter(visit: &Visit) -> Result<Filter, Error> {
    let figure = match visit.asked("figure") {
        Some(key) => {
            let rows = figures::rows(key, 1, 2, 3).filter(|r| r.list == figures::List::Problems).ok_or(Error::NotFound)?;
            Some(rows.sql)
        }
        None => None,
    };
    Ok(Filter {
        q: visit.asked("q").map(str::to_owned),
        kind: visit.asked("kind").and_then(Kind::read).map(|k| k.code.to_owned()),
        source: visit.asked("source").and_then(Source::read).map(|s| s.code().to_owned()),
        progress: visit.asked("progress").and_then(Progress::from_code),
        overdue: visit.asked("overdue").is_some(),
        gaps: visit.asked("gaps").is_some(),
        township: visit.asked("township").map(str::to_owned),
        unit: visit.asked("unit").and_then(|id| id.parse().ok()),
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
    let found = problems::list(visit.connection(), &scope, campaign, date, &filter).await?;
    let pairs: Vec<(&str, &str)> =
        visit.query.iter().filter(|(n, _)| n != "after").map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (query, first) = (paths::query(&pairs), paths::with(paths::PROBLEMS, &pairs));
    let next = found.problems.last().filter(|_| found.more).map(|last| {
        let mut pairs = pairs.clone();
        let id = last.id.to_string();
        pairs.push(("after", &id));
        paths::with(paths::PROBLEMS, &pairs)
    });
    page(&ListPage {
        frame: visit.frame("问题与整改"),
        first: filter.after.map(|_| first),
        next,
        query,
        county,
        counties: choices(visit.app.directory.counties().map(|c| (c.id.to_string(), c.name.clone()))),
        lists: Lists::all(),
        states: words::<Progress>(),
        figure_label: visit.asked("figure").and_then(figures::figure).map(|f| f.label.to_string()),
        may_enter: visit.may::<Enter>(),
        city: !visit.viewer.actor.role.of_a_county(),
        today: date,
        names: visit.app.directory.clone(),
        found,
        filter,
    })
}
