//! `/inspections/on-site`: standing at a gate with a telephone: find the unit, register the visit. With nothing typed it shows
//! whom nobody has visited, the nearest township first.

use crate::base::ability::Enter;
use crate::platform::database::Within;
use crate::units::{self, Filter, Listed, Owed};
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "inspections/on_site.html")]
struct OnSitePage {
    frame: Frame,
    q: String,
    township: String,
    townships: Vec<String>,
    units: Vec<Listed>,
    more: bool,
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let q = visit.asked("q").unwrap_or_default().to_owned();
    let township = visit.asked("township").unwrap_or_default().to_owned();
    let filter = Filter {
        q: (!q.is_empty()).then(|| q.clone()),
        townships: (!township.is_empty()).then(|| vec![township.clone()]),
        owed: q.is_empty().then_some(Owed::Inspection),
        ..Filter::default()
    };
    let within = Within { scope: visit.scope(), campaign: visit.campaign.id, date: visit.today() };
    let found = units::search(visit.connection(), &within, filter, None).await?;
    let county = visit.viewer.actor.county;
    page(&OnSitePage {
        frame: visit.frame("现场排查"),
        q,
        township,
        townships: visit.app.directory.townships(county).map(|t| t.name.clone()).collect(),
        units: found.lines,
        more: found.more,
    })
}
