//! A body's tables as they were filed: rows and figures of a frozen copy, which stand in a book in place of the live ones.

use crate::annexes::{Annex, Column};
use crate::base::CountyId;
use crate::base::money::read_wan;
use crate::figures::Values;
use crate::platform::sheet::{Kind, Value};
use chrono::NaiveDate;
use uuid::Uuid;

/// A body's tables as they were filed.
#[derive(Clone, Debug)]
pub struct Given {
    /// The body's county.
    pub county: CountyId,
    /// 数据截止日期 of its filing.
    pub date: NaiveDate,
    /// The body as it was called.
    pub body: String,
    /// On what the sheet rests, in words: 已接收（第1次报送，版本码…）.
    pub basis: String,
    /// Its figures.
    pub values: Values,
    /// The part that the city's bureau handles itself.
    pub by_city: Values,
    /// The lines of annex 1 and of annex 2, in their order.
    pub lines: [Vec<GivenLine>; 2],
}

/// A line as it was filed.
#[derive(Clone, Debug)]
pub struct GivenLine {
    /// Its unit.
    pub unit: Uuid,
    /// Its problem, if it has one.
    pub problem: Option<Uuid>,
    /// Its cells as somebody would type them, in the order of the columns.
    pub cells: Vec<String>,
}

impl Given {
    /// The lines of an annex.
    pub fn of(&self, annex: Annex) -> &[GivenLine] {
        let [one, two] = &self.lines;
        if annex == Annex::One { one } else { two }
    }
}

impl GivenLine {
    /// The cells of a sheet: days as days, amounts as numbers.
    pub fn values(&self, annex: Annex) -> Vec<Value> {
        annex.columns().iter().zip(&self.cells).map(|(column, text)| value(column, text)).collect()
    }

    /// What stands in a column.
    pub fn cell(&self, annex: Annex, id: &str) -> &str {
        let at = annex.columns().iter().position(|c| c.id == id);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

fn value(column: &Column, text: &str) -> Value {
    if text.is_empty() {
        return Value::Blank;
    }
    let read = match column.kind {
        Kind::Date => text.parse().ok().map(Value::Date),
        Kind::Money => read_wan(text).ok().map(|read| Value::Number(read.money.as_wan_f64())),
        Kind::Number => text.parse().ok().map(Value::Number),
        _ => None,
    };
    read.unwrap_or_else(|| Value::Text(text.to_owned()))
}
