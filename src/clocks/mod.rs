//! Statutory clocks (法定期限): for each case and each measure the periods that the law sets, computed from recorded facts.
//!
//! A clock shows its arithmetic in two lines that can be copied into the case note: what was counted, and on which article with
//! the next lawful step. It warns before it ends and decides nothing. It pauses only by an event that somebody recorded
//! (办案进程), which is this room's own table.

mod cases;
mod clock;
mod event;
mod list;
mod measures;
mod store;
mod transfers;

pub use clock::{Clock, State};
pub use event::{Event, EventChanges, Subject};
pub use list::{Filter, LegalMatters, Running, When, legal_matters, next_week, plain, running};
pub use store::{add, events_of, remove, review_letter};

use crate::calendar::Calendar;
use crate::ledger::CaseFile;

/// Every clock of a case and its measures, running or done, in the order of the case's life.
pub fn of_case(file: &CaseFile, events: &[Event], calendar: &Calendar) -> Vec<Clock> {
    let mut all = cases::clocks(file, events, calendar);
    for measure in &file.measures {
        all.extend(measures::clocks(measure, events, calendar));
        all.extend(transfers::clocks(measure, events, calendar));
    }
    all
}
