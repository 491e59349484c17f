//! Dates as offices type and write them, and spans of time as sentences. Beijing time.

use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc};

use super::text;

mod written;

pub use written::{DateDoubt, Written, read_written};

const BEIJING: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours are a valid offset"),
};

/// Why a text is no date. `Display` is the sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// In none of the accepted forms; holds what was typed.
    Unreadable(String),
    /// A year and a month without a day, or a month alone.
    NoDay,
    /// The year is not of four digits.
    ShortYear,
    /// A day the calendar does not have; holds it as `2019年2月30日`.
    Impossible(String),
    /// A year outside 1949 to 2100.
    Year(i32),
    /// Looks like a spreadsheet's serial number of a day.
    Serial(String),
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(typed) => {
                let start: String = typed.chars().take(20).collect();
                let more = if typed.chars().nth(20).is_some() { "…" } else { "" };
                write!(f, "“{start}{more}”不是可识别的日期，请写成2019-06-20这样。")
            }
            Self::NoDay => f.write_str("日期缺少“日”，请写成2019-06-20这样。"),
            Self::ShortYear => f.write_str("年份应写四位，如2019-06-20。"),
            Self::Impossible(date) => write!(f, "没有{date}这一天，请核对。"),
            Self::Year(year) => {
                write!(f, "年份{year}不在1949年至2100年之间，请核对。")
            }
            Self::Serial(typed) => {
                write!(f, "“{typed}”像是表格软件的日期序号，请写成2019-06-20这样。")
            }
        }
    }
}

impl std::error::Error for DateError {}

/// Reads a typed date: `2019-06-20`, `2019/6/20`, `2019.6.20`, `20190620`, `2019年6月20日`(号);
/// without a year (that of `today`): `6月20日`, `6.20`, `6-20`, `6/20`; 今天, 昨天, 前天, 明天, 后天
/// (or 日) counted from `today`; any of them full width. A midnight after the date
/// (`2019-06-20 00:00:00`, from other systems) is ignored. Serial numbers of spreadsheets are
/// refused. Note that a number cell turns 6.20 into 6.2, which reads as 2 June.
pub fn read_date(typed: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    if let Some(day) = iso(typed) {
        return in_range(day);
    }
    let tidied = text::half_width(&text::tidy(typed));
    let unreadable = || DateError::Unreadable(tidied.clone());
    let days_off = match tidied.as_str() {
        "今天" | "今日" => Some(0),
        "昨天" | "昨日" => Some(-1),
        "前天" | "前日" => Some(-2),
        "明天" | "明日" => Some(1),
        "后天" | "后日" => Some(2),
        _ => None,
    };
    if let Some(off) = days_off {
        return shift(today, off).ok_or_else(unreadable).and_then(in_range);
    }
    let plain: String =
        without_midnight(&tidied).chars().filter(|c| *c != ' ').map(|c| if c == '。' { '.' } else { c }).collect();
    if plain.bytes().all(|b| b.is_ascii_digit()) {
        return match plain.len() {
            8 => build(&tidied, &plain[..4], &plain[4..6], &plain[6..]),
            5 => Err(DateError::Serial(plain)),
            _ => Err(unreadable()),
        };
    }
    let parts = if plain.contains(['年', '月']) {
        chinese_parts(&plain)
    } else {
        let mark = plain.chars().find(|c| !c.is_ascii_digit());
        mark.filter(|c| matches!(c, '-' | '/' | '.')).map(|c| plain.split(c).collect())
    };
    let numeric = |s: &&str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    let this_year = today.year().to_string();
    match parts.as_deref() {
        Some(parts) if !parts.iter().all(numeric) => Err(unreadable()),
        Some([year, _, _]) if year.len() == 2 => Err(DateError::ShortYear),
        Some([year, month, day]) => build(&tidied, year, month, day),
        Some([year, month]) if year.len() == 4 && month.len() <= 2 => Err(DateError::NoDay),
        Some([month, day]) => build(&tidied, &this_year, month, day),
        Some([_]) if plain.ends_with('月') => Err(DateError::NoDay),
        _ => Err(unreadable()),
    }
}

/// `2019年6月20日`, for documents.
pub fn long(date: NaiveDate) -> String {
    format!("{}年{}", date.year(), month_day(date))
}

/// `2019-06-20`, for tables and fields.
pub fn short(date: NaiveDate) -> String {
    let Ok(year @ 0..=9999) = u32::try_from(date.year()) else { return date.to_string() };
    // A file has tens of thousands of days: digit by digit they are written at a fraction of the cost.
    let mut text = String::with_capacity(10);
    for (number, highest) in [(year, 1000), (date.month(), 10), (date.day(), 10)] {
        if !text.is_empty() {
            text.push('-');
        }
        let mut place = highest;
        while place > 0 {
            text.push(char::from(b'0' + (number / place % 10) as u8));
            place /= 10;
        }
    }
    text
}

