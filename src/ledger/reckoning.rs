//! 按日连续处罚 reckoned for comparison: the decision stands, not this.

use crate::base::{Money, dates};
use chrono::{Days, NaiveDate};

/// Days and amount as the order gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// First day: the day after service.
    pub from: NaiveDate,
    /// Last day: the day on which the re-check finds the violation.
    pub until: NaiveDate,
    /// How many.
    pub days: i64,
    /// Fine times days.
    pub amount: Money,
}

/// The re-check falls within thirty days of service (令28第十条).
pub const RECHECK_DAYS: u64 = 30;

/// Days run from the day after the order was served through the day of the re-check (令28第十七条); the amount of a day is
/// the original fine (第十九条). `None` when a date is missing or the re-check is not later.
pub fn reckon(fine: Option<Money>, order_served_on: Option<NaiveDate>, recheck_on: Option<NaiveDate>) -> Option<Reckoning> {
    let (fine, served, recheck) = (fine?, order_served_on?, recheck_on?);
    let days = (recheck - served).num_days();
    let amount = fine.fen().checked_mul(days).map(Money::from_fen)?;
    (days > 0).then(|| Reckoning { from: served + Days::new(1), until: recheck, days, amount })
}

impl Reckoning {
    /// The sentence on the page.
    pub fn words(&self, fine: Money) -> String {
        format!(
            "{} × {}天（{}至{}）= {}。测算，以决定书为准（令28第十七、十九条）。",
            fine.compact(),
            self.days,
            dates::month_day(self.from),
            dates::month_day(self.until),
            self.amount.compact()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn june(day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2019, 6, day)
    }

    #[test]
    fn fourteen_days_of_ten_wan() {
        let fine = Money::from_fen(10_000_000);
        let reckoned = reckon(Some(fine), june(6), june(20)).unwrap();
        assert_eq!((reckoned.days, reckoned.amount.to_wan()), (14, "140".into()));
        assert!(reckoned.words(fine).contains("10万元 × 14天（6月7日至6月20日）= 140万元"));
        assert_eq!(reckon(Some(fine), june(6), june(6)), None);
        assert_eq!(reckon(None, june(6), june(20)), None);
    }
}
