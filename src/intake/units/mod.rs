//! A list of units.

mod alike;
pub mod columns;
mod drafts;
mod plan;

pub use alike::{Alike, Identity};
pub use drafts::{Titled, as_told, industry_of, read_with_doubts};
pub use plan::{Found, LookedUp, Planner, Register, in_words, understood};
