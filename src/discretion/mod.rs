//! 供裁量参考: the facts of a case that weigh on its decision, as the system recorded them, each beside its article and that
//! article's date of force. A reading: it advises and never decides. Staff decide, and write the reason into the case.

mod advice;
mod store;

pub use advice::{Advice, Line, Points, advise};
pub use store::{Facts, facts};
