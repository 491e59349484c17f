//! 督办: what the city asks of a county, by number and with a due date; the county answers, the city looks on the spot and strikes
//! it off or sends it back. 提醒, 督办, 约谈 are levels; each step is a row that stays. 反弹 makes a new order tied to the old one.
//!
//! The room owns `supervision_series`, `supervision_orders` and `supervision_steps`.

mod changes;
mod list;
mod order;
mod paper;
mod store;

pub use changes::{Check, Escalation, NewOrder, Reply, Verdict};
pub use list::{Filter, Listed, list};
pub use order::{Order, StepTaken};
pub use paper::paper;
pub use store::{Owed, check, escalate, find, issue, of_problem, open_over, owed, relapses, reply, steps};
