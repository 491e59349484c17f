//! What a cell of somebody's table says about a day. A form refuses what is not a day; a table is taken as it stands, and what
//! had to be assumed is said.

use super::{DateError, read_date};
use crate::base::text;
use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// What a cell says about a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A day, with its year.
    Day(NaiveDate),
    /// A day, as far as one can tell.
    Doubtful(NaiveDate, DateDoubt),
    /// A time that is no day: 6月底前, 长期. Holds the text, tidied, to be kept as it is.
    Vague(String),
    /// No time at all, or a day that the calendar does not have.
    Unreadable(DateError),
}

/// What was assumed. `Display` is the sentence beside the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateDoubt {
    /// No year stood there; this one was taken.
    YearAssumed(i32),
    /// The year stood there in two digits; holds what was taken.
    ShortYear(i32),
    /// A number: the day that the office program counts so (1900 system).
    Serial(String),
    /// “今天”, “昨天”: counted from the day of reading.
    Relative(String),
    /// “6月28日前”: the day itself was taken.
    Before,
}

impl fmt::Display for DateDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearAssumed(year) => write!(f, "原文没有写年份，按{year}年理解，请核对。"),
            Self::ShortYear(year) => write!(f, "原文年份只有两位，按{year}年理解，请核对。"),
            Self::Serial(typed) => write!(f, "原文是数字“{typed}”，按表格软件的日期序号换算，请核对。"),
            Self::Relative(typed) => write!(f, "原文是“{typed}”，按今天的日期推算，请核对。"),
            Self::Before => f.write_str("原文写的是某日之前，按该日理解，请核对。"),
        }
    }
}

impl Written {
    /// The day, certain or not.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) | Self::Doubtful(day, _) => Some(*day),
            Self::Vague(_) | Self::Unreadable(_) => None,
        }
    }
}

/// Words of times that are no day.
const VAGUE: [&str; 31] = [
    "底",
    "末",
    "初",
    "上旬",
    "中旬",
    "下旬",
    "月内",
    "年内",
    "日内",
    "天内",
    "周内",
    "月前",
    "年前",
    "季度",
    "半年",
    "本月",
    "下月",
    "本周",
    "下周",
    "长期",
    "常年",
    "持续",
    "立即",
    "立行",
    "立刻",
    "即日",
    "尽快",
    "近期",
    "待定",
    "汛期",
    "整改期",
];

/// Reads a cell of a table: everything that [`read_date`] takes, with a time of day or without; `20190628`, `19.6.28`, `6月28日`
/// (the year of `today`), `6月28日前`, 二〇一九年六月二十八日, serial numbers of days as text (`43636`).
pub fn read_written(typed: &str, today: NaiveDate) -> Written {
    if let Some(Ok(day)) = super::iso(typed).map(super::in_range) {
        return Written::Day(day);
    }
    let tidied = text::tidy(typed);
    let plain = without_time(&text::half_width(&tidied)).to_owned();
    match day(&plain, today) {
        Ok(written) => written,
        Err(error) => match before(&plain).map(|rest| day(rest, today)) {
            Some(Ok(Written::Day(day))) => Written::Doubtful(day, DateDoubt::Before),
            Some(Ok(doubtful @ Written::Doubtful(..))) => doubtful,
            _ if is_vague(&plain, &error) => Written::Vague(tidied),
            _ => Written::Unreadable(error),
        },
    }
}

fn day(plain: &str, today: NaiveDate) -> Result<Written, DateError> {
    if let Some(day) = serial(plain) {
        return Ok(Written::Doubtful(day, DateDoubt::Serial(plain.to_owned())));
    }
    let arabic = in_arabic(plain);
    match read_date(&arabic, today) {
        Ok(day) if !arabic.contains(|c: char| c.is_ascii_digit()) => {
            Ok(Written::Doubtful(day, DateDoubt::Relative(plain.to_owned())))
        }
        Ok(day) if has_year(&arabic) => Ok(Written::Day(day)),
        Ok(day) => Ok(Written::Doubtful(day, DateDoubt::YearAssumed(day.year()))),
        Err(DateError::ShortYear) => {
            let day = read_date(&format!("20{arabic}"), today)?;
            Ok(Written::Doubtful(day, DateDoubt::ShortYear(day.year())))
        }
        Err(error) => Err(error),
    }
}

/// Four digits in a row.
fn has_year(plain: &str) -> bool {
    plain.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit))
}

/// The day of a serial number of five digits, with a time of day behind the point or without. Only days of this century: other
/// numbers are something else.
fn serial(plain: &str) -> Option<NaiveDate> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = zero.checked_add_days(Days::new(whole.parse().ok()?))?;
    (2000..2100).contains(&day.year()).then_some(day)
}

/// Cuts a time of day: ` 17:30`, `T00:00:00`, `上午9:00`.
fn without_time(plain: &str) -> &str {
    let cut = plain.split_once([' ', 'T']).or_else(|| plain.split_once("上午")).or_else(|| plain.split_once("下午"));
    match cut {
        Some((day, time))
            if time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || ":. +ZAPMapm上下午".contains(c)) =>
        {
            day.trim_end()
        }
        _ => plain,
    }
}

