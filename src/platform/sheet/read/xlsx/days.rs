//! Which numbers of a workbook are days. A cell holds a number and the name of a style; the style's format says how it is shown.

use super::markup::{Markup, Piece};
use crate::platform::sheet::cell::Cell;
use crate::platform::sheet::read::ReadError;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::collections::HashMap;

/// From where a workbook counts its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// From 1900, which is taken for a leap year.
    Of1900,
    /// From 1904, as on old computers of another maker.
    Of1904,
}

/// The days by which the second base is later.
const BETWEEN_BASES: f64 = 1462.0;
/// The first number after the day that 1900 did not have.
const FIRST_OF_MARCH: f64 = 61.0;
const MILLISECONDS: f64 = 86_400_000.0;

/// What the styles of a workbook say of its numbers.
#[derive(Debug)]
pub struct Days {
    base: Base,
    /// By the number of the style.
    of_days: Vec<bool>,
}

/// Reads the part with the styles; it may be empty.
pub fn of_styles(part: &str, base: Base) -> Result<Days, ReadError> {
    let (mut markup, mut formats, mut of_days, mut of_cells) = (Markup::of(part), HashMap::new(), Vec::new(), false);
    loop {
        match markup.next()? {
            Piece::Start(element) => match element.name {
                "cellXfs" => of_cells = !element.ends,
                // Formats of one's own come before the styles.
                "numFmt" => {
                    let of = |wanted: &str| element.attribute(|name| name == wanted);
                    formats.extend(of("numFmtId").zip(of("formatCode")));
                }
                "xf" if of_cells => {
                    let id = element.attribute(|name| name == "numFmtId").unwrap_or_default();
                    of_days.push(formats.get(&id).map_or_else(|| is_of_days_by_number(&id), |format| is_of_days(format)));
                }
                _ => {}
            },
            Piece::End("cellXfs") => of_cells = false,
            Piece::Eof => return Ok(Days { base, of_days }),
            _ => {}
        }
    }
}

impl Days {
    /// A number under a style as a cell.
    #[inline]
    pub fn cell(&self, number: f64, style: usize) -> Cell {
        if !number.is_finite() {
            // What no office program computes is shown as it shows a number that it cannot.
            return Cell::Error("#NUM!".into());
        }
        let day = self.of_days.get(style).filter(|of_days| **of_days).and_then(|_| self.day(number));
        day.map_or(Cell::Number(number), Cell::Date)
    }

    /// The day of a number. A time of day alone is none.
    fn day(&self, number: f64) -> Option<NaiveDate> {
        if number < 1.0 {
            return None;
        }
        let number = if self.base == Base::Of1904 { number + BETWEEN_BASES } else { number };
        let since = if number < FIRST_OF_MARCH - 1.0 { number + 1.0 } else { number };
        let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
        // A time just before midnight is that of the next day, as it is shown.
        let since = TimeDelta::try_milliseconds((since * MILLISECONDS).round() as i64)?;
        zero.checked_add_signed(since).map(|moment| moment.date())
    }
}

/// Whether a format that has no text of its own is one of days: those of the standard, and those of Chinese programs.
fn is_of_days_by_number(id: &str) -> bool {
    matches!(id.parse(), Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58))
}

/// Whether a format shows days: its first section has a letter of a date or a time that is not quoted. Hours that are counted on
/// (`[h]:mm`) are a length of time and no day.
fn is_of_days(format: &str) -> bool {
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => return false,
            '"' => drop(rest.by_ref().find(|c| *c == '"')),
            // The next character stands for itself, or for its width.
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let counted = |unit: char| !inside.is_empty() && inside.chars().all(|c| c.eq_ignore_ascii_case(&unit));
                if ['h', 'm', 's'].into_iter().any(counted) {
                    return false;
                }
            }
            'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 'y' | 'Y' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_others() {
        for day in
            ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy/m/d", "h:mm AM/PM", "\\日d", "[DBNum1]m月", "General d"]
        {
            assert!(is_of_days(day), "{day}");
        }
        for other in
            ["General", "0.00", "#,##0;[Red]-#,##0", "\"days\"0", "0\\d", "[h]:mm", "[mm]:ss", "0;d", "_d0", "@", "[Red]0"]
        {
            assert!(!is_of_days(other), "{other}");
        }
    }

    #[test]
    fn days_are_counted_as_programs_count_them() {
        let days = |base| Days { base, of_days: vec![false, true] };
        let day = |y, m, d| Cell::Date(NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        let shown = |number| days(Base::Of1900).cell(number, 1);
        assert_eq!(
            [1.0, 59.0, 61.0, 43_636.0, 43_636.999_999_999].map(shown),
            [day(1900, 1, 1), day(1900, 2, 28), day(1900, 3, 1), day(2019, 6, 20), day(2019, 6, 21)]
        );
        assert_eq!(days(Base::Of1904).cell(42_174.0, 1), day(2019, 6, 20));
        assert_eq!([0.5, -3.0, 1e300].map(shown), [0.5, -3.0, 1e300].map(Cell::Number));
        assert_eq!(
            (days(Base::Of1900).cell(43_636.0, 0), shown(f64::INFINITY)),
            (Cell::Number(43_636.0), Cell::Error("#NUM!".into()))
        );
    }
}
