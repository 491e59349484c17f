//! 今日出数 and 市级快照: the city's figures at any hour, each county's on the most reliable basis that there is (已接收, else
//! 已上报, else 代报, else 实时), frozen under a number with a hash, and told in a bulletin (通报).
//!
//! The room owns `snapshots` and `snapshot_files`.

mod bulletin;
mod freeze;
mod reconciliation;
mod since;
mod store;
mod today;

pub use freeze::{Frozen, Terms, freeze};
pub use reconciliation::{SourceTally, reconcile};
pub use since::{COMPARED, Moved, QUIET_DAYS, Since, cell, since};
pub use store::{Kept, file_of, find, keep, list};
pub use today::{BodyToday, Candidate, Today, candidates, today};
