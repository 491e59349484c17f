//! Starting the child, and taking its rows.

use super::cell::Row;
use super::child::HIDDEN_COMMAND;
use super::line::{Ended, LONGEST, Line};
use super::merge::Merge;
use super::read::ABNORMAL;
use nix::fcntl::{FcntlArg, fcntl};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

/// Time from the start of the child to its last line.
const WALL: Duration = Duration::from_secs(120);
/// Children at work at the same time: each may take a gigabyte.
const AT_ONCE: usize = 2;

/// Bytes that the child may be ahead.
const PIPE: i32 = 1024 * 1024;

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

/// A sheet begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetStart {
    /// Its name, the same as that of its rows.
    pub name: Arc<str>,
    /// The merges that begin in its first 60 rows, for whoever looks for the headings. Merges further down show only in what
    /// they carry.
    pub merges: Vec<Merge>,
    /// It has more merges than are read: no value was carried down its rows.
    pub too_many_merges: bool,
}

/// What comes from a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The rows that follow stand on this sheet. Comes for an empty sheet too, and in text files for the only one.
    Sheet(SheetStart),
    /// A row with at least one cell of its own.
    Row(Row),
}

/// The rows of a file, as they come from the child. Dropped, it ends the child.
#[derive(Debug)]
pub struct Rows {
    child: Child,
    output: BufReader<ChildStdout>,
    frame: Vec<u8>,
    at: usize,
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
        // It takes a few large pieces of memory and ends: large pages, and none given back.
        .env("_RJEM_MALLOC_CONF", "thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1")
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
    // A wide pipe lets the two work at the same time. Without it they only take turns.
    let _ = fcntl(&stdout, FcntlArg::F_SETPIPE_SZ(PIPE));
    Ok(Rows {
        child,
        output: BufReader::with_capacity(64 * 1024, stdout),
        frame: Vec::new(),
        at: 0,
        sheet: Arc::from(""),
        until: Instant::now() + WALL,
        ended: None,
        _gate: gate,
    })
}

impl Rows {
    /// The next row of whatever sheet; `None` when all have come.
    pub async fn next(&mut self) -> Result<Option<Row>, Unreadable> {
        loop {
            match self.next_event().await? {
                Some(Event::Row(row)) => return Ok(Some(row)),
                Some(Event::Sheet(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// The next row or the beginning of the next sheet; `None` when all have come.
    pub async fn next_event(&mut self) -> Result<Option<Event>, Unreadable> {
        if self.ended.is_some() {
            return Ok(None);
        }
        match self.line().await? {
            Line::Sheet { name, merges, too_many_merges } => {
                self.sheet = Arc::from(name);
                Ok(Some(Event::Sheet(SheetStart { name: Arc::clone(&self.sheet), merges, too_many_merges })))
            }
            Line::Row(row, cells, carried) => Ok(Some(Event::Row(Row { sheet: Arc::clone(&self.sheet), row, cells, carried }))),
            Line::End(ended) => {
                self.ended = Some(ended);
                Ok(None)
            }
            Line::Error(sentence) => Err(Unreadable(sentence)),
        }
    }

    /// What was read, once all rows have come.
    pub fn ended(&self) -> Option<&Ended> {
        self.ended.as_ref()
    }

    /// The child's next line.
    async fn line(&mut self) -> Result<Line, Unreadable> {
        if self.at >= self.frame.len() {
            self.next_frame().await?;
        }
        let whole = self.frame.get(self.at..).unwrap_or_default();
        let mut rest = whole;
        let line = Line::read(&mut rest).ok_or_else(Unreadable::abnormal)?;
        self.at += whole.len() - rest.len();
        Ok(line)
    }

    /// Takes a frame in. A child that dies without a last line was stopped by a limit, or broke.
    async fn next_frame(&mut self) -> Result<(), Unreadable> {
        let Self { output, frame, at, until, .. } = self;
        *at = 0;
        frame.clear();
        let taken = timeout_at(*until, async {
            let length = output.read_u32_le().await?;
            if length > LONGEST {
                return Err(ErrorKind::InvalidData.into());
            }
            output.take(u64::from(length)).read_to_end(frame).await?;
            if frame.len() < length as usize { Err(ErrorKind::UnexpectedEof.into()) } else { Ok::<(), io::Error>(()) }
        })
        .await;
        if matches!(taken, Ok(Ok(()))) {
            return Ok(());
        }
        self.frame.clear();
        let _ = self.child.start_kill();
        let ended = self.child.wait().await.ok();
        tracing::warn!(?ended, late = taken.is_err(), "the reader of sheets was stopped");
        Err(Unreadable::abnormal())
    }
}
