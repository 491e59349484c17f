//! The calendar of offices: which days are worked. Statutory periods count from the day after what starts them
//! (环境行政处罚办法, 部令第8号, 第七十九条).
//!
//! Saturdays and Sundays are free, save where the State Council's yearly arrangement moves a day.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Days off beyond Saturdays and Sundays, as month and day, in 2019: 元旦, 春节, 清明节, 劳动节, 端午节, 中秋节, 国庆节.
/// 国办发明电〔2018〕15号; 劳动节 as changed by 国办发明电〔2019〕3号.
const OFF_2019: [(u32, u32); 20] = [
    (1, 1),
    (2, 4),
    (2, 5),
    (2, 6),
    (2, 7),
    (2, 8),
    (4, 5),
    (5, 1),
    (5, 2),
    (5, 3),
    (6, 7),
    (9, 13),
    (10, 1),
    (10, 2),
    (10, 3),
    (10, 4),
    (10, 7),
    // Free in any case, named by the arrangement.
    (5, 4),
    (10, 5),
    (10, 6),
];

/// Saturdays and Sundays worked in exchange in 2019 (调休上班).
const WORKED_2019: [(u32, u32); 6] = [(2, 2), (2, 3), (4, 28), (5, 5), (9, 29), (10, 12)];

/// Whether offices work on a day. Years without a table go by the weekday alone.
pub fn is_working_day(day: NaiveDate) -> bool {
    let key = (day.month(), day.day());
    if day.year() == 2019 && OFF_2019.contains(&key) {
        return false;
    }
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend || (day.year() == 2019 && WORKED_2019.contains(&key))
}

/// Working days after `from` up to and including `until`; 0 when `until` is not later.
pub fn working_days_between(from: NaiveDate, until: NaiveDate) -> usize {
    from.iter_days().skip(1).take_while(|day| *day <= until).filter(|day| is_working_day(*day)).count()
}

/// The last day of a period of `count` working days that began with what happened on `from`.
pub fn after_working_days(from: NaiveDate, count: usize) -> NaiveDate {
    let mut day = from;
    for _ in 0..count {
        day = day + Days::new(1);
        while !is_working_day(day) {
            day = day + Days::new(1);
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn june(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
    }

    #[test]
    fn the_dragon_boat_festival_is_not_worked() {
        assert!(!is_working_day(june(7)) && is_working_day(june(6)) && !is_working_day(june(8)));
        assert_eq!(working_days_between(june(3), june(13)), 7);
        assert_eq!(after_working_days(june(3), 7), june(13));
        assert_eq!(working_days_between(june(5), june(5)), 0);
    }

    #[test]
    fn a_sunday_worked_in_exchange_counts() {
        let day = NaiveDate::from_ymd_opt(2019, 9, 29).unwrap();
        assert_eq!(day.weekday(), Weekday::Sun);
        assert!(is_working_day(day));
    }
}
