//! Files that come in, as offices make them and as nobody should: each through the real child process.

mod beside;
mod formats;
mod hostile;
mod mutated;

use crate::support::PROGRAM;
use std::io::Write;
use std::path::Path;
use zhengzhi::platform::sheet::{Ended, Event, Row, SheetStart, rows, spool};

/// What came of a file.
#[derive(Debug, Default)]
struct Taken {
    sheets: Vec<SheetStart>,
    rows: Vec<Row>,
    ended: Ended,
}

async fn take(bytes: &[u8]) -> Result<Taken, String> {
    let mut file = spool().unwrap();
    file.write_all(bytes).unwrap();
    let mut rows = rows(Path::new(PROGRAM), file).await.map_err(|e| e.to_string())?;
    let mut taken = Taken::default();
    while let Some(event) = rows.next_event().await.map_err(|e| e.to_string())? {
        match event {
            Event::Sheet(start) => taken.sheets.push(start),
            Event::Row(row) => taken.rows.push(row),
        }
    }
    taken.ended = rows.ended().unwrap().clone();
    Ok(taken)
}

/// Reads a file and keeps nothing; how many rows there were.
async fn count(bytes: &[u8]) -> Result<usize, String> {
    let mut file = spool().unwrap();
    file.write_all(bytes).unwrap();
    let mut rows = rows(Path::new(PROGRAM), file).await.map_err(|e| e.to_string())?;
    let mut count = 0;
    while rows.next().await.map_err(|e| e.to_string())?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// A row as its number and the texts by column.
fn shown(row: &Row) -> (u32, Vec<(u16, String)>) {
    (row.row, row.cells.iter().map(|(c, cell)| (*c, cell.text().into_owned())).collect())
}

/// Whether a clerk can do something with it: one short line of Chinese that ends.
fn is_a_sentence(said: &str) -> bool {
    said.ends_with('。') && said.chars().count() <= 120 && !said.contains('\n') && said.chars().any(|c| c > '\u{4e00}')
}
