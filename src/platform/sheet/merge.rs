//! Merged cells: what they cover, and how a value goes down the rows of a merge.

use super::cell::Cell;
use std::collections::BTreeMap;

/// Cells that were made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row, from 1.
    pub first_row: u32,
    /// First column, from 0.
    pub first_col: u16,
    /// Last row, itself part of the merge.
    pub last_row: u32,
    /// Last column, itself part of the merge.
    pub last_col: u16,
}

impl Merge {
    /// Reads `A1:B7`; `None` for anything else, for a single cell, and for what lies beyond the columns a sheet can have.
    pub fn read(area: &str) -> Option<Self> {
        let (first, last) = area.split_once(':')?;
        let ((first_row, first_col), (last_row, last_col)) = (place(first)?, place(last)?);
        let orderly = first_row <= last_row && first_col <= last_col && (first_row, first_col) != (last_row, last_col);
        orderly.then_some(Self { first_row, first_col, last_row, last_col })
    }

    /// Whether it covers several rows.
    pub fn is_vertical(self) -> bool {
        self.last_row > self.first_row
    }
}

/// Row (from 1) and column (from 0) of `B7` or `$B$7`.
fn place(address: &str) -> Option<(u32, u16)> {
    let plain = address.strip_prefix('$').unwrap_or(address);
    let end = plain.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = plain.split_at(end);
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0_u16, |sum, b| sum * 26 + u16::from(b.to_ascii_uppercase() - b'A') + 1);
    let row = digits.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    (column <= 16_384).then_some((row, column - 1))
}

/// Values on their way down, while the rows of a sheet come in order. In a column at most one is on its way.
#[derive(Debug, Default)]
pub struct Carry {
    /// Vertical merges not begun yet; the topmost is the last.
    waiting: Vec<Merge>,
    /// By column: the last row of the merge, and its value.
    held: BTreeMap<u16, (u32, Cell)>,
}

impl Carry {
    /// For a sheet whose merges are known.
    pub fn of(merges: &[Merge]) -> Self {
        let mut waiting: Vec<Merge> = merges.iter().copied().filter(|m| m.is_vertical()).collect();
        waiting.sort_unstable_by_key(|m| std::cmp::Reverse((m.first_row, m.first_col)));
        Self { waiting, held: BTreeMap::new() }
    }

    /// One more merge, of a row that has not gone through.
    pub fn expect(&mut self, merge: Merge) {
        if merge.is_vertical() {
            let at = self.waiting.partition_point(|w| w.first_row > merge.first_row);
            self.waiting.insert(at, merge);
        }
    }

    /// Puts values from above into a row's empty cells (`cells` in order of column); which columns got one.
    pub fn through(&mut self, row: u32, cells: &mut Vec<(u16, Cell)>) -> Vec<u16> {
        if self.waiting.is_empty() && self.held.is_empty() {
            return Vec::new();
        }
        self.held.retain(|_, (last, _)| *last >= row);
        let mut carried = Vec::new();
        for (column, (_, cell)) in &self.held {
            if let Err(at) = cells.binary_search_by_key(column, |(c, _)| *c) {
                cells.insert(at, (*column, cell.clone()));
                carried.push(*column);
            }
        }
        while let Some(merge) = self.waiting.pop_if(|m| m.first_row <= row) {
            // A merge whose first row never came has nothing to hand down.
            let at = cells.binary_search_by_key(&merge.first_col, |(c, _)| *c);
            match at.ok().and_then(|at| cells.get(at)) {
                Some((column, cell)) if merge.first_row == row => {
                    self.held.insert(*column, (merge.last_row, cell.clone()));
                }
                _ => drop(self.held.remove(&merge.first_col)),
            }
        }
        carried
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(u16, &str)]) -> Vec<(u16, Cell)> {
        cells.iter().map(|(c, text)| (*c, Cell::Text((*text).into()))).collect()
    }

    #[test]
    fn areas_are_read_or_left_alone() {
        let merge = Merge { first_row: 3, first_col: 2, last_row: 7, last_col: 27 };
        assert_eq!(Merge::read("C3:AB7"), Some(merge));
        assert_eq!(Merge::read("$C$3:$AB$7"), Some(merge));
        for odd in
            ["", "A1", "A1:A1", "B1:A2", "A2:B1", "A0:A5", "A1:A1048577", "XFE1:XFE2", "ZZZZ1:ZZZZ2", "1A:2A", "A1:", "甲1:乙2"]
        {
            assert_eq!(Merge::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_value_goes_down_its_own_column_and_no_further() {
        let mut carry = Carry::of(&[Merge::read("B2:C4").expect("an area"), Merge::read("A4:A5").expect("an area")]);
        let mut first = row(&[(1, "甲厂"), (3, "x")]);
        assert_eq!(carry.through(2, &mut first), [] as [u16; 0]);
        let mut second = row(&[(0, "自"), (3, "y")]);
        assert_eq!(carry.through(3, &mut second), [1]);
        assert_eq!(second, row(&[(0, "自"), (1, "甲厂"), (3, "y")]));
        let mut own = row(&[(1, "自有"), (3, "z")]);
        assert_eq!(carry.through(4, &mut own), [] as [u16; 0], "what a cell holds itself stays");
        let mut after = row(&[(3, "w")]);
        assert_eq!(carry.through(5, &mut after), [] as [u16; 0], "A4 was empty, B ends at 4");
    }
}
