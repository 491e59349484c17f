//! What the city's desk and the counties' offices did in the demo's month: orders.

mod orders;

use super::fill::morning;
use crate::base::{Clocks, Scope};
use crate::campaigns::Campaign;
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
    /// Writes all of it, as far as the business clock has come.
    pub(super) async fn act_out(&self) -> anyhow::Result<()> {
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
