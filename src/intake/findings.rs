//! Saying where in a file something stands.

use super::headings::Head;
use super::kind::Kind;
use super::line::{About, Line};
use super::preview::{Finding, Question};
use crate::platform::sheet::column_letters;
use std::borrow::Cow;

/// A line with the file around it.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    pub about: &'a About,
    pub line: &'a Line,
}

impl<'a> Teller<'a> {
    pub fn head(&self) -> Option<&'a Head> {
        self.about.head(self.line)
    }

    pub fn sheet(&self) -> &'a str {
        self.head().map_or("", |h| &h.sheet)
    }

    /// What stands under a field, as somebody would have typed it.
    pub fn value(&self, field: &str) -> Cow<'a, str> {
        self.head().map_or(Cow::Borrowed(""), |head| self.line.value(head, field))
    }

    /// A sentence about a field of this line; where the file has no such column, under our own heading.
    pub fn finding(&self, field: &str, reason: impl Into<String>) -> Finding {
        // A sentence about half of a column stands at the column, where it can be corrected.
        let field = self.head().and_then(|h| h.source(field)).map_or(field, |p| &p.field);
        let place = self.head().and_then(|h| h.place(field));
        let own = || Kind::ALL.iter().find_map(|k| k.fields().field(field)).map_or_else(String::new, |f| f.heading.to_owned());
        Finding {
            sheet: self.sheet().to_owned(),
            row: self.line.row,
            column: place.map_or_else(String::new, |p| column_letters(p.column)),
            heading: place.map_or_else(own, |p| p.heading.clone()),
            field: field.to_owned(),
            value: self.value(field).into_owned(),
            reason: reason.into(),
        }
    }

    /// A question as a sentence about its cell.
    pub fn asked(&self, question: &Question) -> Finding {
        self.finding(&question.field, question.text.clone())
    }
}
