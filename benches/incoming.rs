//! A workbook that comes in: through the child, as the product reads it, beside calamine alone reading the same cells in this
//! process.

use crate::ground::PROGRAM;
use crate::{ROUNDS, median, print, seconds};
use anyhow::ensure;
use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Write};
use std::path::Path;
use zhengzhi::platform::sheet::{rows, spool};

const ROWS: u32 = 20_000;
const COLUMNS: u16 = 30;

/// Reads the same workbook both ways, in turns.
pub async fn compare() -> anyhow::Result<()> {
    let book = book()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(seconds(product(&book)).await?);
        theirs.push(seconds(async { bare(&book) }).await?);
    }
    let (ours, theirs) = (median(ours) * 1e3, median(theirs) * 1e3);
    print(&format!("{ROWS} rows of {COLUMNS} cells come in"), ours, theirs, ours / theirs, "ms");
    Ok(())
}

fn book() -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            match column {
                0 => sheet.write_number(row, column, f64::from(row))?,
                5 | 6 => sheet.write_number_with_format(row, column, f64::from(43_600 + row % 90), &day)?,
                7 => sheet.write_number(row, column, 12.5 + f64::from(row))?,
                _ => sheet.write_string(row, column, format!("长治市某某有限公司{}号{column}", row % 5_000))?,
            };
        }
    }
    Ok(workbook.save_to_buffer()?)
}

async fn product(book: &[u8]) -> anyhow::Result<()> {
    let mut file = spool()?;
    file.write_all(book)?;
    let mut rows = rows(Path::new(PROGRAM), file).await?;
    let mut cells = 0;
    while let Some(row) = rows.next().await? {
        cells += row.cells.len();
    }
    ensure!(cells == ROWS as usize * usize::from(COLUMNS), "{cells} cells came");
    Ok(())
}

fn bare(book: &[u8]) -> anyhow::Result<()> {
    let mut book = Xlsx::new(Cursor::new(book))?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut cells = 0;
    while let Some(cell) = reader.next_cell()? {
        cells += usize::from(*cell.get_value() != DataRef::Empty);
    }
    ensure!(cells == ROWS as usize * usize::from(COLUMNS), "{cells} cells came");
    Ok(())
}
