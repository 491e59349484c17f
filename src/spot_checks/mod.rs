//! 交叉执法, from 1 July: the units that a team will look at first (迎检清单), the team's locked result sheet, what it brings back,
//! and the county's claims held against it: 申报已整改 found not mended is 虚报.
//!
//! The room owns `cross_uploads` and `cross_checks`.

mod exposed;
mod rate;
mod sheet;
mod store;
mod upload;

pub use exposed::{Exposed, Filter, list};
pub use rate::{Tally, tallies};
pub use sheet::{Claim, claims, result_sheet};
pub use store::{Checked, confirm, find_upload, keep, list_checks};
pub use upload::{Line, Unread, Upload, read};
