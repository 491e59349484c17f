//! The cells of a row by column, in the order of the table. A table has few columns and a file many rows: a list is looked
//! through faster than a tree is built.

use super::canon::Canon;

/// Cells by column.
#[derive(Clone, Debug, Default)]
pub struct Canons(Vec<(&'static str, Canon)>);

impl Canons {
    /// None yet, with room for as many.
    pub fn with_capacity(columns: usize) -> Self {
        Self(Vec::with_capacity(columns))
    }

    /// The cell of a column.
    pub fn get(&self, id: &str) -> Option<&Canon> {
        self.0.iter().find(|(column, _)| *column == id).map(|(_, canon)| canon)
    }

    /// The cell of a column, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Canon> {
        self.0.iter_mut().find(|(column, _)| *column == id).map(|(_, canon)| canon)
    }

    /// Whether a column is there, even empty.
    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Puts the cell of a column in the place of another.
    pub fn set(&mut self, id: &'static str, canon: Canon) {
        match self.get_mut(id) {
            Some(cell) => *cell = canon,
            None => self.0.push((id, canon)),
        }
    }

    /// Adds the cell of a column that is not there yet.
    pub fn add(&mut self, id: &'static str, canon: Canon) {
        self.0.push((id, canon));
    }

    /// All columns with their cells.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Canon)> {
        self.0.iter().map(|(id, canon)| (*id, canon))
    }

    /// All columns with their cells, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Canon)> {
        self.0.iter_mut().map(|(id, canon)| (*id, canon))
    }

    /// Keeps some.
    pub fn retain(&mut self, mut keep: impl FnMut(&'static str, &Canon) -> bool) {
        self.0.retain(|(id, canon)| keep(id, canon));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Each column once.
impl FromIterator<(&'static str, Canon)> for Canons {
    fn from_iter<I: IntoIterator<Item = (&'static str, Canon)>>(cells: I) -> Self {
        Self(cells.into_iter().collect())
    }
}
