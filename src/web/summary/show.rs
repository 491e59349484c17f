//! `/summary`: the summary as it is printed; figures lead to their rows, and what is missing or does not agree stands on top.

use super::{county, over_accepted, read};
use crate::base::ability::{Download, Summarise};
use crate::base::{CITY, CountyId, dates};
use crate::platform::document::attached;
use crate::summary::{Gap, Mismatch, Piece, Summary, gaps, mismatches};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "summary/show.html")]
struct SummaryPage {
    frame: Frame,
    summary: Summary,
    gaps: Vec<Gap>,
    mismatches: Vec<Mismatch>,
    county: String,
    counties: Vec<Choice>,
    basis: String,
    /// Over what the city received.
    accepted: bool,
    of_the_city: bool,
    may_edit: bool,
    file: Option<String>,
}

impl SummaryPage {
    /// The rows behind a figure: of the county, or of all in sight. What was received is no longer the rows of today.
    fn rows(&self, key: &Option<&'static str>) -> Option<String> {
        let county: Option<CountyId> = (!self.of_the_city).then_some(self.summary.county);
        key.filter(|_| !self.accepted).map(|key| paths::figure(key, county, self.summary.date))
    }

    fn attached(&self) -> Vec<String> {
        attached(&self.summary.attachments)
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let county = county(&visit)?;
    let summary = read(&mut visit, county).await?;
    let of_a_county = visit.viewer.actor.role.of_a_county();
    let counties = visit.app.directory.all().iter().filter(|_| !of_a_county);
    let counties = counties.map(|c| Choice::new(c.id.to_string(), if c.id == CITY { "全市" } else { &c.name })).collect();
    let accepted = over_accepted(&visit, county);
    let from = if accepted { "accepted" } else { "" };
    let query = [("county", county.to_string()), ("date", summary.date.to_string()), ("from", from.to_owned())];
    let file = paths::with(paths::SUMMARY_FILE, &query.each_ref().map(|(name, value)| (*name, value.as_str())));
    page(&SummaryPage {
        frame: visit.frame(&summary.title),
        gaps: gaps(&summary),
        mismatches: mismatches(&summary),
        county: county.to_string(),
        counties,
        basis: match accepted {
            true => "各县（区）最近一次已接收的报送".to_owned(),
            false => format!("实时数据，{}生成", dates::instant_long(visit.now())),
        },
        accepted,
        of_the_city: county == CITY,
        may_edit: !accepted && visit.may_in::<Summarise>(county),
        file: visit.may::<Download>().then_some(file),
        summary,
    })
}
