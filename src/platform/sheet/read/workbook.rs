//! The cells of a workbook, one by one. Never a range: a range is as large as the file says.

use super::limits::{CELL_CHARS, COLUMNS, ROW_BYTES, ROWS, SHEETS};
use super::{ReadError, Sink};
use crate::platform::sheet::cell::{Cell, column_letters};
use crate::platform::sheet::line::Ended;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::HashSet;
use std::io::{BufReader, Read, Seek};

/// Whether an OLE2 file is a workbook under a password.
pub fn is_locked(file: &mut (impl Read + Seek)) -> bool {
    matches!(Xlsx::new(BufReader::new(file)), Err(XlsxError::Password))
}

/// Reads all visible sheets.
pub fn read(file: impl Read + Seek, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|e| match e {
        XlsxError::Password => ReadError::refused(super::Kind::Locked.advice()),
        _ => ReadError::abnormal(),
    })?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.is_empty() || sheets.len() > SHEETS {
        return Err(ReadError::abnormal());
    }
    let names: HashSet<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    if names.len() < sheets.len() {
        return Err(ReadError::abnormal());
    }
    let mut ended = Ended::default();
    for sheet in sheets.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        if sheet.visible == SheetVisible::Visible {
            read_sheet(&mut book, &sheet.name, sink)?;
            ended.sheets.push(sheet.name);
        } else {
            ended.hidden.push(sheet.name);
        }
    }
    Ok(ended)
}

/// Reads one sheet row by row: cells must come in order, as office programs write them.
fn read_sheet<R: Read + Seek>(book: &mut Xlsx<R>, name: &str, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.sheet(name)?;
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| ReadError::abnormal())?;
    let mut row = 0;
    let mut bytes = 0;
    let mut taken: Vec<(u16, Cell)> = Vec::new();
    while let Some(found) = cells.next_cell().map_err(|_| ReadError::abnormal())? {
        let Some(cell) = typed(found.get_value()) else { continue };
        let (r, c) = found.get_position();
        if r >= ROWS || c >= COLUMNS {
            return Err(too_far(name, r, c));
        }
        let column = u16::try_from(c).map_err(|_| ReadError::abnormal())?;
        if r != row {
            flush(row, &mut taken, sink)?;
            bytes = 0;
            if r < row {
                return Err(ReadError::abnormal());
            }
            row = r;
        }
        if taken.last().is_some_and(|(last, _)| *last >= column) {
            return Err(ReadError::abnormal());
        }
        bytes += check_length(name, r, column, &cell)?;
        if bytes > ROW_BYTES {
            return Err(ReadError::refused(format!("工作表“{name}”第{}行内容过长，不能读取。", r + 1)));
        }
        taken.push((column, cell));
    }
    flush(row, &mut taken, sink)?;
    Ok(())
}

fn flush(row: u32, taken: &mut Vec<(u16, Cell)>, sink: &mut dyn Sink) -> Result<(), ReadError> {
    if !taken.is_empty() {
        sink.row(row + 1, std::mem::take(taken))?;
    }
    Ok(())
}

fn check_length(sheet: &str, row: u32, column: u16, cell: &Cell) -> Result<usize, ReadError> {
    let Cell::Text(text) = cell else { return Ok(8) };
    if text.len() > CELL_CHARS && text.chars().count() > CELL_CHARS {
        let address = format!("{}{}", column_letters(column), row + 1);
        return Err(ReadError::refused(format!("工作表“{sheet}”的{address}单元格内容过长，不能读取。")));
    }
    Ok(text.len())
}

fn too_far(sheet: &str, row: u32, column: u32) -> ReadError {
    let place = match u16::try_from(column) {
        Ok(column) if row < ROWS => format!("{}{}单元格", column_letters(column), row + 1),
        _ => "一个单元格".to_owned(),
    };
    ReadError::refused(format!("工作表“{sheet}”的{place}超出可读取的范围（最多{COLUMNS}列）。请删除多余的列后重试。"))
}

/// A cell that holds something.
fn typed(value: &DataRef<'_>) -> Option<Cell> {
    let cell = match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) => day(moment),
        DataRef::DateTimeIso(text) => iso_day(text),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    };
    (!cell.is_blank()).then_some(cell)
}

/// A day of the calendar; a time of day alone stays the number it is.
fn day(moment: &ExcelDateTime) -> Cell {
    let number = moment.as_f64();
    let date = moment.as_datetime().map(|d| d.date()).filter(|_| moment.is_datetime() && number >= 1.0);
    date.map_or(Cell::Number(number), Cell::Date)
}

fn iso_day(text: &str) -> Cell {
    let day = text.get(..10).and_then(|d| d.parse().ok());
    day.map_or_else(|| Cell::Text(text.to_owned()), Cell::Date)
}
