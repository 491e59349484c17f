//! Workbooks, without field words: a title block, a two-row head, rows of typed cells, sentences below. [`SheetWriter`] takes
//! them as they come and writes on a thread of its own, so that a book of any length needs the same little memory.

mod clean;
mod formats;
mod stream;
mod write;

pub use stream::SheetWriter;
pub use write::{Head, Kind, Layout, Paper, SheetError, Value};
