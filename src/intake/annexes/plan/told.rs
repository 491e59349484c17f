//! What a row tells of something, column by column, as numbers by which the same can be told: a file has many rows, and of what
//! stood above only this is kept.

use crate::annexes::{Annex, Owner};
use crate::intake::annexes::canons::Canons;
use crate::intake::numbers::number;

/// The columns that say something, each with its number.
#[derive(Clone, Debug, Default)]
pub struct Told(Vec<(&'static str, u64)>);

impl Told {
    /// What cells tell of these owners.
    pub fn of(cells: &Canons, annex: Annex, owners: &[Owner]) -> Self {
        let (columns, mut next) = (annex.columns(), 0);
        let mut told = Vec::with_capacity(columns.len() / 2);
        for (id, canon) in cells.iter() {
            // Cells stand in the order of the table, but for one that was put in later.
            let ahead = columns.iter().skip(next).position(|c| c.id == id).map(|ahead| next + ahead);
            let Some(at) = ahead.or_else(|| columns.iter().position(|c| c.id == id)) else { continue };
            next = at + 1;
            let owned = columns.get(at).is_some_and(|c| owners.contains(&c.owner));
            if owned && !matches!(canon.key(), "" | "/") {
                told.push((id, number(canon.key())));
            }
        }
        Self(told)
    }

    /// The columns that are told otherwise than before, and those that were not told before.
    pub fn beside(&self, before: &Self) -> (Vec<&'static str>, Vec<&'static str>) {
        let (mut other, mut more) = (Vec::new(), Vec::new());
        for (id, number) in &self.0 {
            match before.0.iter().find(|(column, _)| column == id) {
                Some((_, same)) if same == number => {}
                Some(_) => other.push(*id),
                None => more.push(*id),
            }
        }
        (other, more)
    }

    /// Takes up what was not told before.
    pub fn add(&mut self, further: &Self, more: &[&'static str]) {
        self.0.extend(further.0.iter().filter(|(id, _)| more.contains(id)));
    }
}
