//! Starting the child, and taking its rows.

use super::cell::Row;
use super::child::HIDDEN_COMMAND;
use super::line::{Ended, LONGEST, Line};
use super::read::ABNORMAL;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

/// Time from the start of the child to its last line.
const WALL: Duration = Duration::from_secs(120);
/// Children at work at the same time: each may take a gigabyte.
const AT_ONCE: usize = 2;

static GATE: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why a file was not read: one sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    fn abnormal() -> Self {
        Self(ABNORMAL.to_owned())
    }
}

/// The rows of a file, as they come from the child. Dropped, it ends the child.
#[derive(Debug)]
pub struct Rows {
    child: Child,
    lines: BufReader<ChildStdout>,
    line: Vec<u8>,
    sheet: Arc<str>,
    until: Instant,
    ended: Option<Ended>,
    _gate: SemaphorePermit<'static>,
}

/// Starts `program` (this program's own file) as the child that reads `file`, from its start.
pub async fn rows(program: &Path, file: File) -> Result<Rows, Unreadable> {
    let gate = GATE.acquire().await.map_err(|_| Unreadable::abnormal())?;
    let mut child = Command::new(program)
        .arg(HIDDEN_COMMAND)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| {
            tracing::error!(%error, "the reader of sheets does not start");
            Unreadable("暂时无法读取文件，请稍后重试。".to_owned())
        })?;
    let stdout = child.stdout.take().ok_or_else(Unreadable::abnormal)?;
    Ok(Rows {
        child,
        lines: BufReader::with_capacity(64 * 1024, stdout),
        line: Vec::new(),
        sheet: Arc::from(""),
        until: Instant::now() + WALL,
        ended: None,
        _gate: gate,
    })
}

impl Rows {
    /// The next row; `None` when all have come.
    pub async fn next(&mut self) -> Result<Option<Row>, Unreadable> {
        while self.ended.is_none() {
            match self.line().await? {
                Line::Sheet(name) => self.sheet = Arc::from(name),
                Line::Row(row, cells) => return Ok(Some(Row { sheet: Arc::clone(&self.sheet), row, cells })),
                Line::End(ended) => self.ended = Some(ended),
                Line::Error(sentence) => return Err(Unreadable(sentence)),
            }
        }
        Ok(None)
    }

    /// What was read, once all rows have come.
    pub fn ended(&self) -> Option<&Ended> {
        self.ended.as_ref()
    }

    /// The child's next line. A child that dies without a last line was stopped by a limit, or broke.
    async fn line(&mut self) -> Result<Line, Unreadable> {
        self.line.clear();
        let longest = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let mut limited = (&mut self.lines).take(longest);
        let read = timeout_at(self.until, limited.read_until(b'\n', &mut self.line)).await;
        let complete = matches!(read, Ok(Ok(_))) && self.line.last() == Some(&b'\n');
        if !complete {
            let _ = self.child.start_kill();
            let ended = self.child.wait().await.ok();
            tracing::warn!(?ended, late = read.is_err(), "the reader of sheets was stopped");
            return Err(Unreadable::abnormal());
        }
        serde_json::from_slice(&self.line).map_err(|_| Unreadable::abnormal())
    }
}
