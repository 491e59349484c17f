//! A sheet in the making: whatever reads its cells puts them here one by one, in order, and whole rows come out, measured and
//! with the values of merges carried down.

use super::limits::{ALL_TEXT_BYTES, CELL_CHARS, CELLS, COLUMNS, HEAD_ROWS, ROW_BYTES, ROWS};
use super::{ReadError, Sink};
use crate::platform::sheet::cell::{Cell, column_letters};
use crate::platform::sheet::merge::{Carry, Merge};

/// What all sheets of a file may still hold.
#[derive(Debug)]
pub struct Room {
    cells: u64,
    bytes: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self { cells: CELLS, bytes: ALL_TEXT_BYTES }
    }
}

impl Room {
    fn take(&mut self, cells: &[(u16, Cell)], bytes: usize) -> Result<(), ReadError> {
        let left = self.cells.checked_sub(cells.len() as u64).zip(self.bytes.checked_sub(bytes as u64));
        let (cells, bytes) =
            left.ok_or_else(|| ReadError::refused("文件内容过多，不能读取。请删除与数据无关的内容，或分成几个文件后再上传。"))?;
        *self = Self { cells, bytes };
        Ok(())
    }
}

/// The merges of a sheet, as far as they were read.
#[derive(Clone, Debug, Default)]
pub struct Merges {
    /// All of them, unless there are too many.
    pub all: Vec<Merge>,
    /// There are more than are read.
    pub too_many: bool,
}

/// A sheet in the making.
pub struct Table<'a> {
    name: &'a str,
    sink: &'a mut dyn Sink,
    room: &'a mut Room,
    carry: Carry,
    row: u32,
    cells: Vec<(u16, Cell)>,
    ahead: Option<Ahead>,
}

/// The first rows, held back until the merges among them are known.
#[derive(Default)]
struct Ahead {
    merges: Vec<Merge>,
    rows: Vec<HeldRow>,
}

/// Number, cells, columns carried.
type HeldRow = (u32, Vec<(u16, Cell)>, Vec<u16>);

impl<'a> Table<'a> {
    /// Begins a sheet.
    pub fn begin(name: &'a str, merges: &Merges, sink: &'a mut dyn Sink, room: &'a mut Room) -> Result<Self, ReadError> {
        let of_the_head: Vec<Merge> = merges.all.iter().copied().filter(|m| m.first_row <= HEAD_ROWS).collect();
        sink.sheet(name, &of_the_head, merges.too_many)?;
        Ok(Self { name, sink, room, carry: Carry::of(&merges.all), row: 0, cells: Vec::new(), ahead: None })
    }

    /// Begins a sheet whose merges come with its cells.
    pub fn begin_late(name: &'a str, sink: &'a mut dyn Sink, room: &'a mut Room) -> Self {
        Self { name, sink, room, carry: Carry::default(), row: 0, cells: Vec::new(), ahead: Some(Ahead::default()) }
    }

    /// The sheet's name.
    pub fn name(&self) -> &str {
        self.name
    }

    /// A merge that begins in the row of the next cell.
    pub fn merge(&mut self, merge: Merge) -> Result<(), ReadError> {
        if merge.first_row > self.row + 1 {
            self.finish_row()?;
        }
        if let Some(ahead) = self.ahead.as_mut().filter(|_| merge.first_row <= HEAD_ROWS) {
            ahead.merges.push(merge);
        }
        self.carry.expect(merge);
        Ok(())
    }

    /// A cell that holds something; row and column count from 0. Cells come in order, as office programs write them.
    #[inline]
    pub fn cell(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ReadError> {
        if row >= ROWS || column >= COLUMNS {
            return Err(self.too_far(row, column));
        }
        let column = u16::try_from(column).map_err(|_| ReadError::abnormal())?;
        if row != self.row {
            self.finish_row()?;
            if row < self.row {
                return Err(ReadError::abnormal());
            }
            self.row = row;
        }
        if self.cells.last().is_some_and(|(last, _)| *last >= column) {
            return Err(ReadError::abnormal());
        }
        if let Cell::Text(text) = &cell
            && text.len() > CELL_CHARS
            && text.chars().count() > CELL_CHARS
        {
            let address = format!("{}{}", column_letters(column), row + 1);
            return Err(ReadError::refused(format!("工作表“{}”的{address}单元格内容过长，不能读取。", self.name)));
        }
        self.cells.push((column, cell));
        Ok(())
    }

    /// Ends the sheet.
    pub fn end(mut self) -> Result<(), ReadError> {
        self.finish_row()?;
        self.let_go()
    }

    /// Hands the rows on that were held back.
    fn let_go(&mut self) -> Result<(), ReadError> {
        if let Some(ahead) = self.ahead.take() {
            self.sink.sheet(self.name, &ahead.merges, false)?;
            for (row, cells, carried) in ahead.rows {
                self.sink.row(row, cells, carried)?;
            }
        }
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), ReadError> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let mut cells = std::mem::take(&mut self.cells);
        let row = self.row + 1;
        let carried = self.carry.through(row, &mut cells);
        let bytes = cells.iter().map(|(_, cell)| size(cell)).sum();
        if bytes > ROW_BYTES {
            return Err(ReadError::refused(format!("工作表“{}”第{row}行内容过长，不能读取。", self.name)));
        }
        self.room.take(&cells, bytes)?;
        self.cells.reserve(cells.len());
        if row > HEAD_ROWS {
            self.let_go()?;
        }
        match &mut self.ahead {
            Some(ahead) => ahead.rows.push((row, cells, carried)),
            None => self.sink.row(row, cells, carried)?,
        }
        Ok(())
    }

    fn too_far(&self, row: u32, column: u32) -> ReadError {
        let place = match u16::try_from(column) {
            Ok(column) if row < ROWS => format!("{}{}单元格", column_letters(column), row + 1),
            _ => "一个单元格".to_owned(),
        };
        let name = self.name;
        ReadError::refused(format!("工作表“{name}”的{place}超出可读取的范围（最多{COLUMNS}列）。请删除多余的列后重试。"))
    }
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Error(text) => text.len(),
        _ => 8,
    }
}
