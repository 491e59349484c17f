//! Working days. Statutory periods count from the day after what starts them (环境行政处罚办法, 部令第8号, 第七十九条).

use crate::base::Cells;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A day that goes against its weekday, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SpecialDay {
    /// Its id.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// Whether offices work on it.
    pub works: bool,
    /// Why: 端午节, 调休上班.
    pub name: String,
    /// For the second editor.
    pub version: i32,
}

/// A day as the administrator typed it.
#[derive(Clone, Debug)]
pub struct DayChanges {
    /// The day.
    pub day: NaiveDate,
    /// Whether offices work on it.
    pub works: bool,
    /// Why.
    pub name: String,
}

impl DayChanges {
    /// Reads `day`, `works`, `name`. A working Tuesday needs no entry, and hides nothing.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let day = cells.date("day");
        if day.is_none() && cells.error("day").is_none() {
            cells.refuse("day", "请填写日期。");
        }
        let works = match cells.raw("works") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                cells.refuse("works", "请选择放假或上班。");
                None
            }
        };
        let name = cells.required("name", "请填写名称，如“端午节”“调休上班”。");
        if let (Some(day), Some(true)) = (day, works)
            && !weekend(day)
        {
            cells.refuse("works", format!("{day}不是周六、周日，本来就上班，无需登记。"));
        }
        (cells.clean()).then_some(())?;
        Some(Self { day: day?, works: works?, name: name? })
    }
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Which days are worked. A year without any entry goes by the weekday alone.
#[derive(Clone, Debug, Default)]
pub struct Calendar(BTreeMap<NaiveDate, bool>);

impl Calendar {
    /// The calendar of these days that go against their weekday.
    pub fn of(days: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        Self(days.into_iter().collect())
    }

    /// Whether offices work on a day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.0.get(&day).copied().unwrap_or_else(|| !weekend(day))
    }

    /// Whether anybody has entered the arrangement of a year.
    pub fn knows(&self, year: i32) -> bool {
        self.0.keys().any(|day| day.year() == year)
    }

    /// Working days after `from` up to and including `until`; 0 when `until` is not later.
    pub fn working_days_between(&self, from: NaiveDate, until: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= until).filter(|day| self.is_working_day(*day)).count()
    }

    /// The last day of a period of `count` working days that began with what happened on `from`.
    pub fn after_working_days(&self, from: NaiveDate, count: usize) -> NaiveDate {
        let mut day = from;
        for _ in 0..count {
            day = self.working_day_from(day + Days::new(1));
        }
        day
    }

    /// The first working day that is not before `day`: where a period of procedure ends that would end on a day off
    /// (部令第8号第七十九条).
    pub fn working_day_from(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.is_working_day(day) {
            day = day + Days::new(1);
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn june(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::of([(june(7), false), (june(9), true)])
    }

    #[test]
    fn the_dragon_boat_festival_is_not_worked() {
        let calendar = Calendar::of([(june(7), false)]);
        assert!(!calendar.is_working_day(june(7)) && calendar.is_working_day(june(6)) && !calendar.is_working_day(june(8)));
        assert_eq!(calendar.working_days_between(june(3), june(13)), 7);
        assert_eq!(calendar.after_working_days(june(3), 7), june(13));
        assert_eq!(calendar.working_days_between(june(5), june(5)), 0);
        assert_eq!(calendar.working_day_from(june(7)), june(10));
    }

    #[test]
    fn a_sunday_worked_in_exchange_counts() {
        assert!(calendar().is_working_day(june(9)));
        assert_eq!(calendar().after_working_days(june(6), 1), june(9));
        assert!(calendar().knows(2019) && !calendar().knows(2020));
    }

    #[test]
    fn a_working_weekday_needs_no_entry() {
        let mut cells = Cells::new(june(3));
        cells.set("day", "6.11").set("works", "yes").set("name", "上班");
        assert!(DayChanges::read(&mut cells).is_none());
        assert!(cells.error("works").unwrap().contains("本来就上班"));
    }
}
