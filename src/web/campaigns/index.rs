//! `/campaigns`: all campaigns, the newest first.

use crate::base::ability::Administer;
use crate::base::dates;
use crate::campaigns::{self, Campaign};
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

/// One line of the list.
struct CampaignRow {
    title: String,
    slug: String,
    starts_on: String,
    self_inspection_until: String,
    due: String,
    cutoff: String,
    current: bool,
    edit: String,
    enter: String,
    history: String,
}

impl CampaignRow {
    fn of(campaign: Campaign, current: bool) -> Self {
        Self {
            starts_on: dates::short(campaign.starts_on),
            self_inspection_until: dates::short(campaign.self_inspection_until),
            due: campaign.due_words(),
            cutoff: dates::short(campaign.cutoff()),
            current,
            edit: paths::campaign(campaign.id),
            enter: paths::with("/", &[("campaign", &campaign.slug)]),
            history: paths::history(campaign.id),
            title: campaign.title,
            slug: campaign.slug,
        }
    }
}

#[derive(Template)]
#[template(path = "campaigns/index.html")]
struct IndexPage {
    frame: Frame,
    rows: Vec<CampaignRow>,
}

/// The list.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Administer>()?;
    let found = campaigns::all(visit.connection()).await?;
    let row = |campaign: Campaign| {
        let current = visit.is_current(campaign.id);
        CampaignRow::of(campaign, current)
    };
    let rows = found.into_iter().map(row).collect();
    page(&IndexPage { frame: visit.frame("行动设置"), rows })
}
