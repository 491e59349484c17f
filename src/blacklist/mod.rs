//! 黑名单: units that offend again and again, or of which the public complains much. A rule names candidates; the city's people
//! propose, serve the notice, wait for objections, have it reviewed by the legal officer, decide, and take it back if need be.
//! Until decided it is 拟列入名单(内部研究), and only a decided entry goes out to the credit platform.

mod candidates;
mod listing;
mod rules;
mod store;

pub use candidates::{Candidate, candidates};
pub use listing::{Decision, Entry, Notice, Objection, State};
pub use rules::{Rule, Rules, rules, set_rule};
pub use store::{all, decide, find, notice, object, of_unit, propose, review, withdraw};
