//! 排查 (二.1): officers visit the units one by one, no dead corners. 家次 counts visits, 人次 the officers of each, 家 the units
//! behind them, each once. A problem that they find is a problem of its own; here stands that they were there.
//!
//! 网格: each township has its keeper (网格员) and the days on which its units are to be visited.

mod grid;
mod inspection;
mod list;
mod store;

pub use grid::{Grid, GridChanges, grid_of, keep_grid};
pub use inspection::{Inspection, InspectionChanges};
pub use list::{Filter, Listed, list};
pub use store::{add, add_many, change, find, fits, last_officers, of_unit, take_back};