/// `6月20日`.
pub fn month_day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// Beijing time, UTC+8 all year.
pub fn beijing() -> FixedOffset {
    BEIJING
}

/// How far `until` is: 还有3天, 还有6小时, 还有25分钟, 还有不到1分钟; afterwards 已过2小时, 已过3天,
/// 已过不到1分钟. The largest whole unit only, rounded down (47 hours are 1天): what is shown as left is
/// never more than there is. At the very instant: 还有不到1分钟.
pub fn remaining(now: DateTime<FixedOffset>, until: DateTime<FixedOffset>) -> String {
    let span = until - now;
    let word = if span < chrono::TimeDelta::zero() { "已过" } else { "还有" };
    let span = span.abs();
    if span.num_days() > 0 {
        format!("{word}{}天", span.num_days())
    } else if span.num_hours() > 0 {
        format!("{word}{}小时", span.num_hours())
    } else if span.num_minutes() > 0 {
        format!("{word}{}分钟", span.num_minutes())
    } else {
        format!("{word}不到1分钟")
    }
}

/// `6月28日17时30分`, in Beijing time whatever the offset given; no year, no leading zeros.
pub fn instant_long(instant: DateTime<FixedOffset>) -> String {
    let local = instant.with_timezone(&BEIJING);
    format!("{}{}时{}分", month_day(local.date_naive()), local.hour(), local.minute())
}

/// The last day before a deadline: for one at midnight, the day that ends there.
pub fn last_day(deadline: DateTime<FixedOffset>) -> NaiveDate {
    let local = deadline.with_timezone(&BEIJING);
    let day = local.date_naive();
    if local.time() == NaiveTime::MIN { shift(day, -1).unwrap_or(day) } else { day }
}

/// A deadline as people say it: `6月28日24时`, `6月28日17时`, `6月28日17时30分`.
pub fn deadline(at: DateTime<FixedOffset>) -> String {
    let local = at.with_timezone(&BEIJING);
    let hour = match (local.hour(), local.minute()) {
        (0, 0) => "24时".to_owned(),
        (hour, 0) => format!("{hour}时"),
        (hour, minute) => format!("{hour}时{minute}分"),
    };
    format!("{}{hour}", month_day(last_day(at)))
}

/// `2019-06-28 17:30` in Beijing time, for tables.
pub fn minute(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&BEIJING).format("%Y-%m-%d %H:%M").to_string()
}

fn shift(date: NaiveDate, off: i64) -> Option<NaiveDate> {
    let days = Days::new(off.unsigned_abs());
    if off < 0 { date.checked_sub_days(days) } else { date.checked_add_days(days) }
}

/// Cuts a time of day that is nothing but zeros.
fn without_midnight(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((date, "0:00" | "00:00" | "0:00:00" | "00:00:00")) => date,
        _ => text,
    }
}

/// The numbers of `2019年6月20日`, `6月20`, `2019年6月`; `None` when the marks are out of order.
fn chinese_parts(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::with_capacity(3);
    let mut rest = text;
    if let Some((year, after)) = rest.split_once('年') {
        if year.len() == 4 || year.len() == 2 {
            parts.push(year);
            rest = after;
        } else {
            return None;
        }
    }
    let (month, day) = rest.split_once('月')?;
    parts.push(month);
    let day = day.strip_suffix(['日', '号']).unwrap_or(day);
    if !day.is_empty() {
        parts.push(day);
    }
    Some(parts)
}

fn build(typed: &str, year: &str, month: &str, day: &str) -> Result<NaiveDate, DateError> {
    let unreadable = || DateError::Unreadable(typed.to_owned());
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(unreadable());
    }
    let y: i32 = year.parse().map_err(|_| unreadable())?;
    let m: u32 = month.parse().map_err(|_| unreadable())?;
    let d: u32 = day.parse().map_err(|_| unreadable())?;
    let date = NaiveDate::from_ymd_opt(y, m, d).ok_or_else(|| DateError::Impossible(format!("{y}年{m}月{d}日")))?;
    in_range(date)
}

/// A day written as programs write it, `2019-06-20`: what nearly all that is read twice looks like.
fn iso(typed: &str) -> Option<NaiveDate> {
    let as_written = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    if typed.len() != 10 || !typed.bytes().enumerate().all(as_written) {
        return None;
    }
    NaiveDate::from_ymd_opt(typed[..4].parse().ok()?, typed[5..7].parse().ok()?, typed[8..].parse().ok()?)
}

