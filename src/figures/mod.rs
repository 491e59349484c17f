//! Each number once: its name, its unit, its SQL and the rows that it counts. Board, annexes, roll-up, summary and home
//! page all call here, so that no two of them can disagree.
//!
//! Every figure is taken on a date: a fact dated after it does not count, a fact without a date does. `state` holds the
//! SQL of such facts once; `list` holds the figures; [`by_county`] counts them with one query per kind of row, and
//! [`rows`] gives the ids that a figure counts, for the lists behind its link.

mod count;
mod detail;
mod list;
mod rate;
mod rows;
mod state;
mod table;

pub use count::{by_county, in_detail, only};
pub use detail::details;
pub use list::{Figure, How, Over, figure, figures};
pub use rate::{Rank, Rate, ranking};
pub use rows::{List, Rows, list_of, predicate, rows};
pub use state::{
    case_dated, case_exists, due_on, in_ledger, in_ledger_joined, measure_exists, problem_exists, progress, self_inspection,
    unit_status,
};
pub use table::{Row, Table, Values};
