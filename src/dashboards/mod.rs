//! The board (调度看板): what moved by day, which kinds of problem, what falls due, who filed a zero report, and the one
//! sentence of the home page. Its numbers are those of `figures`.

mod sentence;
mod store;

pub use sentence::{Words, sentence_for_city, sentence_for_county};
pub use store::{Day, Due, OfKind, due_soon, kinds, trend, zero_reports};
