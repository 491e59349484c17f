//! `/cross-checks/results`: what the teams found, county by county, and the form for a sheet that comes back.

use crate::base::ability::Supervise;
use crate::spot_checks::{self, Checked, Tally};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Form, Frame, Visit, choices, page};
use askama::Template;

/// A county's line.
struct Line {
    name: String,
    tally: Tally,
    sheet: String,
}

#[derive(Template)]
#[template(path = "cross_checks/results.html")]
pub(super) struct ResultsPage {
    frame: Frame,
    form: Form,
    counties: Vec<Choice>,
    lines: Vec<Line>,
    total: Tally,
    checks: Vec<Checked>,
    directory: crate::counties::Directory,
    may_bring: bool,
}

impl ResultsPage {
    /// The page with its form.
    pub(super) async fn of(visit: &mut Visit, form: Form) -> Result<Self, Error> {
        let (scope, campaign) = (visit.scope(), visit.campaign.id);
        let tallies = spot_checks::tallies(visit.connection(), &scope, campaign).await?;
        let checks = spot_checks::list_checks(visit.connection(), &scope, campaign).await?;
        let directory = visit.app.directory.clone();
        let mut total = Tally { county_id: crate::base::CITY, checked: 0, claimed: 0, refuted: 0, found: 0 };
        let line = |county: &crate::counties::County| {
            let none = Tally { county_id: county.id, checked: 0, claimed: 0, refuted: 0, found: 0 };
            let tally = tallies.iter().find(|t| t.county_id == county.id).copied().unwrap_or(none);
            let sheet = paths::with(paths::CROSS_CHECKS_SHEET, &[("county", &county.id.to_string())]);
            Line { name: county.name.clone(), tally, sheet }
        };
        let lines: Vec<Line> = directory.counties().filter(|c| scope.holds(c.id)).map(line).collect();
        for Line { tally, .. } in &lines {
            total.checked += tally.checked;
            total.claimed += tally.claimed;
            total.refuted += tally.refuted;
            total.found += tally.found;
        }
        Ok(Self {
            frame: visit.frame("交叉执法核查结果"),
            form,
            counties: choices(directory.counties().map(|c| (c.id.to_string(), c.name.clone()))),
            lines,
            total,
            checks,
            directory,
            may_bring: visit.may::<Supervise>(),
        })
    }
}

/// Shows it; `?county=` and `?team=` stand in the form already.
pub async fn get(mut visit: Visit) -> Answer {
    let county = visit.asked_county()?.map(|c| c.to_string()).unwrap_or_default();
    let mut cells = visit.cells();
    cells.set("kind", county).set("caption", visit.asked("team").unwrap_or_default());
    let form = visit.form(cells);
    page(&ResultsPage::of(&mut visit, form).await?)
}
