//! The hidden command: this program once more, under limits, reading one file from its standard input.

use super::cell::Cell;
use super::line::Line;
use super::read::{ABNORMAL, ReadError, Sink, read};
use nix::sys::resource::{Resource, setrlimit};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

/// The hidden command's name: the program's first argument.
pub const HIDDEN_COMMAND: &str = "__read_sheet";

/// Address space in bytes. The program itself maps about 150 MB in a debug build; a workbook of 100,000 rows and 20 columns
/// takes a tenth of the rest.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Processor time in seconds.
const SECONDS: u64 = 60;

/// Reads standard input and writes lines of JSON. Call it first thing, before threads.
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
    let mut out = Lines(BufWriter::with_capacity(64 * 1024, io::stdout().lock()));
    let last = match read(file, &mut out) {
        Ok(ended) => Line::End(ended),
        Err(ReadError::Refused(sentence)) => Line::Error(sentence),
        Err(ReadError::Io(_)) => Line::Error(ABNORMAL.to_owned()),
    };
    out.write(&last)?;
    out.0.flush()
}

struct Lines<W>(W);

impl<W: Write> Lines<W> {
    fn write(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, line)?;
        self.0.write_all(b"\n")
    }
}

impl<W: Write> Sink for Lines<W> {
    fn sheet(&mut self, name: &str) -> io::Result<()> {
        self.write(&Line::Sheet(name.to_owned()))
    }

    fn row(&mut self, row: u32, cells: Vec<(u16, Cell)>) -> io::Result<()> {
        self.write(&Line::Row(row, cells))
    }
}
