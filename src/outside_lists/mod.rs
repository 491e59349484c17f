//! Lists of others held against the register: 「在他们的名单上，不在我们的名录上」 is a queue. A line is on the register when a unit
//! of the county has its credit code, or its name; that is read anew each time, so a unit registered later leaves the queue by itself.

mod line;
mod store;

pub use line::{Decision, NewLine, OutsideLine, OutsideList, Standing, taken};
pub use store::{add, decide, find, find_line, lines, lists};
