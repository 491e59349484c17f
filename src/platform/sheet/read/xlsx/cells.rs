//! The cells of a sheet, one by one. Never as a range: a range is as large as the file says.

use super::days::Days;
use super::markup::{Element, Markup, Piece};
use super::texts::{text, unescaped, without_nul};
use crate::platform::sheet::cell::Cell;
use crate::platform::sheet::read::table::Table;
use crate::platform::sheet::read::{ReadError, value};
use std::borrow::Cow;

/// What the attributes of a cell say.
#[derive(Default)]
struct About {
    /// Row and column, from 0.
    place: Option<(u32, u32)>,
    style: usize,
    kind: Kind,
}

/// What a cell says that it holds.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    /// A text of the table of shared texts, by its number.
    Shared,
    /// The text that a formula gave.
    Text,
    /// A text in the cell itself.
    Inline,
    Bool,
    Day,
    Error,
    /// A word of no standard.
    Other,
}

/// Reads the cells of a sheet's part into its table.
pub fn read(part: &str, texts: &[Cow<'_, str>], days: &Days, table: &mut Table<'_>) -> Result<(), ReadError> {
    let mut markup = Markup::of(part);
    loop {
        match markup.next()? {
            Piece::Start(Element { name: "sheetData", ends: true, .. }) => return Ok(()),
            Piece::Start(Element { name: "sheetData", .. }) => break,
            Piece::Eof => return Err(ReadError::abnormal()),
            _ => {}
        }
    }
    // A row or a cell without an address stands behind the one before.
    let (mut row, mut column) = (0_u32, 0_u32);
    loop {
        match markup.next()? {
            Piece::Start(element) => match element.name {
                "c" => {
                    let about = About::of(element)?;
                    let (at, in_column) = about.place.unwrap_or((row, column));
                    column = in_column.saturating_add(1);
                    let found = if element.ends { None } else { about.value(&mut markup, texts, days)? };
                    if let Some(cell) = found.filter(|cell| !cell.is_blank()) {
                        table.cell(at, in_column, cell)?;
                    }
                }
                "row" => {
                    let number = element.attributes().find(|(name, _)| *name == "r");
                    row = number.map_or(Ok(row), |(_, number)| row_of(number))?;
                    if element.ends {
                        (row, column) = (row.saturating_add(1), 0);
                    }
                }
                _ => markup.skip(element)?,
            },
            Piece::End("row") => (row, column) = (row.saturating_add(1), 0),
            Piece::End("sheetData") => return Ok(()),
            Piece::End(_) | Piece::Eof => return Err(ReadError::abnormal()),
            Piece::Text(_) | Piece::Literal(_) => {}
        }
    }
}

impl About {
    #[inline]
    fn of(element: Element<'_>) -> Result<Self, ReadError> {
        let mut about = Self::default();
        for (name, value) in element.attributes() {
            match name {
                "r" => about.place = Some(place(value)?),
                "s" => about.style = value.parse().unwrap_or_default(),
                "t" => about.kind = Kind::of(value),
                _ => {}
            }
        }
        Ok(about)
    }

    /// The value of a cell that has begun, up to its end. What a formula says is left alone: its value was computed.
    #[inline]
    fn value(&self, markup: &mut Markup<'_>, texts: &[Cow<'_, str>], days: &Days) -> Result<Option<Cell>, ReadError> {
        let mut found = None;
        loop {
            match markup.next()? {
                Piece::Start(inner) => match inner.name {
                    "v" => {
                        let written = markup.content(inner)?;
                        // A text in the cell itself stands beside it once more.
                        if self.kind != Kind::Inline {
                            found = self.of_written(written, texts, days)?;
                        }
                    }
                    "is" => found = Some(Cell::Text((&*text(markup, inner)?).into())),
                    _ => markup.skip(inner)?,
                },
                Piece::End("c") => return Ok(found),
                Piece::End(_) | Piece::Eof => return Err(ReadError::abnormal()),
                Piece::Text(_) | Piece::Literal(_) => {}
            }
        }
    }

    /// A written value by its kind. What is not of its kind is the text that it is.
    #[inline]
    fn of_written(&self, written: Cow<'_, str>, texts: &[Cow<'_, str>], days: &Days) -> Result<Option<Cell>, ReadError> {
        let plain = written.trim();
        if plain.is_empty() {
            return Ok(None);
        }
        let as_text = || Cell::Text((&*without_nul(written.clone())).into());
        Ok(Some(match self.kind {
            Kind::Shared => {
                let shared = plain.parse().ok().and_then(|at: usize| texts.get(at));
                Cell::Text((&**shared.ok_or_else(ReadError::abnormal)?).into())
            }
            Kind::Number => plain.parse().map_or_else(|_| as_text(), |number| days.cell(number, self.style)),
            Kind::Text => Cell::Text((&*without_nul(unescaped(written))).into()),
            Kind::Bool => match plain {
                "1" | "true" => Cell::Bool(true),
                "0" | "false" => Cell::Bool(false),
                _ => as_text(),
            },
            Kind::Day => value::iso_day(plain),
            Kind::Error => Cell::Error(plain.into()),
            Kind::Inline | Kind::Other => as_text(),
        }))
    }
}

impl Kind {
    #[inline]
    fn of(word: &str) -> Self {
        match word {
            "n" => Self::Number,
            "s" => Self::Shared,
            "str" => Self::Text,
            "inlineStr" => Self::Inline,
            "b" => Self::Bool,
            "d" => Self::Day,
            "e" => Self::Error,
            _ => Self::Other,
        }
    }
}

/// Row and column of an address like `B12`, from 0.
#[inline]
fn place(address: &str) -> Result<(u32, u32), ReadError> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = address.split_at(letters);
    let letter =
        |number: u32, letter: u8| number.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let column = column.bytes().fold(0, letter).checked_sub(1).ok_or_else(ReadError::abnormal)?;
    Ok((row_of(row)?, column))
}

/// A row by its number, from 0.
#[inline]
fn row_of(number: &str) -> Result<u32, ReadError> {
    number.parse().ok().and_then(|row: u32| row.checked_sub(1)).ok_or_else(ReadError::abnormal)
}
