//! `/inspections/coverage`: no dead corners: how many units of each township were visited, and who keeps it.

use crate::base::ability::Enter;
use crate::counties::Directory;
use crate::coverage::{self, Covered};
use crate::figures::Rate;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Frame, Visit, choices, page};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "inspections/coverage.html")]
struct CoveragePage {
    frame: Frame,
    rows: Vec<Covered>,
    names: Directory,
    counties: Vec<Choice>,
    county: String,
    today: NaiveDate,
    may_enter: bool,
}

impl CoveragePage {
    fn city(&self) -> bool {
        !self.counties.is_empty()
    }

    fn sum(&self, of: impl Fn(&Covered) -> i64) -> i64 {
        self.rows.iter().map(of).sum()
    }

    fn standing(&self) -> i64 {
        self.sum(|c| c.standing)
    }

    fn notified(&self) -> i64 {
        self.sum(|c| c.notified)
    }

    fn visited(&self) -> i64 {
        self.sum(|c| c.visited)
    }

    fn rate(&self) -> String {
        Rate::new(self.visited(), self.standing()).to_string()
    }

    /// The units of a township that owe something.
    fn owing(&self, row: &Covered, owed: &str) -> String {
        let county = if self.city() { row.county_id.to_string() } else { String::new() };
        paths::with(paths::UNITS, &[("county", &county), ("township", &row.township), ("owed", owed)])
    }

    fn grid(&self, row: &Covered) -> String {
        paths::grid(row.county_id, &row.township)
    }

    fn plan(&self, row: &Covered) -> String {
        let day = |date: Option<NaiveDate>| date.map(crate::base::dates::month_day).unwrap_or_default();
        match (row.planned_from, row.planned_until) {
            (None, None) => String::new(),
            (from, until) => format!("{}—{}", day(from), day(until)),
        }
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let county = visit.asked_county()?;
    let scope = county.and_then(|c| visit.scope().narrowed_to(c)).unwrap_or_else(|| visit.scope());
    let (today, campaign) = (visit.today(), visit.campaign.id);
    let date = visit.campaign.live_date(today);
    let mut rows = coverage::coverage(visit.connection(), &scope, campaign, date).await?;
    rows.retain(|row| row.standing > 0 || row.keeper.is_some());
    let many = !visit.viewer.actor.role.of_a_county();
    let counties = visit.app.directory.counties().filter(|_| many).map(|c| (c.id.to_string(), c.name.clone()));
    page(&CoveragePage {
        frame: visit.frame("排查覆盖"),
        rows,
        names: visit.app.directory.clone(),
        counties: choices(counties),
        county: county.map(|c| c.to_string()).unwrap_or_default(),
        today,
        may_enter: visit.may::<Enter>(),
    })
}
