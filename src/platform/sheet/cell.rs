//! Cells and rows as the rooms above see them.

use chrono::NaiveDate;
use compact_str::CompactString;
use std::borrow::Cow;
use std::sync::Arc;

/// What a cell holds. Empty cells are not handed on. Most texts of a table are so short that they need no room of their own.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, as stored.
    Text(CompactString),
    /// A number; percentages and amounts too.
    Number(f64),
    /// A day: a number whose format is one of dates, under the workbook's own base (1900 or 1904).
    Date(NaiveDate),
    /// True or false.
    Bool(bool),
    /// A formula that failed, as the office program shows it: `#N/A`.
    Error(CompactString),
}

/// Largest number that a double holds without losing digits.
const EXACT: f64 = 1e15;

impl Cell {
    /// The cell as somebody would have typed it. A number too long to be exact is shown as the office program shows it
    /// (`9.11404001107529E+17`), so that a code that lost its last digits is never taken for a code.
    pub fn text(&self) -> Cow<'_, str> {
        let typed = match self {
            Self::Text(text) | Self::Error(text) => return text.as_str().into(),
            Self::Bool(true) => return "是".into(),
            Self::Bool(false) => return "否".into(),
            Self::Number(number) if number.abs() >= EXACT => {
                let scientific = format!("{number:.14E}");
                let (mantissa, exponent) = scientific.split_once('E').unwrap_or((&scientific, "0"));
                let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
                format!("{mantissa}E+{exponent}")
            }
            Self::Number(number) if number.fract() == 0.0 => (*number as i64).to_string(),
            // Fifteen significant digits are what the office program keeps: 0.1 + 0.2 was typed as 0.3.
            Self::Number(number) => {
                let shortest = number.to_string();
                let digits = shortest.bytes().filter(u8::is_ascii_digit).count();
                if digits <= 15 { shortest } else { format!("{number:.14e}").parse::<f64>().unwrap_or(*number).to_string() }
            }
            Self::Date(date) => date.to_string(),
        };
        typed.into()
    }

    /// Whether the office program shows nothing there.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// The cells of a row that hold something.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The row's number as the office program shows it, from 1.
    pub row: u32,
    /// Column (from 0) and content, in order.
    pub cells: Vec<(u16, Cell)>,
    /// The columns whose content stands above, in the first row of a merge, and holds for this row too.
    pub carried: Vec<u16>,
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        self.cells.iter().find(|(c, _)| *c == column).map(|(_, cell)| cell)
    }
}

/// The letters of a column (from 0): `A` … `Z`, `AA` …
pub fn column_letters(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_on_screen() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702, 16383].map(column_letters).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_read_as_typed_and_long_ones_show_that_they_are_spoilt() {
        let shown =
            [13812341234.0, 12.5, 0.1 + 0.2, -3.0, -0.0, 911404001107529080.0].map(|n| Cell::Number(n).text().into_owned());
        assert_eq!(shown, ["13812341234", "12.5", "0.3", "-3", "0", "9.11404001107529E+17"]);
    }
}
