//! 自查 of a unit in a campaign, as a state: done, under way, or why not (停产, 查无, 拒不开展 …).
//!
//! 未发现问题 is declared here; 发现问题 follows from the problems themselves, so the two cannot disagree.

mod self_inspection;
mod store;

pub use self_inspection::{Found, LABELS, SelfInspection, SelfInspectionChanges};
pub use store::{
    BESIDE_PROBLEMS, Batch, Hears, Skipped, bring_in, find, found_some, register, register_many, self_found, take_back,
};
