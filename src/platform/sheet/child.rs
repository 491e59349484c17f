//! The hidden command: this program once more, under limits, reading one file from its standard input.

use super::cell::Cell;
use super::line::Line;
use super::merge::Merge;
use super::read::{ABNORMAL, ReadError, Sink, read};
use nix::sys::resource::{Resource, setrlimit};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

/// The hidden command's name: the program's first argument.
pub const HIDDEN_COMMAND: &str = "__read_sheet";

/// Address space in bytes. The program itself maps about 150 MB in a debug build; a workbook of 100,000 rows and 20 columns
/// takes a tenth of the rest.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Processor time in seconds.
const SECONDS: u64 = 60;

/// Reads standard input and writes frames of lines. Call it first thing, before threads.
pub fn exec() -> ExitCode {
    let limits =
        [(Resource::RLIMIT_AS, MEMORY), (Resource::RLIMIT_CPU, SECONDS), (Resource::RLIMIT_FSIZE, 0), (Resource::RLIMIT_CORE, 0)];
    for (resource, most) in limits {
        if setrlimit(resource, most, most).is_err() {
            return ExitCode::from(126);
        }
    }
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn work() -> io::Result<()> {
    // Standard input is the file itself, not a pipe: a workbook's directory stands at its end.
    let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut out = Frames { out: io::stdout().lock(), frame: Vec::with_capacity(2 * FRAME) };
    let last = match read(file, &mut out) {
        Ok(ended) => Line::End(ended),
        Err(ReadError::Refused(sentence)) => Line::Error(sentence),
        Err(ReadError::Io(_)) => Line::Error(ABNORMAL.to_owned()),
    };
    last.write(&mut out.frame);
    out.send()
}

/// Bytes after which a frame goes out.
const FRAME: usize = 64 * 1024;

/// Lines gathered into frames.
struct Frames<W> {
    out: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    fn line(&mut self, line: &Line) -> io::Result<()> {
        line.write(&mut self.frame);
        if self.frame.len() < FRAME { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> io::Result<()> {
        let length = u32::try_from(self.frame.len()).map_err(io::Error::other)?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(&self.frame)?;
        self.frame.clear();
        self.out.flush()
    }
}

impl<W: Write> Sink for Frames<W> {
    fn sheet(&mut self, name: &str, merges: &[Merge], too_many_merges: bool) -> io::Result<()> {
        self.line(&Line::Sheet { name: name.to_owned(), merges: merges.to_vec(), too_many_merges })
    }

    fn row(&mut self, row: u32, cells: Vec<(u16, Cell)>, carried: Vec<u16>) -> io::Result<()> {
        self.line(&Line::Row(row, cells, carried))
    }
}
