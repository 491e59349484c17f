//! Rates, and the ranking by 到期完成率.

use super::table::Table;
use crate::base::CountyId;
use std::fmt;

/// A part of a whole. A whole of 0 has no rate, and prints 「—」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The numerator.
    pub part: i64,
    /// The denominator.
    pub whole: i64,
}

impl Rate {
    /// A rate.
    pub fn new(part: i64, whole: i64) -> Self {
        Self { part, whole }
    }

    /// In thousandths, rounded half up; `None` for an empty whole.
    pub fn permille(self) -> Option<i64> {
        (self.whole > 0).then(|| (self.part * 2000 + self.whole) / (2 * self.whole))
    }

    /// As a number cell holds it; 0 for an empty whole.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn exact(self) -> f64 {
        if self.whole > 0 { self.part as f64 / self.whole as f64 } else { 0.0 }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.permille() {
            Some(permille) => write!(f, "{}.{}%", permille / 10, permille % 10),
            None => f.write_str("—"),
        }
    }
}

/// A county's place by 到期完成率.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The county.
    pub county: CountyId,
    /// Its rate.
    pub rate: Rate,
    /// Its place, from 1; equal rates share one. None below the floor: too few to compare.
    pub place: Option<usize>,
}

/// Ranks by 到期完成率 those whose denominator reaches `floor` (a setting of the campaign); the others follow without a
/// place, in customary order.
pub fn ranking(table: &Table, floor: i64) -> Vec<Rank> {
    let rates = table.rows.iter().map(|row| (row.county, row.values.due_completion()));
    let (mut ranked, small): (Vec<_>, Vec<_>) = rates.partition(|(_, rate)| rate.whole >= floor.max(1));
    ranked.sort_by(|(_, a), (_, b)| (b.part * a.whole).cmp(&(a.part * b.whole)));
    let better = |rate: Rate| ranked.iter().filter(|(_, other)| other.part * rate.whole > rate.part * other.whole).count();
    let placed: Vec<Rank> = ranked.iter().map(|&(county, rate)| Rank { county, rate, place: Some(better(rate) + 1) }).collect();
    placed.into_iter().chain(small.into_iter().map(|(county, rate)| Rank { county, rate, place: None })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::table::{Row, Table};

    #[test]
    fn one_decimal_rounded_half_up_and_a_dash_for_nothing() {
        assert_eq!(Rate::new(2299, 3044).to_string(), "75.5%");
        assert_eq!(Rate::new(1, 8).to_string(), "12.5%");
        assert_eq!(Rate::new(1, 16).to_string(), "6.3%", "6.25");
        assert_eq!(Rate::new(0, 5).to_string(), "0.0%");
        assert_eq!(Rate::new(5, 5).to_string(), "100.0%");
        assert_eq!(Rate::new(0, 0).to_string(), "—");
    }

    #[test]
    fn few_cases_are_not_ranked_and_equals_share_a_place() {
        let row = |county, part, whole| {
            let mut row = Row::empty(CountyId(county));
            row.values.add("due_finished", part);
            row.values.add("due", whole);
            row
        };
        let rows = vec![row(140403, 10, 20), row(140404, 3, 3), row(140405, 15, 30), row(140406, 20, 20)];
        let date = chrono::NaiveDate::from_ymd_opt(2019, 6, 27).unwrap();
        let places: Vec<_> = ranking(&Table { date, rows }, 20).into_iter().map(|r| (r.county.0, r.place)).collect();
        assert_eq!(places, [(140406, Some(1)), (140403, Some(2)), (140405, Some(2)), (140404, None)]);
    }
}
