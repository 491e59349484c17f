//! 佐证材料: photographs, signatures and papers beside a record of any room (告知, 排查, 整改, 案件, 督办 …). The bytes are stored
//! files; here stands whose they are. A piece is never thrown away: taken off a record, it stays in the history.

mod owner;
mod piece;
mod store;

pub use owner::Owner;
pub use piece::Piece;
pub use store::{add, county_of, find, of, remove};
