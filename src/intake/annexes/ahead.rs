//! What a row brings that is new, read before its turn: rows are planned one after the other, and what needs no row above is done
//! beside that.

use super::fresh::{self, Fresh};
use super::row::Row;
use super::standing::{Standing, Table};
use crate::annexes::Annex;
use crate::base::CountyId;
use crate::intake::Terms;
use crate::intake::units::Found;
use crate::problems::Brought;
use crate::self_inspections::SelfInspectionChanges;
use crate::units::NewUnit;

/// What was read ahead of a row; what was not is read when it is asked for.
#[derive(Debug, Default)]
pub struct Ahead {
    unit: Option<Fresh<Box<NewUnit>>>,
    inspection: Option<Fresh<Option<Box<SelfInspectionChanges>>>>,
    problem: Option<Fresh<Box<Brought>>>,
}

impl Ahead {
    /// Reads of a row whose unit is not on the register all that it is sure to bring, unless a row above brings it.
    pub fn of(row: &Row<'_>, standing: &Standing, table: Table<'_>, terms: &Terms<'_>) -> Self {
        let own = row.known.is_none() && row.bad.is_empty();
        let new = |county: &CountyId| own && matches!(standing.unit(*county, row), Found::Nothing);
        let Some(county) = row.county.as_ref().ok().filter(|county| new(county)) else { return Self::default() };
        Self {
            unit: Some(fresh::unit_of(row, *county, table, terms)),
            inspection: (table.annex == Annex::One).then(|| fresh::self_inspection_of(row, terms)),
            problem: fresh::tells_problem(row, table.annex).then(|| fresh::problem_of(row, table, terms)),
        }
    }

    /// The unit that the row names.
    pub fn unit(&mut self, row: &Row<'_>, county: CountyId, table: Table<'_>, terms: &Terms<'_>) -> Fresh<Box<NewUnit>> {
        self.unit.take().unwrap_or_else(|| fresh::unit_of(row, county, table, terms))
    }

    /// The self-inspection that the row tells of, if it does.
    pub fn inspection(&mut self, row: &Row<'_>, terms: &Terms<'_>) -> Fresh<Option<Box<SelfInspectionChanges>>> {
        self.inspection.take().unwrap_or_else(|| fresh::self_inspection_of(row, terms))
    }

    /// The problem that the row tells of.
    pub fn problem(&mut self, row: &Row<'_>, table: Table<'_>, terms: &Terms<'_>) -> Fresh<Box<Brought>> {
        self.problem.take().unwrap_or_else(|| fresh::problem_of(row, table, terms))
    }
}
