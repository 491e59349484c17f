//! Writing a workbook from top to bottom. Only strings, numbers and dates are ever written: a text that looks like a formula
//! stays a text.

use super::clean;
use super::formats::Formats;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, Note, Workbook, Worksheet, XlsxError};
use std::collections::HashSet;
use std::io::Write;

/// What a column holds: decides format and alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, wrapped.
    Text,
    /// Codes, telephone and document numbers: text format, so that no program makes numbers of them.
    Code,
    /// A day, shown as 2019-06-20.
    Date,
    /// An amount with two to six decimals.
    Money,
    /// A whole number.
    Number,
    /// A share, shown with one decimal.
    Percent,
}

impl Kind {
    pub(super) const ALL: [Self; 6] = [Self::Text, Self::Code, Self::Date, Self::Money, Self::Number, Self::Percent];

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Words or a code.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A number.
    Number(f64),
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Head {
    /// The head above it, merged over neighbours of the same group; empty: the column's own head is two rows high.
    pub group: String,
    /// Its own head.
    pub text: String,
    /// How to fill it in, shown as a note on the head.
    pub note: String,
    /// Width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: Kind,
    /// Not shown and not printed, but there: what a file that comes back is known by. Hidden columns stand last.
    pub hidden: bool,
}

/// The paper it is printed on, always landscape and one page wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A3.
    A3,
    /// A4.
    A4,
}

/// A sheet before its rows.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The name on the tab.
    pub name: String,
    /// 附件1, above the title; may be empty.
    pub mark: String,
    /// The title.
    pub title: String,
    /// The line below the title: left, middle, right.
    pub line: [String; 3],
    /// The columns.
    pub columns: Vec<Head>,
    /// How many columns stay in view at the left.
    pub frozen: u16,
    /// The paper.
    pub paper: Paper,
    /// The footer, left and right of the page number.
    pub footer: [String; 2],
}

/// Why no workbook came out.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The library refused.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// More rows than a sheet can hold.
    #[error("sheet is full")]
    Full,
    /// No sheet has this number.
    #[error("no such sheet")]
    NoSheet,
    /// The writing thread ended before its time.
    #[error("writing stopped")]
    Stopped,
}

struct Open {
    next: u32,
    columns: Vec<(Kind, f64)>,
    /// How many of them are shown.
    shown: usize,
}

/// A workbook being written; each sheet takes its rows in order, several sheets may be open.
pub struct Book {
    workbook: Workbook,
    formats: Formats,
    names: HashSet<String>,
    open: Vec<Open>,
}

/// Rows that a sheet holds, less some for what stands below the table.
const MOST_ROWS: u32 = 1_048_576 - 100;

impl Book {
    /// An empty workbook; `made_at` is what its properties say.
    pub fn new(title: &str, made_at: NaiveDateTime) -> Self {
        let mut workbook = Workbook::new();
        let made_at = made_at.and_utc();
        workbook.set_properties(&DocProperties::new().set_title(clean::text(title)).set_creation_datetime(&made_at));
        Self { workbook, formats: Formats::new(), names: HashSet::new(), open: Vec::new() }
    }

    /// Opens a sheet and writes its title block and head; gives its number.
    pub fn add(&mut self, layout: &Layout) -> Result<usize, SheetError> {
        let name = clean::sheet_name(&layout.name, &mut self.names);
        let columns: Vec<&Head> = layout.columns.iter().take(16_384).collect();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        let shown = columns.iter().filter(|c| !c.hidden).count();
        let last = last_column(shown);
        set_up(sheet, layout)?;
        for (at, column) in (0..).zip(&columns) {
            sheet.set_column_width(at, column.width.clamp(1.0, 120.0))?;
            if column.hidden {
                sheet.set_column_hidden(at)?;
            }
        }
        let mut row = 0;
        if !layout.mark.is_empty() {
            across(sheet, row, (0, last), &layout.mark, &self.formats.mark)?;
            row += 1;
        }
        sheet.set_row_height(row, 34.0)?;
        across(sheet, row, (0, last), &layout.title, &self.formats.title)?;
        row += 1;
        line(sheet, row, last, &layout.line, &self.formats)?;
        row += 1;
        head(sheet, row, &columns, &self.formats)?;
        sheet.set_repeat_rows(row, row + 1)?;
        sheet.set_freeze_panes(row + 2, layout.frozen.min(last))?;
        self.open.push(Open { next: row + 2, columns: columns.iter().map(|c| (c.kind, c.width)).collect(), shown });
        Ok(self.open.len() - 1)
    }

