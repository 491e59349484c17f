//! What the child says to its parent: one JSON value a line.

use super::cell::Cell;
use serde::{Deserialize, Serialize};

/// Longest line in bytes that the parent takes: a row's text is bounded by [`super::read::limits::ROW_BYTES`], and JSON at
/// worst writes six bytes for one.
pub const LONGEST: usize = 8 * 1024 * 1024;

/// A line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Line {
    /// The rows that follow stand on this sheet.
    #[serde(rename = "sheet")]
    Sheet(String),
    /// A row: its number and its cells.
    #[serde(rename = "row")]
    Row(u32, Vec<(u16, Cell)>),
    /// Everything has been read.
    #[serde(rename = "end")]
    End(Ended),
    /// The file cannot be read, and why, in one sentence for the clerk.
    #[serde(rename = "error")]
    Error(String),
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The sheets that were read, in order; an empty one too.
    pub sheets: Vec<String>,
    /// Hidden sheets, which are left alone.
    pub hidden: Vec<String>,
}
