//! The workbook of today (.xlsx): what its parts say of its sheets, then the cells of each, one by one. A part is inflated as a
//! whole and its markup read where it stands; how large it may be was measured before.

mod book;
mod cells;
mod days;
mod markup;
mod package;
mod texts;

use super::limits::{SHARED_TEXT_BYTES, SHEETS};
use super::preflight::Kept;
use super::table::{Room, Table};
use super::{ReadError, Sink, TOO_LARGE, merges};
use crate::platform::sheet::line::Ended;
use book::Book;
use package::Package;
use std::collections::HashSet;
use std::fs::File;

/// Reads all visible sheets.
pub fn read(file: File, kept: Kept, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let mut package = Package::open(file, kept)?;
    let Book { sheets, base, styles, texts } = Book::read(&mut package)?;
    let names: HashSet<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    if sheets.is_empty() || sheets.len() > SHEETS || names.len() < sheets.len() {
        return Err(ReadError::abnormal());
    }
    let styles = package.part(&styles)?.unwrap_or_default();
    let days = days::of_styles(&styles, base)?;
    let shared = package.part(&texts)?.unwrap_or_default();
    if shared.len() > SHARED_TEXT_BYTES {
        return Err(ReadError::refused(TOO_LARGE));
    }
    let texts = texts::shared(&shared)?;
    let (mut ended, mut room, mut merged) = (Ended::default(), Room::default(), merges::Room::default());
    for sheet in sheets.into_iter().filter(|s| s.of_cells) {
        if !sheet.visible {
            ended.hidden.push(sheet.name);
            continue;
        }
        let part = package.part(&sheet.part)?.ok_or_else(ReadError::abnormal)?;
        let merges = merged.of_sheet(&part);
        let mut table = Table::begin(&sheet.name, &merges, sink, &mut room)?;
        cells::read(&part, &texts, &days, &mut table)?;
        table.end()?;
        ended.sheets.push(sheet.name);
    }
    Ok(ended)
}
