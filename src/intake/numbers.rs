//! Texts as numbers, by which the same can be told: a file has many rows, and of what stood above only numbers are kept. They are
//! held against each other within the process, and never kept.

use foldhash::fast::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::LazyLock;

static NUMBERS: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);

/// The number of a text: for telling whether a cell says the same.
pub fn number(of: impl Hash) -> u64 {
    NUMBERS[0].hash_one(of)
}

/// A number of 128 bits, of which no two come out the same: for telling things apart.
pub fn wide_number(of: impl Hash + Copy) -> [u64; 2] {
    NUMBERS.each_ref().map(|numbers| numbers.hash_one(of))
}
