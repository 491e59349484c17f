//! The cells of a workbook, one by one. Never a range: a range is as large as the file says.

use super::limits::SHEETS;
use super::merges::{SheetParts, sheet_parts};
use super::table::{Merges, Room, Table};
use super::{ReadError, Sink, value};
use crate::platform::sheet::line::Ended;
use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek};

/// Whether an OLE2 file is a workbook under a password.
pub fn is_locked(file: &mut (impl Read + Seek)) -> bool {
    matches!(Xlsx::new(BufReader::new(file)), Err(XlsxError::Password))
}

/// Reads all visible sheets; `merges` are those of each part.
pub fn read(mut file: File, merges: HashMap<String, Merges>, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let parts = if merges.is_empty() { SheetParts::default() } else { sheet_parts(&mut file) };
    file.rewind()?;
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
    let none = Merges::default();
    let (mut ended, mut room) = (Ended::default(), Room::default());
    for sheet in sheets.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        if sheet.visible == SheetVisible::Visible {
            let merges = parts.get(&sheet.name).and_then(|part| merges.get(part)).unwrap_or(&none);
            let mut table = Table::begin(&sheet.name, merges, sink, &mut room)?;
            let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| ReadError::abnormal())?;
            while let Some(found) = cells.next_cell().map_err(|_| ReadError::abnormal())? {
                if let Some(cell) = value::of_ref(found.get_value()) {
                    let (row, column) = found.get_position();
                    table.cell(row, column, cell)?;
                }
            }
            table.end()?;
            ended.sheets.push(sheet.name);
        } else {
            ended.hidden.push(sheet.name);
        }
    }
    Ok(ended)
}
