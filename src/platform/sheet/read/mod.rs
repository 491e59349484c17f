//! Reading a file that nobody trusts. Called in the child process only: what hurts here ends the child.
//!
//! First what it is (by its content), then for a workbook the pre-flight on bytes really inflated, then its cells one by one.

mod decoded;
mod delimited;
mod kind;
pub mod limits;
mod merges;
mod ods;
mod preflight;
mod table;
mod value;
mod xls;
mod xlsx;

use super::cell::Cell;
use super::line::Ended;
use super::merge::Merge;
use kind::Kind;
use preflight::Package;
use std::fs::File;
use std::io::{self, Seek};

/// Why a file is not read: one sentence that says what it is and how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A sentence for the clerk.
    #[error("{0}")]
    Refused(String),
    /// Nobody takes the rows any more, or the file cannot be read at all.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl ReadError {
    fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(sentence.into())
    }

    /// The file is broken or was made to harm: no use in saying more.
    fn abnormal() -> Self {
        Self::refused(ABNORMAL)
    }
}

/// The sentence for every file that breaks its reader.
pub const ABNORMAL: &str = "文件无法读取：内容异常或过大。请另存为新的 .xlsx 后重试。";

/// The sentence for what is larger than any table of an office.
const TOO_LARGE: &str = "文件展开后过大，不能读取。请删除多余的工作表、格式和图片，或分成几个文件后再上传。";

/// Takes what is read.
pub trait Sink {
    /// The rows that follow stand on this sheet; `merges` are those that begin in its first rows.
    fn sheet(&mut self, name: &str, merges: &[Merge], too_many_merges: bool) -> io::Result<()>;
    /// A row with at least one cell of its own; `row` counts from 1. The values of the columns `carried` come from a merge.
    fn row(&mut self, row: u32, cells: Vec<(u16, Cell)>, carried: Vec<u16>) -> io::Result<()>;
}

/// Reads a file from its start into `sink`.
pub fn read(mut file: File, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    // Whoever wrote the file may have left it at its end: the place is shared.
    file.rewind()?;
    let kind = kind::recognise(&mut file)?;
    file.rewind()?;
    match kind {
        Kind::Zip => {
            let package = preflight::inspect(&mut file)?;
            file.rewind()?;
            match package {
                Package::Workbook(kept) => xlsx::read(file, kept, sink),
                Package::OpenDocument => ods::read(file, sink),
            }
        }
        Kind::Xls => xls::read(file, sink),
        Kind::Delimited(encoding) => delimited::read(decoded::Decoded::new(file, encoding), sink),
        other => Err(ReadError::refused(other.advice())),
    }
}
