//! Writing a workbook from top to bottom. Only strings, numbers and dates are ever written: a text that looks like a formula
//! stays a text.
//!
//! The library writes the frame of each sheet: title, head, what stands below the rows, the paper. The rows themselves are
//! streamed ([`Body`]) and laid into the frame at the end: the library keeps half a kilobyte for each row that has a height of
//! its own, also where it keeps no cells.

use super::body::Body;
use super::clean;
use super::formats::Formats;
use super::frame::frame;
use super::splice::splice;
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use std::collections::HashSet;
use std::io::{Cursor, Read, Seek, Write};
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

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

impl Head {
    /// A plain head: words, width in characters, what the column holds.
    pub fn plain((text, width, kind): &(&str, f64, Kind)) -> Self {
        let (group, note) = (String::new(), String::new());
        Self { group, text: (*text).to_owned(), note, width: *width, kind: *kind, hidden: false }
    }
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
    Xlsx(XlsxError),
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The frame could not be opened again.
    #[error(transparent)]
    Frame(ZipError),
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

/// What the disk refused is told as such, whoever wrote to it.
impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::Io(error),
            XlsxError::ZipError(error) => error.into(),
            other => Self::Xlsx(other),
        }
    }
}

impl From<ZipError> for SheetError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => Self::Io(error),
            other => Self::Frame(other),
        }
    }
}

/// What stands below the rows.
pub(super) enum Below {
    /// A row; `true` in bold.
    Row(Vec<Value>, bool),
    /// A sentence over the whole width; `true` in the table's frame.
    Sentence(String, bool),
}

/// A sheet being written.
struct Open {
    layout: Layout,
    /// Rows above the body.
    above: u32,
    body: Body,
    below: Vec<Below>,
}

/// A workbook being written; each sheet takes its rows in order, several sheets may be open.
pub struct Book {
    title: String,
    made_at: NaiveDateTime,
    names: HashSet<String>,
    open: Vec<Open>,
}

/// Rows that a sheet holds.
const MOST_ROWS: u32 = 1_048_576;

impl Book {
    /// An empty workbook; `made_at` is what its properties say.
    pub fn new(title: &str, made_at: NaiveDateTime) -> Self {
        Self { title: clean::text(title).into_owned(), made_at, names: HashSet::new(), open: Vec::new() }
    }

    /// Opens a sheet; gives its number.
    pub fn add(&mut self, mut layout: Layout) -> Result<usize, SheetError> {
        layout.name = clean::sheet_name(&layout.name, &mut self.names);
        layout.columns.truncate(16_384);
        let above = u32::from(!layout.mark.is_empty()) + 4;
        let body = Body::new(above, &layout.columns)?;
        self.open.push(Open { layout, above, body, below: Vec::new() });
        Ok(self.open.len() - 1)
    }

    /// Writes a row; `total` in bold.
    pub fn row(&mut self, number: usize, values: Vec<Value>, total: bool) -> Result<(), SheetError> {
        let open = self.sheet(number)?;
        if total || !open.below.is_empty() {
            open.below.push(Below::Row(values, total));
        } else {
            open.body.row(&values)?;
        }
        Ok(())
    }

    /// Writes a sentence over the whole width: in the table's frame (合计), or below it.
    pub fn sentence(&mut self, number: usize, text: String, framed: bool) -> Result<(), SheetError> {
        self.sheet(number)?.below.push(Below::Sentence(text, framed));
        Ok(())
    }

    /// A sheet with room for one row more.
    fn sheet(&mut self, number: usize) -> Result<&mut Open, SheetError> {
        let open = self.open.get_mut(number).ok_or(SheetError::NoSheet)?;
        let below = u32::try_from(open.below.len()).unwrap_or(MOST_ROWS);
        if open.above + open.body.rows() + below >= MOST_ROWS { Err(SheetError::Full) } else { Ok(open) }
    }

    /// Writes the file: the frame as the library writes it, with the rows of each sheet laid in.
    pub fn save(mut self, file: impl Write + Seek) -> Result<(), SheetError> {
        let mut frame = ZipArchive::new(Cursor::new(self.frame()?))?;
        let mut file = ZipWriter::new(file);
        for index in 0..frame.len() {
            let part = frame.by_index(index)?;
            let name = part.name()?.into_owned();
            let mut open = (1..).zip(&mut self.open);
            match open.find(|(number, _)| name == format!("xl/worksheets/sheet{number}.xml")) {
                Some((_, open)) => open.lay_in(part, name, &mut file)?,
                None => file.raw_copy_file(part)?,
            }
        }
        file.finish()?;
        Ok(())
    }

    /// The workbook without the rows of its sheets.
    fn frame(&self) -> Result<Vec<u8>, SheetError> {
        let mut workbook = Workbook::new();
        let formats = Formats::new();
        // First of all, so that the rows know the numbers of their formats.
        formats.body.iter().for_each(|format| workbook.register_format(format));
        let made_at = self.made_at.and_utc();
        workbook.set_properties(&DocProperties::new().set_title(&self.title).set_creation_datetime(&made_at));
        for open in &self.open {
            let first = open.above + open.body.rows();
            frame(workbook.add_worksheet(), &formats, &open.layout, (first, &open.below))?;
        }
        Ok(workbook.save_to_buffer()?)
    }
}

impl Open {
    /// Copies the frame of the sheet with its rows between what stands above and below.
    fn lay_in(&mut self, mut part: impl Read, name: String, file: &mut ZipWriter<impl Write + Seek>) -> Result<(), SheetError> {
        let mut frame = String::new();
        part.read_to_string(&mut frame)?;
        let next = format!("<row r=\"{}\"", self.above + self.body.rows() + 1);
        let at = frame.find(&next).or_else(|| frame.find("</sheetData>")).ok_or(ZipError::FileNotFound)?;
        let (above, below) = frame.split_at(at);
        let package = splice(&name, above, &mut self.body, below)?;
        file.raw_copy_file(ZipArchive::new(package)?.by_index_raw(0)?)?;
        Ok(())
    }
}
