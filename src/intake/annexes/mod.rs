//! Annexes that come in: tables of an office's own, and files that were downloaded here, edited elsewhere and come back.
//!
//! Each cell is read into one agreed writing ([`canon`]), merged with what the database says ([`merge`]) and mapped back to the
//! fact that owns it: a file that comes back changes what its reader changed, and nothing else.

mod ahead;
mod canon;
mod canons;
mod edits;
mod fresh;
mod measures;
mod merge;
mod plan;
mod row;
mod standing;
pub mod synonyms;
mod way;

pub use canon::{WITH_ABOVE, in_words, says_nothing};
pub use edits::{case_cells, inspection_cells, problem_cells, unit_cells};
pub use plan::{Above, LookedUp, Planner};
pub use row::understood;
pub use standing::Table;
