//! What is missing or does not agree before filing (核对): one file a rule, each with its number, its sentence and the rows on
//! both sides.
//!
//! An 错误 blocks filing. A 提醒 needs a written reason, which stays settled until the value that it explains changes. Nothing
//! is complete because somebody clicked it: what is owed and what is done are counted from the facts ([`owed`]).
//!
//! The room owns `readiness_reasons` and `readiness_thresholds`.

mod finding;
mod owed;
mod rule;
mod rules;
mod store;

pub use finding::{Finding, Reason, Record, Report, Severity};
pub use owed::{Owed, owed};
pub use rule::{Rule, rule, rules};
pub use store::{Asked, Tried, check, explain, set_threshold, thresholds, try_threshold};
