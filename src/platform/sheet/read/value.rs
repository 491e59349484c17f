//! A cell of a reader of others as one of ours.

use crate::platform::sheet::cell::Cell;
use calamine::{CellErrorType, Data, ExcelDateTime};
use compact_str::CompactString;

/// A cell that holds something.
pub fn of(value: &Data) -> Option<Cell> {
    let cell = match value {
        Data::Empty => return None,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => self::number(*number),
        Data::String(text) => Cell::Text(plain(text)),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(moment) => day(moment),
        Data::DateTimeIso(text) => iso_day(text),
        Data::DurationIso(text) => Cell::Text(text.into()),
        Data::Error(error) => self::error(error),
    };
    (!cell.is_blank()).then_some(cell)
}

/// Text without the one character that no database of ours holds.
pub fn plain(text: &str) -> CompactString {
    if text.contains('\0') { text.replace('\0', "").into() } else { text.into() }
}

/// A day written as `2019-06-20`, with or without a time; anything else stays text.
pub fn iso_day(text: &str) -> Cell {
    let day = text.get(..10).and_then(|d| d.parse().ok());
    day.map_or_else(|| Cell::Text(plain(text)), Cell::Date)
}

/// What no office program computes is shown as it shows a number that it cannot.
fn number(number: f64) -> Cell {
    if number.is_finite() { Cell::Number(number) } else { Cell::Error("#NUM!".into()) }
}

fn error(error: &CellErrorType) -> Cell {
    Cell::Error(error.to_string().into())
}

/// A day of the calendar; a time of day alone stays the number it is.
fn day(moment: &ExcelDateTime) -> Cell {
    let number = moment.as_f64();
    if !number.is_finite() {
        return self::number(number);
    }
    let date = moment.as_datetime().map(|d| d.date()).filter(|_| moment.is_datetime() && number >= 1.0);
    date.map_or(Cell::Number(number), Cell::Date)
}
