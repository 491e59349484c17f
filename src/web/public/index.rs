//! `/public`: the campaign, what is asked of units, and how to report.

use crate::base::dates;
use crate::campaigns::Campaign;
use crate::counties;
use crate::web::shell::{Answer, Guest, Plain, page};
use askama::Template;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "public/index.html")]
struct PublicPage {
    plain: Plain,
    campaign: Campaign,
    /// Name and 举报电话 of each body that has one, in customary order.
    lines: Vec<(String, String)>,
    may_report: bool,
}

impl PublicPage {
    fn day(&self, date: &chrono::NaiveDate) -> String {
        dates::long(*date)
    }
}

/// Shows it.
pub async fn get(mut guest: Guest) -> Answer {
    let bodies = counties::bodies(guest.connection()).await?;
    let mut told = BTreeSet::new();
    let newest = bodies.into_iter().filter(|b| told.insert(b.county_id.0) && !b.report_phone.is_empty());
    let lines = newest.map(|b| (guest.app.directory.name(b.county_id), b.report_phone)).collect();
    let plain = guest.plain("违法排污行为大整治");
    page(&PublicPage { plain, lines, may_report: guest.app.config.public.tips, campaign: guest.campaign })
}