    /// Writes a row; `total` in bold.
    pub fn row(&mut self, number: usize, values: &[Value], total: bool) -> Result<(), SheetError> {
        let Some(open) = self.open.get_mut(number) else { return Err(SheetError::NoSheet) };
        if open.next >= MOST_ROWS {
            return Err(SheetError::Full);
        }
        let sheet = self.workbook.worksheet_from_index(number)?;
        if let Some(height) = height(open.columns.get(..open.shown).unwrap_or_default(), values) {
            sheet.set_row_height(open.next, height)?;
        }
        for ((at, (kind, _)), value) in (0..).zip(&open.columns).zip(values) {
            let format = if total { self.formats.total(*kind) } else { self.formats.body(*kind) };
            match value {
                Value::Text(text) if !text.is_empty() => {
                    sheet.write_string_with_format(open.next, at, clean::text(text), format)?
                }
                Value::Number(number) if number.is_finite() => sheet.write_number_with_format(open.next, at, *number, format)?,
                // Serial days of programs begin with 1900; its first two months are counted wrongly.
                Value::Date(day) if *kind == Kind::Date && (1901..=9999).contains(&day.year()) => {
                    sheet.write_date_with_format(open.next, at, day, format)?
                }
                Value::Date(day) => sheet.write_string_with_format(open.next, at, day.to_string(), format)?,
                Value::Blank | Value::Text(_) | Value::Number(_) => sheet.write_blank(open.next, at, format)?,
            };
        }
        open.next += 1;
        Ok(())
    }

    /// Writes a sentence over the whole width: in the table's frame (合计), or below it.
    pub fn sentence(&mut self, number: usize, text: &str, framed: bool) -> Result<(), SheetError> {
        let Some(open) = self.open.get_mut(number) else { return Err(SheetError::NoSheet) };
        let sheet = self.workbook.worksheet_from_index(number)?;
        let width: f64 = open.columns.iter().take(open.shown).map(|(_, width)| width).sum();
        sheet.set_row_height(open.next, LINE * lines(text, width) + 5.0)?;
        let format = if framed { &self.formats.sentence } else { &self.formats.note };
        across(sheet, open.next, (0, last_column(open.shown)), text, format)?;
        open.next += 1;
        Ok(())
    }

    /// Writes the file.
    pub fn save(mut self, file: impl Write + Send) -> Result<(), SheetError> {
        Ok(self.workbook.save_to_writer(file)?)
    }
}

/// The height of a line of text, in points.
const LINE: f64 = 14.0;

/// The height of a row of several lines: not every program makes wrapped rows as high as their text.
fn height(columns: &[(Kind, f64)], values: &[Value]) -> Option<f64> {
    let wrapped = columns.iter().zip(values).filter_map(|((_, width), value)| match value {
        Value::Text(text) => Some(lines(text, *width)),
        _ => None,
    });
    let lines = wrapped.fold(1.0, f64::max);
    (lines > 1.0).then_some((LINE * lines + 4.0).min(405.0))
}

/// How many lines a text takes in a column: Chinese characters are two wide.
fn lines(text: &str, width: f64) -> f64 {
    let of_line = |line: &str| {
        let wide: f64 = line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        (wide * 1.08 / (width - 1.0).max(2.0)).ceil().max(1.0)
    };
    text.split('\n').map(of_line).sum::<f64>().min(28.0)
}

fn last_column(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).unwrap_or(16_383)
}

fn set_up(sheet: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(match layout.paper {
        Paper::A3 => 8,
        Paper::A4 => 9,
    });
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3);
    sheet.set_footer(clean::footer(&layout.footer[0], &layout.footer[1]));
    Ok(())
}

/// One text over several columns of a row; a merge of one cell is none.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let text = clean::text(text);
    if first < last {
        sheet.merge_range(row, first, row, last, &text, format)?;
    } else {
        sheet.write_string_with_format(row, first, &text, format)?;
    }
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, last: u16, texts: &[String; 3], formats: &Formats) -> Result<(), XlsxError> {
    if last < 5 {
        return across(sheet, row, (0, last), &texts.join("　"), &formats.line[0]);
    }
    let third = (last + 1) / 3;
    let parts = [(0, third - 1), (third, 2 * third - 1), (2 * third, last)];
    for ((part, text), format) in parts.into_iter().zip(texts).zip(&formats.line) {
        across(sheet, row, part, text, format)?;
    }
    Ok(())
}

/// The two rows of the head: groups over neighbours, two-row heads for columns without a group.
fn head(sheet: &mut Worksheet, row: u32, columns: &[&Head], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_row_height(row, 22.0)?;
    let mut at = 0;
    while at < columns.len() {
        let first = u16::try_from(at).unwrap_or(0);
        let group = &columns[at].group;
        if group.is_empty() {
            sheet.merge_range(row, first, row + 1, first, &clean::text(&columns[at].text), &formats.head)?;
            at += 1;
            continue;
        }
        let same = columns[at..].iter().take_while(|c| c.group == *group).count();
        across(sheet, row, (first, first + last_column(same)), group, &formats.head)?;
        at += same;
    }
    sheet.set_row_height(row + 1, 44.0)?;
    for (at, column) in (0..).zip(columns) {
        if !column.group.is_empty() {
            sheet.write_string_with_format(row + 1, at, clean::text(&column.text), &formats.head)?;
        }
        if !column.note.is_empty() {
            let on = if column.group.is_empty() { row } else { row + 1 };
            let note = Note::new(clean::text(&column.note)).set_author("填表说明").add_author_prefix(false);
            sheet.insert_note(on, at, &note.set_width(260).set_height(80))?;
        }
    }
    Ok(())
}
