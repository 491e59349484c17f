//! 宣传 by channel: what a body told the public. The room owns `publicity`; the counts by channel are figures.

mod list;
mod publicity;
mod store;

pub use list::{Filter, list};
pub use publicity::{Publicity, PublicityChanges};
pub use store::{add, change, find};
