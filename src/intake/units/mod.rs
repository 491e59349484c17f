//! A list of units.

pub mod columns;
mod drafts;
mod plan;

pub use drafts::{as_told, county_of, industry_of, read_with_doubts};
pub use plan::{Found, LookedUp, Planner, Register, in_words, understood};
