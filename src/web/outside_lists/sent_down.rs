//! `/sent-down`: 来源对账: what was received of each list that was sent down, what was found, and what is struck off.

use crate::counties::Directory;
use crate::sent_down::{self, Shared, Source};
use crate::web::shell::{Answer, Choice, Frame, Visit, choices, page};
use askama::Template;

#[derive(Template)]
#[template(path = "outside_lists/sent_down.html")]
struct SentDownPage {
    frame: Frame,
    sources: Vec<Source>,
    heads: Vec<&'static str>,
    shared: Vec<Shared>,
    names: Directory,
    counties: Vec<Choice>,
    county: String,
}

impl SentDownPage {
    fn city(&self) -> bool {
        !self.counties.is_empty()
    }

    fn rows(&self, source: &Source, name: &str, value: &str) -> String {
        let pairs = [("source", source.tally.source.as_str()), ("county", &self.county), (name, value)];
        crate::web::paths::with(crate::web::paths::PROBLEMS, &pairs)
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let county = visit.asked_county()?;
    let scope = county.and_then(|c| visit.scope().narrowed_to(c)).unwrap_or_else(|| visit.scope());
    let (campaign, date) = (visit.campaign.id, visit.campaign.live_date(visit.today()));
    let sources = sent_down::sources(visit.connection(), &scope, campaign, date).await?;
    let shared = sent_down::shared_numbers(visit.connection(), &scope, campaign).await?;
    let many = !visit.viewer.actor.role.of_a_county();
    let all = visit.app.directory.counties().filter(|_| many).map(|c| (c.id.to_string(), c.name.clone()));
    page(&SentDownPage {
        frame: visit.frame("交办问题对账"),
        sources,
        heads: sent_down::heads(),
        shared,
        names: visit.app.directory.clone(),
        counties: choices(all),
        county: county.map(|c| c.to_string()).unwrap_or_default(),
    })
}
