//! Workbooks, without field words.
//!
//! Going out: a title block, a two-row head, rows of typed cells, sentences below. [`SheetWriter`] takes them as they come and
//! writes on a thread of its own, so that a book of any length needs the same little memory. [`List`] is a small one: one row
//! of headings, text cells, drop-down lists.
//!
//! Coming in: rows of typed cells with their addresses. A file is hostile until it is read: a small workbook can ask its reader
//! for terabytes and end the whole process, which nothing catches. So [`read`] runs only in a child process (this same program,
//! [`child`]) under limits of memory and time; [`rows`] starts it, hands it the file as its standard input and gets back the
//! rows. Recognition goes by content, never by name.

mod body;
mod cell;
pub mod child;
mod clean;
mod formats;
mod frame;
mod line;
mod list;
mod merge;
mod parent;
pub mod read;
mod splice;
mod spool;
mod stream;
pub mod wire;
mod write;

pub use cell::{Cell, Row, column_letters};
pub use line::Ended;
pub use list::{Heading, List, XLSX, workbook};
pub use merge::Merge;
pub use parent::{Event, Rows, SheetStart, Unreadable, rows};
pub use spool::spool;
pub use stream::SheetWriter;
pub use write::{Head, Kind, Layout, Paper, SheetError, Value};
