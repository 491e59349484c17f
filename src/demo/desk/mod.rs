//! What the city's desk and the counties' offices did in the demo's month: publicity, tips, orders.

mod cross_checks;
mod orders;
mod outreach;
mod tips;
mod twins;

use super::fill::morning;
use crate::base::{Clocks, Scope};
use crate::campaigns::Campaign;
use crate::counties::Directory;
use crate::history::{Key, Writing};
use crate::platform::database::Database;
use chrono::NaiveDate;

/// The desk, over all counties.
pub(super) struct Desk<'a> {
    pub(super) db: &'a Database,
    pub(super) key: &'a Key,
    pub(super) clocks: Clocks,
    pub(super) campaign: &'a Campaign,
    pub(super) scope: Scope,
}

/// A day of June 2019.
fn june(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap_or_default()
}

impl Desk<'_> {
    /// What needs no unit, as far as the business clock has come: the counties' summaries read it.
    pub(super) async fn begins(&self, directory: &Directory) -> anyhow::Result<()> {
        self.report_phones(directory).await?;
        self.publicity(directory).await?;
        self.tips(directory).await
    }

    /// What is over the counties' facts.
    pub(super) async fn goes_on(&self) -> anyhow::Result<()> {
        self.true_tips().await?;
        self.twins().await?;
        self.first_look().await?;
        self.orders().await
    }

    /// A transaction in the morning of a day; none of a day to come.
    async fn morning(&self, day: NaiveDate) -> Result<Option<Writing>, sqlx::Error> {
        if day > self.clocks.business.today() {
            return Ok(None);
        }
        morning((self.db, self.key, self.clocks), day, &self.scope).await.map(Some)
    }
}
