//! 帮扶指导 (二.2): the bureau helps a unit mend: who went, what was advised, what followed. Counted in 次 and 家.

mod list;
mod store;

pub use list::{Filter, Listed, list};
pub use store::{Guidance, GuidanceChanges, add, add_many, change, find, of_unit, take_back};
