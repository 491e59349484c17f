//! Saying where in a file something stands.

use super::columns::Column;
use super::headings::Head;
use super::lines::{Line, Lines};
use super::preview::Finding;
use crate::platform::sheet::column_letters;

/// A line with the file around it.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub lines: &'a Lines,
    pub line: &'a Line,
}

impl<'a> Teller<'a> {
    pub fn head(&self) -> Option<&'a Head> {
        self.lines.heads.get(self.line.head)
    }

    pub fn sheet(&self) -> &'a str {
        self.head().map_or("", |h| &h.sheet)
    }

    /// A sentence about a field of this line; where the file has no such column, under our own heading.
    pub fn finding(&self, field: &str, reason: impl Into<String>) -> Finding {
        let place = self.head().and_then(|h| h.place(field));
        let own = || Column::of(field).map_or_else(String::new, |c| c.heading.to_owned());
        Finding {
            sheet: self.sheet().to_owned(),
            row: self.line.row,
            column: place.map_or_else(String::new, |p| column_letters(p.column)),
            heading: place.map_or_else(own, |p| p.heading.clone()),
            field: field.to_owned(),
            value: self.line.value(field).to_owned(),
            reason: reason.into(),
        }
    }
}
