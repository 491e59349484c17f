//! What several rows of a file may say of one thing, said once.

use super::Planner;
use crate::annexes::{Line as Stood, Owner};
use crate::base::dates;
use crate::intake::act::UnitRef;
use crate::intake::annexes::canons::Canons;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::Finding;
use crate::self_inspections::{Found, SelfInspectionChanges};
use crate::vocabulary::SelfInspectionState;
use compact_str::CompactString;
use std::collections::HashMap;
use uuid::Uuid;

/// What several rows may tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Unit(UnitRef),
    Problem(Uuid),
    Case(Uuid),
}

/// A cell that stands on several rows: whose it is, and its column.
pub type Place = (Subject, &'static str);

/// What rows make of such cells, each with the row that made it.
#[derive(Debug, Default)]
pub struct Edited {
    standing: HashMap<Place, Said>,
    /// Of units that the file makes, by their slots: of each there is little to say.
    new: Vec<Vec<(&'static str, Said)>>,
}

/// A value, and the row that says it.
pub type Said = (CompactString, u32);

/// What a row would make of them. It is noted when the row is sure to be written: one that waits for an answer or stays out
/// takes nothing from the rows below.
pub type Noted = Vec<(Place, Said)>;

impl Edited {
    /// What a row says that tells that its unit found nothing.
    pub fn nothing_found(row: &Row<'_>, unit: UnitRef) -> (Place, Said) {
        ((Subject::Unit(unit), "has_problem"), (Found::None.code().into(), row.line.row))
    }

    /// Takes what a row that will be written makes.
    pub fn note(&mut self, noted: Noted) {
        for ((subject, id), said) in noted {
            let Subject::Unit(UnitRef::New(slot)) = subject else {
                self.standing.insert((subject, id), said);
                continue;
            };
            if self.new.len() <= slot {
                self.new.resize_with(slot + 1, Vec::new);
            }
            if let Some(unit) = self.new.get_mut(slot) {
                unit.push((id, said));
            }
        }
    }

    /// What a row above made of a cell, and which.
    fn above(&self, subject: Subject, id: &'static str) -> Option<(&str, u32)> {
        let said = match subject {
            Subject::Unit(UnitRef::New(slot)) => {
                self.new.get(slot)?.iter().find(|(column, _)| *column == id).map(|(_, said)| said)
            }
            _ => self.standing.get(&(subject, id)),
        };
        said.map(|(value, row)| (value.as_str(), *row))
    }

    /// The state of self-inspection that a row above told, and which.
    fn state(&self, unit: Subject) -> Option<(&str, u32)> {
        let found = |(value, row)| matches!(value, "some" | "none").then_some((SelfInspectionState::Inspected.code(), row));
        self.above(unit, "self_inspection").or_else(|| found(self.above(unit, "has_problem")?))
    }

    /// Holds what a row tells of a unit's self-inspection against the rows above. `None`: those have told all of it.
    pub fn inspected(
        &self,
        row: &Row<'_>,
        unit: UnitRef,
        told: &mut SelfInspectionChanges,
        doubts: &mut Vec<Finding>,
    ) -> Result<Option<Noted>, Vec<Finding>> {
        let unit = Subject::Unit(unit);
        let at = |id, value: &str| ((unit, id), (CompactString::from(value), row.line.row));
        let day = dates::short;
        let mut noted = Noted::new();
        let mut held = |id, value: &str, above: Option<(&str, u32)>| match above {
            Some((before, _)) if before == value => Ok(()),
            Some((_, before)) => {
                let reason = format!("与第{before}行对同一单位的自查情况不一致，请核对。");
                Err(vec![row.teller.finding(id, reason)])
            }
            None => {
                noted.push(at(id, value));
                Ok(())
            }
        };
        match told.found {
            // What was found tells that it is done.
            Some(found) => {
                let state = self.above(unit, "self_inspection").filter(|(state, _)| *state != told.state.code());
                held("has_problem", found.code(), state.or_else(|| self.above(unit, "has_problem")))?;
            }
            None => held("self_inspection", told.state.code(), self.state(unit))?,
        }
        match (self.above(unit, "self_inspected_on"), told.inspected_on) {
            (Some((before, above)), on) => {
                if on.is_some_and(|on| day(on) != before) {
                    let reason = format!("自查完成日期与第{above}行不同，按第{above}行登记，请核对。");
                    doubts.push(row.teller.finding("self_inspected_on", reason));
                }
                told.inspected_on = before.parse().ok();
            }
            (None, Some(on)) => noted.push(at("self_inspected_on", &day(on))),
            (None, None) => {}
        }
        Ok((!noted.is_empty()).then_some(noted))
    }
}

impl Planner<'_> {
    /// An edit of a unit stands on each of its rows, and so does one of a problem or a case with several: the same twice is one and is taken back, two
    /// different ones are told. What the row is the first to say is to be noted.
    pub(super) fn once(
        &self,
        way: &mut Way<'_>,
        (unit, line): (UnitRef, Option<&Stood>),
        changes: &mut Canons,
    ) -> Result<Noted, Vec<Finding>> {
        let (mut noted, mut findings) = (Noted::new(), Vec::new());
        let annex = self.table.annex;
        changes.retain(|id, canon| {
            let subject = match column(annex, id).map(|c| c.owner) {
                Some(Owner::Unit | Owner::SelfInspection) => Some(Subject::Unit(unit)),
                Some(Owner::Problem) => line.and_then(|line| line.problem_id).map(Subject::Problem),
                Some(Owner::Case) => line.and_then(|line| line.case_id).map(Subject::Case),
                _ => None,
            };
            let Some(subject) = subject else { return true };
            match self.above.edited.above(subject, id) {
                Some((same, _)) if same == canon.key() => {
                    way.unchange(id);
                    false
                }
                Some((_, row)) => {
                    let whose = match subject {
                        Subject::Unit(_) => "单位",
                        Subject::Problem(_) => "问题",
                        Subject::Case(_) => "案件",
                    };
                    let reason = format!("与第{row}行对同一{whose}的修改不一致，请核对后只保留一种。");
                    findings.push(way.row.teller.finding(id, reason));
                    true
                }
                None => {
                    noted.push(((subject, id), (canon.key().into(), way.row.line.row)));
                    true
                }
            }
        });
        if findings.is_empty() { Ok(noted) } else { Err(findings) }
    }
}
