//! 举报转办: what the public reported, by which way, to which county it went, what was found and what the reporter was told. A tip
//! that is true becomes a problem; the tip keeps the link. Who reported stands apart, and looking at it leaves a trace.
//!
//! The room owns `tips` and `tip_contacts`.

mod account;
mod changes;
mod list;
mod store;
mod tip;

pub use account::{Account, Owed, accounts, owed};
pub use changes::{Answer, Contact, FromOutside, TipChanges};
pub use list::{Filter, list};
pub use store::{add, answer, change, contact, find, from_outside, has_contact, turn_into_problem};
pub use tip::Tip;
