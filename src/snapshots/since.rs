//! 上期以来变化: each county's figures at an earlier moment and now, and how long its data have stood still.

use super::store::Kept;
use crate::as_of;
use crate::base::clock::beijing_instant;
use crate::base::{CountyId, Scope};
use crate::campaigns::Campaign;
use crate::figures::{self, Values};
use crate::platform::database::Database;
use crate::submissions;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};

/// The figures that are compared, in order.
pub const COMPARED: [&str; 9] =
    ["inspected", "problems", "finished", "verified", "overdue", "filed", "decided", "fine", "exposed"];

/// Days without a change after which it is said.
pub const QUIET_DAYS: i64 = 3;

/// From when on changes are told.
#[derive(Clone, Debug)]
pub enum Since {
    /// A frozen snapshot.
    Snapshot(Box<Kept>),
    /// The end of a day, its facts restored from the history.
    EndOf(NaiveDate),
}

/// A county then and now.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The county.
    pub county: CountyId,
    /// Its figures then.
    pub then: Values,
    /// Its figures now.
    pub now: Values,
    /// Whole days since its data last changed; none: never.
    pub quiet_days: Option<i64>,
}

impl Moved {
    /// A figure now, and how it differs from then: with its sign, empty when it is the same.
    pub fn cell(&self, key: &str) -> (String, String) {
        cell(&self.then, &self.now, key)
    }

    /// 「数据3日无变化」.
    pub fn quiet(&self) -> bool {
        self.quiet_days.is_none_or(|days| days >= QUIET_DAYS)
    }
}

/// A figure now, and how it differs from then.
pub fn cell(then: &Values, now: &Values, key: &str) -> (String, String) {
    let by = now.get(key) - then.get(key);
    let money = figures::figure(key).is_some_and(|f| f.unit == "万元");
    let size = if money { crate::base::Money::from_fen(by.abs()).to_wan_grouped() } else { by.abs().to_string() };
    let said = match by {
        0 => String::new(),
        1.. => format!("+{size}"),
        _ => format!("−{size}"),
    };
    (now.shown(key), said)
}

/// What moved within the scope. `now`: the business moment; live figures are of its day.
pub async fn since(
    db: &Database,
    scope: &Scope,
    campaign: &Campaign,
    from: &Since,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Moved>, sqlx::Error> {
    // Whoever asks for this holds a reader of the pages.
    let db = db.for_jobs();
    let then = match from {
        Since::Snapshot(kept) => kept.bodies().into_iter().map(|(county, _, values)| (county, values)).collect::<Vec<_>>(),
        Since::EndOf(day) if *day < campaign.starts_on => Vec::new(),
        Since::EndOf(day) => {
            let midnight = beijing_instant(*day + Days::new(1), NaiveTime::MIN);
            let mut past = as_of::restore(&db, scope, midnight.to_utc()).await?;
            let table = figures::by_county(past.connection(), scope, campaign.id, *day).await?;
            table.rows.into_iter().map(|row| (row.county, row.values)).collect()
        }
    };
    let mut snapshot = db.snapshot(scope).await?;
    let connection = snapshot.connection();
    let table = figures::by_county(connection, scope, campaign.id, campaign.live_date(now.date_naive())).await?;
    let changed = submissions::stale_since(connection, scope).await?;
    let quiet = |county: CountyId| {
        let at = changed.iter().find(|(c, _)| *c == county).map(|(_, at)| *at);
        at.map(|at| (now.to_utc() - at).num_days())
    };
    let moved = |row: figures::Row| {
        let then = then.iter().find(|(county, _)| *county == row.county).map(|(_, values)| values.clone()).unwrap_or_default();
        Moved { county: row.county, then, now: row.values, quiet_days: quiet(row.county) }
    };
    Ok(table.rows.into_iter().map(moved).collect())
}
