//! A workbook written while its rows still come: a bounded channel into a thread that writes. Whoever sends too fast waits.

use super::write::{Book, Layout, SheetError, Value};
use chrono::NaiveDateTime;
use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

enum Step {
    Add(Box<Layout>),
    Rows(usize, Vec<Vec<Value>>),
    Total(usize, Vec<Value>),
    Sentence(usize, String, bool),
}

/// A workbook on its way to a file without a name, which is gone when nobody holds it any more.
#[derive(Debug)]
pub struct SheetWriter {
    steps: Sender<Step>,
    work: JoinHandle<Result<File, SheetError>>,
    sheets: usize,
}

/// Batches of rows on the way; with batches of two thousand that is a few megabytes.
const WAITING: usize = 1;

impl SheetWriter {
    /// Begins a workbook.
    pub fn start(title: &str, made_at: NaiveDateTime) -> Self {
        let (steps, waiting) = channel(WAITING);
        let book = Book::new(title, made_at);
        Self { steps, work: tokio::task::spawn_blocking(move || write(book, waiting)), sheets: 0 }
    }

    /// Opens a sheet and gives its number. Several may be open at once.
    pub async fn add(&mut self, layout: Layout) -> Result<usize, SheetError> {
        self.send(Step::Add(Box::new(layout))).await?;
        self.sheets += 1;
        Ok(self.sheets - 1)
    }

    /// Sends rows of a sheet.
    pub async fn rows(&self, sheet: usize, rows: Vec<Vec<Value>>) -> Result<(), SheetError> {
        self.send(Step::Rows(sheet, rows)).await
    }

    /// Sends a row in bold.
    pub async fn total(&self, sheet: usize, row: Vec<Value>) -> Result<(), SheetError> {
        self.send(Step::Total(sheet, row)).await
    }

    /// Sends a sentence in the table's frame.
    pub async fn sentence(&self, sheet: usize, text: impl Into<String>) -> Result<(), SheetError> {
        self.send(Step::Sentence(sheet, text.into(), true)).await
    }

    /// Sends a sentence below the table.
    pub async fn note(&self, sheet: usize, text: impl Into<String>) -> Result<(), SheetError> {
        self.send(Step::Sentence(sheet, text.into(), false)).await
    }

    /// Waits for the file, ready to be read from its start.
    pub async fn finish(self) -> Result<File, SheetError> {
        drop(self.steps);
        self.work.await.map_err(|_| SheetError::Stopped)?
    }

    async fn send(&self, step: Step) -> Result<(), SheetError> {
        // Why the thread stopped is what `finish` would say; here it is enough to stop too.
        self.steps.send(step).await.map_err(|_| SheetError::Stopped)
    }
}

fn write(mut book: Book, mut steps: Receiver<Step>) -> Result<File, SheetError> {
    while let Some(step) = steps.blocking_recv() {
        match step {
            Step::Add(layout) => {
                book.add(*layout)?;
            }
            Step::Rows(sheet, rows) => rows.into_iter().try_for_each(|row| book.row(sheet, row, false))?,
            Step::Total(sheet, row) => book.row(sheet, row, true)?,
            Step::Sentence(sheet, text, framed) => book.sentence(sheet, text, framed)?,
        }
    }
    let mut file = tempfile::tempfile()?;
    let mut out = BufWriter::new(&mut file);
    book.save(&mut out)?;
    out.flush()?;
    drop(out);
    file.rewind()?;
    Ok(file)
}
