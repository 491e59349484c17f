//! What several rows of a file may say of one thing, said once.

use super::Planner;
use crate::annexes::Owner;
use crate::intake::act::UnitRef;
use crate::intake::annexes::canons::Canons;
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::Finding;

impl Planner<'_> {
    /// An edit of a unit stands on each of its rows: the same twice is one, two different ones are told.
    pub(super) fn once(&mut self, way: &mut Way<'_>, unit: UnitRef, changes: &mut Canons) -> Result<(), Vec<Finding>> {
        let mut findings = Vec::new();
        let annex = self.table.annex;
        let edited = &mut self.above.edited;
        changes.retain(|id, canon| {
            let shared = column(annex, id).is_some_and(|c| matches!(c.owner, Owner::Unit | Owner::SelfInspection));
            if !shared {
                return true;
            }
            match edited.get(&(unit, id)) {
                Some((same, _)) if same == canon.key() => {
                    way.unchange(id);
                    false
                }
                Some((_, row)) => {
                    let reason = format!("与第{row}行对同一单位的修改不一致，请核对后只保留一种。");
                    findings.push(way.row.teller.finding(id, reason));
                    true
                }
                None => {
                    edited.insert((unit, id), (canon.key().to_owned(), way.row.line.row));
                    true
                }
            }
        });
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }
}
