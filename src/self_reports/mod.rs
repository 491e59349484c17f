//! 企业自报: a unit confirms that it was told, and reports its own 自查, through a link that is its alone. What it says waits
//! (企业自报·待核) beside what staff entered; a clerk takes it over field by field, or sets it aside with a reason.

mod link;
mod list;
mod report;
mod store;
mod taking_over;

pub use link::{Link, find_link, links_of, make_links, revoke_link, token};
pub use list::{Filter, Listed, list, waiting};
pub use report::{MOST_PROBLEMS, NewReport, Report, ReportedProblem};
pub use store::{confirm_receipt, file, find, of_link};
pub use taking_over::{Choice, Taken, set_aside, take_over};