/// The day, if its year is one that offices write today.
pub fn in_range(date: NaiveDate) -> Result<NaiveDate, DateError> {
    if (1949..=2100).contains(&date.year()) { Ok(date) } else { Err(DateError::Year(date.year())) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn read(text: &str) -> Result<NaiveDate, DateError> {
        read_date(text, day(2019, 6, 21))
    }

    #[test]
    fn forms_offices_type() {
        for text in [
            "2019-06-20",
            "2019/6/20",
            "2019.6.20",
            "2019。6。20",
            "20190620",
            "2019年6月20日",
            "2019 年 6 月 20 号",
            "2019年06月20",
            "6月20日",
            "6.20",
            "6-20",
            "6/20",
            "昨天",
            " 昨日\u{a0}",
            "２０１９－０６－２０",
            "２０１９．６．２０",
            "2019-06-20 00:00:00",
            "2019/6/20 0:00",
        ] {
            assert_eq!(read(text), Ok(day(2019, 6, 20)), "{text}");
        }
        assert_eq!(read("今天"), Ok(day(2019, 6, 21)));
        assert_eq!(read("明天"), Ok(day(2019, 6, 22)));
    }

    #[test]
    fn days_that_are_not() {
        let told = "没有2019年2月30日这一天，请核对。";
        assert_eq!(read("2019-02-30").unwrap_err().to_string(), told);
        assert_eq!(read("2.30").unwrap_err().to_string(), told);
        assert_eq!(read("20190230").unwrap_err().to_string(), told);
        assert!(matches!(read("2019.13.1"), Err(DateError::Impossible(_))));
        assert!(matches!(read("2019.0.1"), Err(DateError::Impossible(_))));
        assert_eq!(read("1948-12-31"), Err(DateError::Year(1948)));
        assert_eq!(read("2101-01-01"), Err(DateError::Year(2101)));
        assert_eq!(read("1949-10-1"), Ok(day(1949, 10, 1)));
        assert_eq!(read("2100-12-31"), Ok(day(2100, 12, 31)));
    }

    #[test]
    fn refusals_say_what_to_do() {
        assert_eq!(read("43636"), Err(DateError::Serial("43636".into())));
        assert_eq!(read("2019年6月"), Err(DateError::NoDay));
        assert_eq!(read("2019-06"), Err(DateError::NoDay));
        assert_eq!(read("6月"), Err(DateError::NoDay));
        assert_eq!(read("19.6.20"), Err(DateError::ShortYear));
        assert_eq!(read("19年6月20日"), Err(DateError::ShortYear));
        for text in [
            "",
            "6月底",
            "2019-6/20",
            "6.20-6.25",
            "六月二十日",
            "2019-06-20 17:30",
            "2019-006-20",
            "-6-20",
            "6月20日前",
            "月年",
            "年月日",
            "201906",
            "2019-06-20-1",
            "99999999999999999999",
            "12019-06-20",
        ] {
            assert!(matches!(read(text), Err(DateError::Unreadable(_))), "{text}");
        }
    }

    #[test]
    fn writing() {
        let date = day(2019, 6, 5);
        assert_eq!(long(date), "2019年6月5日");
        assert_eq!(short(date), "2019-06-05");
        for other in [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()] {
            assert_eq!(short(other), other.to_string());
        }
        assert_eq!(month_day(date), "6月5日");
        let at = beijing().with_ymd_and_hms(2019, 6, 28, 17, 30, 0).unwrap();
        assert_eq!(instant_long(at), "6月28日17时30分");
        let utc = at.with_timezone(&chrono::Utc).fixed_offset();
        assert_eq!(instant_long(utc), "6月28日17时30分");
        assert_eq!(deadline(utc), "6月28日17时30分");
        for (day, hour, told) in [(29, 0, "6月28日24时"), (28, 17, "6月28日17时"), (1, 0, "5月31日24时")] {
            assert_eq!(deadline(beijing().with_ymd_and_hms(2019, 6, day, hour, 0, 0).unwrap()), told);
        }
    }

    #[test]
    fn spans() {
        let until = beijing().with_ymd_and_hms(2019, 6, 29, 0, 0, 0).unwrap();
        for (seconds, told) in [
            (3 * 86400 + 6 * 3600, "还有3天"),
            (86400, "还有1天"),
            (86399, "还有23小时"),
            (6 * 3600, "还有6小时"),
            (25 * 60 + 59, "还有25分钟"),
            (59, "还有不到1分钟"),
            (0, "还有不到1分钟"),
            (-1, "已过不到1分钟"),
            (-180, "已过3分钟"),
            (-2 * 3600, "已过2小时"),
            (-3 * 86400, "已过3天"),
        ] {
            let now = until - chrono::TimeDelta::seconds(seconds);
            assert_eq!(remaining(now, until), told, "{seconds}");
        }
    }
}
