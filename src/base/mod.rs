//! FLOOR 0: plain words that every room speaks. No I/O, no framework, no SQL.

pub mod ability;
pub mod cells;
pub mod clock;
pub mod credit_code;
pub mod dates;
pub mod hex;
pub mod initials;
pub mod money;
pub mod role;
pub mod scope;
pub mod text;

pub use ability::{Ability, Permit};
pub use cells::{Cells, Message};
pub use clock::{Clock, Clocks, WallClock};
pub use credit_code::CreditCode;
pub use money::Money;
pub use role::Role;
pub use scope::{CITY, CountyId, Scope};

use uuid::Uuid;

/// A new identifier: UUIDv7, made in Rust, so that ids sort by the time of making and no sequence is needed.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
