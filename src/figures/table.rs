//! The figures of several counties on one date, and their sums.

use super::list::figure;
use super::rate::Rate;
use crate::base::{CountyId, Money};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Figures by key. Amounts are in 分.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, i64>);

impl Values {
    /// A figure; 0 where nothing was counted.
    pub fn get(&self, key: &str) -> i64 {
        debug_assert!(figure(key).is_some(), "no figure is called {key}");
        self.0.get(key).copied().unwrap_or(0)
    }

    /// A figure in 分 as money.
    pub fn money(&self, key: &str) -> Money {
        Money::from_fen(self.get(key))
    }

    /// A figure as it is printed: 万元 for money, whole numbers else.
    pub fn shown(&self, key: &str) -> String {
        match figure(key) {
            Some(f) if f.unit == "万元" => self.money(key).to_wan_grouped(),
            _ => self.get(key).to_string(),
        }
    }

    /// Figures as a test needs them.
    #[cfg(test)]
    pub(crate) fn of(figures: &[(&'static str, i64)]) -> Self {
        Self(figures.iter().copied().collect())
    }

    /// All figures by key, as a frozen copy keeps them.
    pub fn to_json(&self) -> serde_json::Value {
        self.0
            .iter()
            .map(|(key, value)| ((*key).to_owned(), serde_json::Value::from(*value)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// What a frozen copy keeps; a figure that is no longer counted is left out.
    pub fn from_json(kept: &serde_json::Value) -> Self {
        let pairs = kept.as_object().into_iter().flatten();
        Self(pairs.filter_map(|(key, value)| Some((figure(key)?.key, value.as_i64()?))).collect())
    }

    pub(super) fn add(&mut self, key: &'static str, value: i64) {
        let sum = self.0.entry(key).or_default();
        *sum = sum.saturating_add(value);
    }

    /// The sums of two counties' figures.
    pub fn plus(mut self, other: &Self) -> Self {
        self.add_all(other);
        self
    }

    fn add_all(&mut self, other: &Self) {
        for (key, value) in &other.0 {
            self.add(key, *value);
        }
    }

    /// 自查率 = 已自查 / 应自查.
    pub fn inspected_rate(&self) -> Rate {
        Rate::new(self.get("inspected"), self.get("owed"))
    }

    /// 告知率 = 已告知 / 应告知: every unit that stands is to be told.
    pub fn notified_rate(&self) -> Rate {
        Rate::new(self.get("notified"), self.get("to_inspect"))
    }

    /// 排查率 = 已排查 / 应查.
    pub fn visited_rate(&self) -> Rate {
        Rate::new(self.get("visited"), self.get("to_inspect"))
    }

    /// 完成率 = (待核查 + 已销号 + 以关代改) / (问题数 - 移交).
    pub fn completion(&self) -> Rate {
        Rate::new(self.get("finished"), self.get("ours"))
    }

    /// 到期完成率: the same among those due by the date.
    pub fn due_completion(&self) -> Rate {
        Rate::new(self.get("due_finished"), self.get("due"))
    }

    /// 完成率 of the problems in annex 1.
    pub fn own_completion(&self) -> Rate {
        Rate::new(self.get("own_finished"), self.get("own_ours"))
    }

    /// 完成率 of what 督察 and 强化督查 sent down.
    pub fn inspection_completion(&self) -> Rate {
        Rate::new(self.get("inspection_finished"), self.get("inspection_ours"))
    }
}

/// The figures of one county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The county.
    pub county: CountyId,
    /// Its figures.
    pub values: Values,
    /// The part of its cases and measures that the city's bureau handles itself (其中：市局直接查处).
    pub by_city: Values,
}

impl Row {
    pub(super) fn empty(county: CountyId) -> Self {
        Self { county, values: Values::default(), by_city: Values::default() }
    }
}

/// The figures of several counties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The date whose state it shows.
    pub date: NaiveDate,
    /// The counties in customary order.
    pub rows: Vec<Row>,
}

impl Table {
    /// One county's figures.
    pub fn of(&self, county: CountyId) -> Option<&Values> {
        self.rows.iter().find(|r| r.county == county).map(|r| &r.values)
    }

    /// The sums over all counties. A unit lies in one county, so units are counted once.
    pub fn total(&self) -> Values {
        self.sum(|row| &row.values)
    }

    /// The sums of what the city's bureau handles itself.
    pub fn by_city(&self) -> Values {
        self.sum(|row| &row.by_city)
    }

    fn sum(&self, part: impl Fn(&Row) -> &Values) -> Values {
        let mut sum = Values::default();
        for row in &self.rows {
            sum.add_all(part(row));
        }
        sum
    }
}
