//! The calendar of offices: which days are worked. Saturdays and Sundays are free, save where the State Council's yearly
//! arrangement moves a day; those days are a table that the city's administrator keeps, and a value that rules are handed.

mod days;
mod store;

pub use days::{Calendar, DayChanges, SpecialDay};
pub use store::{all, keep, load, take_away};
