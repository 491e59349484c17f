//! A line of a file as it stands there, and what the file holds besides.

use super::headings::Head;
use super::kind::KEY;
use super::preview::Ignored;
use crate::annexes::Known;
use crate::platform::sheet::Cell;
use crate::vocabulary::industry;
use serde::{Deserialize, Serialize};

/// What is set aside is told up to here; a file of nothing else would fill the memory.
const MOST_IGNORED: usize = 2_000;

/// A line as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Which of the file's heads it stands under.
    pub head: usize,
    /// Its row.
    pub row: u32,
    /// Column and content of each cell that holds something.
    pub cells: Vec<(u16, Cell)>,
}

/// What a file holds besides its lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The sheets that were read.
    pub sheets: Vec<String>,
    /// The head of each sheet that has one.
    pub heads: Vec<Head>,
    /// What was set aside, and why.
    pub ignored: Vec<Ignored>,
}

impl About {
    pub(super) fn set_aside(&mut self, sheet: &str, row: u32, why: impl Into<String>) {
        if self.ignored.len() < MOST_IGNORED {
            self.ignored.push(Ignored { sheet: sheet.to_owned(), row, why: why.into() });
        }
    }

    /// The head of a line.
    pub fn head(&self, line: &Line) -> Option<&Head> {
        self.heads.get(line.head)
    }
}

/// The content of a cell of a field as somebody would have typed it.
pub(super) fn typed(field: &str, cell: &Cell) -> String {
    match (field, cell) {
        ("industry", Cell::Number(number)) => industry_number(*number).unwrap_or_else(|_| cell.text()),
        _ => cell.text(),
    }
}

/// Why a cell of a field cannot be what somebody typed, if so.
pub(super) fn spoilt(field: &str, cell: &Cell) -> Option<String> {
    match (field, cell) {
        (_, Cell::Error(shown)) => Some(format!("该单元格是出错的公式（{shown}），请改为实际内容。")),
        ("industry", Cell::Number(number)) => industry_number(*number).err(),
        _ => None,
    }
}

impl Line {
    /// The cell of a column.
    pub fn at(&self, column: u16) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The cell of a field.
    pub fn cell(&self, head: &Head, field: &str) -> Option<&Cell> {
        self.at(head.place(field)?.column)
    }

    /// The content of a field as somebody would have typed it, or an empty text.
    pub fn value(&self, head: &Head, field: &str) -> String {
        self.cell(head, field).map_or_else(String::new, |cell| typed(field, cell))
    }

    /// Why a cell cannot be what somebody typed, if so.
    pub fn spoilt(&self, head: &Head, field: &str) -> Option<String> {
        spoilt(field, self.cell(head, field)?)
    }

    /// The hidden key of a row that was downloaded.
    pub fn key(&self, head: &Head) -> Option<Known> {
        self.cell(head, KEY)?.text().parse().ok()
    }
}

/// An industry code typed as a number has lost the nought in front: 0610 became 610. Where both are codes, nobody can tell.
fn industry_number(number: f64) -> Result<String, String> {
    let typed = Cell::Number(number).text();
    let padded = format!("0{typed}");
    match (industry(&typed).is_some(), industry(&padded).is_some()) {
        (true, true) if typed.len() > 1 => Err(format!(
            "行业代码以数字格式保存，开头的0可能已丢失，无法判断是{typed}还是{padded}。请将该列设为“文本”格式，重新录入。"
        )),
        (false, true) => Ok(padded),
        _ => Ok(typed),
    }
}
