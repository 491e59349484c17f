//! 报送: what a county files is a frozen copy of its two annexes and its summary, as rows, bytes and hash. County records stay
//! alive; a submission stands above them and reads them once, at 定稿.
//!
//! - [`State`], [`Move`]: where a submission stands, and the one table of who may move it
//! - [`freeze`]: 定稿, in one snapshot; [`hand_over`] keeps it, [`file`] files exactly that
//! - [`Remark`]: what the city says of a cell, a row or the whole, and what the county answers
//! - [`compare`]: two versions cell by cell, or a version and what the records say now
//! - [`given`]: a submission's tables for a book of several bodies
//!
//! The room owns `submissions`, `submission_lines`, `submission_files`, `submission_heads`, `submission_remarks`,
//! `deadline_extensions`.

mod board;
mod compare;
mod deadline;
mod filing;
mod freeze;
mod heads;
mod lines;
mod moves;
mod package;
mod receipt;
mod remarks;
mod state;
mod store;
mod submission;
mod verify;

pub use board::{Standing, board, stale_since};
pub use compare::{Difference, compare, since_filed};
pub use deadline::{Deadline, deadline, extend};
pub use filing::{Filing, Mailed, Signer, Way, answer_behalf, excuse, file, file_for_county, keep_scan};
pub use freeze::{FreezeError, Frozen, Terms, freeze};
pub use heads::receipt_heads;
pub use lines::{FrozenLine, given, lines};
pub use moves::{Decision, decide, hand_over, open, take_back, withdraw};
pub use package::package;
pub use remarks::{NewRemark, Remark, answer, remark, remarks};
pub use state::{Move, State};
pub use store::{StoredFile, accepted, counting, file_of, find, latest, of_county};
pub use submission::{Settled, Submission};
pub use verify::verify;
