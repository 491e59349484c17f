//! Books to take away: a county's annex, the city's book with a sheet a body and the 汇总表, and the 汇总表 alone. Each is read
//! in one snapshot, so that lines, totals and 汇总表 are of one moment, and says on what it rests. A body whose tables were filed
//! may stand in it as they were filed ([`Given`]).

mod book;
mod given;
mod tally;

pub use book::{Book, BookError, Order, Wanted, write, write_in};
pub use given::{Given, GivenLine};
