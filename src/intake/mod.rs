//! Tables that come in as files (导入): units, annex 1, annex 2, as offices keep them or as they were downloaded here and edited
//! elsewhere. Each line is read by the functions that read the forms; the whole is shown before anything is written, and
//! confirming writes the good lines in one transaction.
//!
//! - [`Kind`] what a file lists, with its columns and what others call them
//! - [`Incoming`] the file as lines, some at a time, under heads that were found by what they mean
//! - [`annexes`], [`units`] what each line asks for: a plan, which is told ([`Verdict`]) and done (`act`, `writing`)
//! - [`understood`] what each line says
//! - [`Job`] the way of a file from upload to written, [`look`] and [`write`] the same at once for the command line
//!
//! Refused lines stay out, each with its reason; a line is never lost in silence. The room owns `uploads`, `upload_packs`,
//! `upload_choices`, `learned_headings`.

mod act;
mod annexes;
mod aside;
mod confirming;
mod findings;
mod headings;
mod kind;
mod line;
mod lines;
mod merged;
mod numbers;
mod planning;
mod preview;
mod refused;
mod store;
mod understood;
mod units;
mod work;
mod writing;

pub use headings::{Head, Learned, Place};
pub use kind::{Field, Fields, KEY, Kind, columns_of};
pub use line::{About, Line, Missing};
pub use lines::{Incoming, recognise};
pub use preview::{Change, Finding, Ignored, Outcome, Preview, Question, Understood, Values, Verdict};
pub use refused::refused;
pub use store::{
    Choices, State, Told, Upload, Which, cancel, choose, correct, counties_of, counts, find, keep_about, lay_down, learn,
    learned, lines, of_batch, recent,
};
pub use understood::understood;
pub use units::columns::template;
pub use work::{Job, Terms, WorkError, look, write};
