//! 回头看: problems that were struck off, drawn at random and looked at again. A draw is reproducible: problems are put in the order
//! of `md5(seed:id)`, and the first ones are taken in each county; seed, pool and size are kept. 反弹 and 未按要求整改 are what it
//! is for: a problem that came back is registered as a new one, tied to the old.

mod look_back;
mod store;

pub use look_back::{LookBack, LookBackChanges, LookBackResult};
pub use store::{DrawTerms, Tally, draw, drawn, find, list, outcome, tally};
