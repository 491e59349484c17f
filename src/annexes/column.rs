//! A column of an annex as a small value.

use super::line::Line;
use crate::base::{Money, dates};
use crate::platform::sheet::{Head, Kind, Value};
use chrono::NaiveDate;
use std::fmt;

/// Which noun a column's fact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The unit.
    Unit,
    /// Its self-inspection.
    SelfInspection,
    /// The problem and its rectification.
    Problem,
    /// The case.
    Case,
    /// The measures under the case.
    Measure,
    /// Nobody types it.
    Computed,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The field's name, the same word in forms, JSON and files.
    pub id: &'static str,
    /// Its head.
    pub heading: &'static str,
    /// The merged head above; empty: none.
    pub group: &'static str,
    /// Width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: Kind,
    /// 填报说明.
    pub hint: &'static str,
    /// Whose fact it is.
    pub owner: Owner,
    /// Its cell on a line.
    pub write: fn(&Line) -> Cell,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// There is nothing to say.
    Blank,
    /// Something is missing before filing (待补): a mark on the page, nothing in the file.
    Gap,
    /// Does not apply.
    Slash,
    /// Words or a code.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// An amount, in 万元 when shown.
    Money(Money),
    /// A number of things or persons.
    Number(i64),
}

impl Cell {
    /// A text, or nothing.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map(Into::into).filter(|t: &String| !t.is_empty()).map_or(Self::Blank, Self::Text)
    }

    /// A word of a vocabulary by its code; an unknown code is shown as it is.
    pub fn word(code: Option<&str>, label: impl Fn(&str) -> Option<&'static str>) -> Self {
        Self::text(code.map(|code| label(code).unwrap_or(code)))
    }

    /// A day, or nothing.
    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }

    /// An amount in 分, or nothing.
    pub fn money(fen: Option<i64>) -> Self {
        fen.map_or(Self::Blank, |fen| Self::Money(Money::from_fen(fen)))
    }

    /// The same, but a missing fact that is `owed` is a gap.
    pub fn owed(self, owed: bool) -> Self {
        if owed && self == Self::Blank { Self::Gap } else { self }
    }

    /// Whether something is missing.
    pub fn is_gap(&self) -> bool {
        *self == Self::Gap
    }

    /// The cell as somebody would type it: amounts in 万元 without separators.
    pub fn typed(&self) -> String {
        match self {
            Self::Money(money) => money.to_wan(),
            other => other.to_string(),
        }
    }

    /// The cell of a file.
    pub fn value(self) -> Value {
        match self {
            Self::Blank | Self::Gap => Value::Blank,
            Self::Slash => Value::Text("/".into()),
            Self::Text(text) => Value::Text(text),
            Self::Date(day) => Value::Date(day),
            Self::Money(money) => Value::Number(money.as_wan_f64()),
            #[expect(clippy::cast_precision_loss, reason = "counts of rows and persons are far below 2^53")]
            Self::Number(number) => Value::Number(number as f64),
        }
    }
}

/// As a page shows it: nothing for a gap, which has a mark of its own.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank | Self::Gap => Ok(()),
            Self::Slash => f.write_str("/"),
            Self::Text(text) => f.write_str(text),
            Self::Date(day) => f.write_str(&dates::short(*day)),
            Self::Money(money) => f.write_str(&money.to_wan_grouped()),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// Head of the hidden column that names the download and the row: what a file that comes back is known by.
pub const KEY_HEADING: &str = "行标识（请勿修改）";

/// The heads of a sheet, the hidden one last.
pub fn heads(columns: &[Column]) -> Vec<Head> {
    let shown = columns.iter().map(|c| Head {
        group: c.group.to_owned(),
        text: c.heading.to_owned(),
        note: c.hint.to_owned(),
        width: c.width,
        kind: c.kind,
        hidden: false,
    });
    let key = Head {
        group: String::new(),
        text: KEY_HEADING.to_owned(),
        note: String::new(),
        width: 12.0,
        kind: Kind::Code,
        hidden: true,
    };
    shown.chain(std::iter::once(key)).collect()
}
