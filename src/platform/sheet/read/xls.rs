//! The workbook of Excel 97-2003 and of old WPS (OLE2 around records). Its reader takes it into memory as a whole, which the
//! child's limits bound.

use super::limits::{MERGES, SHEETS};
use super::preflight::MACROS;
use super::table::{Merges, Room, Table};
use super::{ReadError, Sink, value};
use crate::platform::sheet::line::Ended;
use crate::platform::sheet::merge::Merge;
use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use std::fs::File;
use std::io::{BufReader, Read, Seek};

/// For what is broken, and for other documents in the same wrapping.
const BROKEN: &str =
    "这个旧格式（.xls）文件已损坏，或者不是表格，无法读取。请用 Excel 或 WPS 打开核对，另存为“Excel 工作簿(*.xlsx)”后再上传。";

/// Whether an OLE2 file wraps a workbook of today under a password.
pub fn is_locked(file: &mut (impl Read + Seek)) -> bool {
    matches!(Xlsx::new(BufReader::new(file)), Err(XlsxError::Password))
}

/// Reads all visible sheets.
pub fn read(file: File, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let mut book = Xls::new(BufReader::new(file)).map_err(|e| match e {
        XlsError::Password => ReadError::refused(super::Kind::Locked.advice()),
        _ => ReadError::refused(BROKEN),
    })?;
    let sheets = book.sheets_metadata().to_vec();
    if !matches!(book.vba_project(), Ok(None)) || sheets.iter().any(|s| s.typ == SheetType::MacroSheet) {
        return Err(ReadError::refused(MACROS));
    }
    if sheets.is_empty() || sheets.len() > SHEETS {
        return Err(ReadError::refused(BROKEN));
    }
    let (mut ended, mut room) = (Ended::default(), Room::default());
    for sheet in sheets.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        if sheet.visible == SheetVisible::Visible {
            let merges = merges(book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default());
            let range = book.worksheet_range(&sheet.name).map_err(|_| ReadError::refused(BROKEN))?;
            let mut table = Table::begin(&sheet.name, &merges, sink, &mut room)?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, found) in range.used_cells() {
                if let Some(cell) = value::of(found) {
                    let place = |offset: usize, first: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(first);
                    table.cell(place(row, first_row), place(column, first_column), cell)?;
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

fn merges(found: Vec<Dimensions>) -> Merges {
    if found.len() > MERGES {
        return Merges { all: Vec::new(), too_many: true };
    }
    let merge = |area: &Dimensions| {
        let column = |c: u32| u16::try_from(c).ok();
        let Dimensions { start, end } = area;
        let orderly = start.0 <= end.0 && start.1 <= end.1 && start != end;
        let (first_col, last_col) = column(start.1).zip(column(end.1)).filter(|_| orderly)?;
        Some(Merge { first_row: start.0.saturating_add(1), first_col, last_row: end.0.saturating_add(1), last_col })
    };
    Merges { all: found.iter().filter_map(merge).collect(), too_many: false }
}
