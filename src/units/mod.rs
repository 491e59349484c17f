//! The register of polluting units (排污单位): identity, dated status, and the search over names, codes and initials.
//!
//! A unit is one credit code at one site (厂区); without a code, one name at one site. It is never deleted: its status is.

mod changes;
mod keys;
mod search;
mod statuses;
mod store;
mod taking_back;
mod unit;

pub use changes::{LABELS, NewUnit, UnitChanges};
pub use search::{Filter, Listed, Owed, Search, search};
pub use statuses::{StatusChange, StatusOnDay, change_status, statuses};
pub use store::{
    Pieces, Sought, add, add_many, add_many_without_pieces, alike, change, count, disclose_phone, find, find_many, first_of,
    named, same_as,
};
pub use taking_back::{take_back, take_statuses_away};
pub use unit::Unit;
