//! 同一单位两个县, 搬家的污染户: units of two counties that may be one. The city compares and says which; a county learns only that
//! one of its units may stand on another register.
//!
//! The room owns `twin_pairs` and `twin_hints`.

mod pair;
mod store;

pub use pair::{Pair, Side, Verdict};
pub use store::{compare, decide, find, hinted, list, sides};