/// What stands before 前, 之前, 以前, 截止: a day by which something is to be done.
fn before(plain: &str) -> Option<&str> {
    let rest = ["前完成", "之前", "以前", "前", "截止", "为止", "止"].iter().find_map(|end| plain.strip_suffix(end));
    let begun = rest.unwrap_or(plain);
    let rest_begun = ["截止到", "截至", "截止", "至", "到", "于"].iter().find_map(|start| begun.strip_prefix(start));
    rest_begun.or(rest).map(str::trim)
}

/// Whether a text that is no day is still a time: by its words, or a span of days.
fn is_vague(plain: &str, error: &DateError) -> bool {
    if *error == DateError::NoDay || VAGUE.iter().any(|word| plain.contains(word)) {
        return true;
    }
    let digits = plain.contains(|c: char| c.is_ascii_digit());
    let spans = plain.contains(['至', '到', '-', '~', '—', '–']);
    let only = plain.chars().all(|c| c.is_ascii_digit() || "年月日号至到前-~—–./ ".contains(c));
    matches!(error, DateError::Unreadable(_)) && digits && spans && only && plain.chars().count() > 10
}

/// `二〇一九年六月二十八日` with Arabic digits; anything else as it is.
fn in_arabic(plain: &str) -> String {
    if !plain.contains(['月', '日']) || plain.contains(|c: char| c.is_ascii_digit()) {
        return plain.to_owned();
    }
    let mut out = String::new();
    let mut piece = String::new();
    for c in plain.chars() {
        if matches!(c, '年' | '月' | '日' | '号') {
            match numeral(&piece) {
                Some(digits) => out.push_str(&digits),
                None => return plain.to_owned(),
            }
            piece.clear();
            out.push(c);
        } else if c != ' ' {
            piece.push(c);
        }
    }
    if piece.is_empty() { out } else { plain.to_owned() }
}

/// `二〇一九` digit by digit, or `二十八`.
fn numeral(piece: &str) -> Option<String> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == if matches!(c, '零' | '○') { '〇' } else { c });
    if let Some((tens, ones)) = piece.split_once('十') {
        let one = |part: &str, empty: usize| match part.chars().count() {
            0 => Some(empty),
            1 => part.chars().next().and_then(digit),
            _ => None,
        };
        return Some((one(tens, 1)? * 10 + one(ones, 0)?).to_string());
    }
    let digits: Option<String> = piece.chars().map(|c| digit(c).map(|d| d.to_string())).collect();
    digits.filter(|d| !d.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn the(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    fn read(typed: &str) -> Written {
        read_written(typed, the(2019, 6, 21))
    }

    #[test]
    fn days_with_their_year_are_certain() {
        for typed in [
            "2019.6.28",
            "2019年6月28日",
            "20190628",
            "2019-06-28",
            "２０１９．６．２８",
            "2019-06-28 17:30",
            "2019-06-28T00:00:00",
            "2019/6/28 0:00:00",
            "二〇一九年六月二十八日",
            "二○一九年六月二十八日",
        ] {
            assert_eq!(read(typed), Written::Day(the(2019, 6, 28)), "{typed}");
        }
    }

    #[test]
    fn what_was_assumed_is_said() {
        let day = the(2019, 6, 28);
        for (typed, doubt) in [
            ("6月28日", DateDoubt::YearAssumed(2019)),
            ("6.28", DateDoubt::YearAssumed(2019)),
            ("六月二十八日", DateDoubt::YearAssumed(2019)),
            ("19.6.28", DateDoubt::ShortYear(2019)),
            ("43644", DateDoubt::Serial("43644".into())),
            ("43644.75", DateDoubt::Serial("43644.75".into())),
            ("2019年6月28日前", DateDoubt::Before),
            ("截至2019年6月28日", DateDoubt::Before),
            ("6月28日前完成", DateDoubt::YearAssumed(2019)),
        ] {
            assert_eq!(read(typed), Written::Doubtful(day, doubt), "{typed}");
        }
        assert_eq!(read("昨天"), Written::Doubtful(the(2019, 6, 20), DateDoubt::Relative("昨天".into())));
        assert!(DateDoubt::YearAssumed(2019).to_string().contains("2019年"));
    }

    #[test]
    fn times_that_are_no_day_keep_their_words() {
        for typed in [
            "6月底前",
            "6月下旬",
            "7月中旬前",
            "月底",
            "长期",
            "立即",
            "立行立改",
            "6月",
            "2019年6月",
            "年底前",
            "7月上旬",
            "一个月内",
            "第三季度",
            "2019.6.20-2019.6.25",
            "6月20日至6月25日",
        ] {
            assert_eq!(read(typed), Written::Vague(typed.into()), "{typed}");
        }
        assert_eq!(read(" ６月 底前"), Written::Vague("6月 底前".into()));
    }

    #[test]
    fn the_rest_is_unreadable() {
        for typed in ["", "甲厂", "2019年2月30日", "12345", "99999", "0", "6月31日", "已完成", "/", "一二三日"] {
            assert!(matches!(read(typed), Written::Unreadable(_)), "{typed}: {:?}", read(typed));
        }
    }
}
