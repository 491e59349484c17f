//! The cases over problems of a file: a row makes one, or names one that stands or that a row above made.

use super::Planner;
use crate::annexes::{Annex, Owner};
use crate::base::CountyId;
use crate::intake::Terms;
use crate::intake::act::{CaseLine, CaseRef, UnitRef};
use crate::intake::annexes::fresh;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::standing::Standing;
use crate::intake::annexes::way::Way;
use crate::intake::preview::Finding;
use crate::ledger::Grounds;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use uuid::Uuid;

/// A case that a row names.
#[derive(Clone, Copy, Debug)]
struct Named {
    case: CaseRef,
    county: CountyId,
    unit: UnitRef,
    row: u32,
    /// What the row says of the case, as a number by which the same can be told; none of a case that stood before.
    says: Option<u64>,
}

/// The cases of the rows above.
#[derive(Debug, Default)]
pub struct Cases {
    by_number: HashMap<(CountyId, String), Named>,
    /// Of the row above, to which 同案 in a remark points.
    last: Option<Named>,
    /// Of the row itself.
    here: Option<Named>,
    slots: usize,
}

impl Cases {
    /// A row that stands has this case.
    pub fn stands(&mut self, case: Option<Uuid>, way: &Way<'_>, unit: Uuid) {
        let named = |case| Named {
            case: CaseRef::Known(case),
            county: way.county,
            unit: UnitRef::Known(unit),
            row: way.row.line.row,
            says: None,
        };
        self.here = case.map(named);
    }

    /// After a row. One with a case that is not settled leaves nothing to point to; one without a case is passed over.
    pub fn passed(&mut self, row: &Row<'_>, annex: Annex) {
        if self.here.is_some() || annex == Annex::Two && fresh::tells_case(row) {
            self.last = self.here.take();
        }
    }
}

impl Planner<'_> {
    /// The case over a problem: its own, or one that stands or that the file has named before. A question may be open after it.
    pub(super) fn case(
        &mut self,
        way: &mut Way<'_>,
        standing: &Standing,
        (unit, grounds): (UnitRef, &Grounds),
        terms: &Terms<'_>,
    ) -> Result<Option<CaseLine>, Vec<Finding>> {
        if self.table.annex != Annex::Two {
            return Ok(None);
        }
        let (row, county) = (way.row, way.county);
        let numbers: Vec<String> =
            ["case_number", "decision_number"].iter().map(|id| row.value(id).to_owned()).filter(|n| !n.is_empty()).collect();
        let here = |case, says| Named { case, county, unit, row: row.line.row, says };
        let stands = |n: &String| standing.case(county, n).map(|id| here(CaseRef::Known(id), None));
        let numbered =
            numbers.iter().find_map(|n| self.above.cases.by_number.get(&(county, n.clone())).copied().or_else(|| stands(n)));
        let joined = match numbered {
            Some(named) => Some((named, numbers.first().map_or_else(String::new, |n| format!("“{n}”")))),
            None if !numbers.is_empty() => None,
            None if row.teller.value("remark").contains("同案") => self.pointed_to(way, unit),
            None if row.counted_above => self.merged_with(way, unit),
            None => None,
        };
        let says = self.says(row);
        if let Some((named, which)) = joined {
            self.above.cases.here = Some(here(named.case, named.says));
            let untold = if named.says == Some(says) { String::new() } else { self.untold(row) };
            way.doubts.push(row.teller.finding("remark", format!("与{which}同案，已并入该案。{untold}")));
            return Ok(Some(CaseLine::Joins(named.case)));
        }
        let (case, doubts) = fresh::case_of(row, terms, grounds)?;
        way.doubts.extend(doubts);
        let Some((facts, measures)) = case.filter(|_| !way.open()) else { return Ok(None) };
        let slot = self.above.cases.slots;
        self.above.cases.slots += 1;
        let named = here(CaseRef::New(slot), Some(says));
        self.above.cases.by_number.extend(numbers.into_iter().map(|n| ((county, n), named)));
        self.above.cases.here = Some(named);
        Ok(Some(CaseLine::New(slot, facts, measures)))
    }

    /// The case of the row above, to which a remark points; of another unit it is asked.
    fn pointed_to(&self, way: &mut Way<'_>, unit: UnitRef) -> Option<(Named, String)> {
        let last = self.above.cases.last.filter(|last| last.county == way.county);
        let Some(last) = last else {
            let reason = "备注注明“同案”，但上一行没有可并入的案件，请填写案件编号或处罚决定书文号。";
            way.doubts.push(way.row.teller.finding("remark", reason));
            return None;
        };
        let which = format!("第{}行", last.row);
        if last.unit != unit {
            let text = format!("备注注明“同案”，但{which}是另一家单位，是否并入该行的案件？");
            let answer = way.ask_row("same_case", text, &[("join", "并入该案"), ("apart", "不并入")]);
            return answer.filter(|a| *a == "join").map(|_| (last, which));
        }
        Some((last, which))
    }

    /// The case of the row above, with whose amount a row's was merged.
    fn merged_with(&self, way: &mut Way<'_>, unit: UnitRef) -> Option<(Named, String)> {
        let last = self.above.cases.last.filter(|last| last.county == way.county && last.unit == unit);
        if last.is_none() {
            way.doubts.push(way.row.teller.finding("fine", "本行金额并入上行，但未并入上行的案件，是否同案请核对。"));
        }
        last.map(|last| (last, format!("第{}行", last.row)))
    }

    /// The columns that a row tells of its case.
    fn told<'r>(&self, row: &Row<'r>) -> impl Iterator<Item = (&'static str, &'static str, String)> + use<'r> {
        let columns = self.table.annex.columns().iter().filter(|c| matches!(c.owner, Owner::Case | Owner::Measure));
        let told: Vec<_> =
            columns.map(|c| (c.id, c.heading, row.key(c.id).to_owned())).filter(|(.., key)| !key.is_empty()).collect();
        told.into_iter()
    }

    fn says(&self, row: &Row<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.told(row).for_each(|(id, _, key)| (id, key).hash(&mut hasher));
        hasher.finish()
    }

    /// What a row that joins a case says of it and that goes nowhere: a sentence.
    fn untold(&self, row: &Row<'_>) -> String {
        let named = |id: &str| matches!(id, "case_number" | "decision_number" | "handled_by" | "respondent");
        let headings: Vec<&str> = self.told(row).filter(|(id, ..)| !named(id)).map(|(_, heading, _)| heading).collect();
        if headings.is_empty() {
            String::new()
        } else {
            format!("本行的{}未另行登记，以该案已有内容为准，请核对。", headings.join("、"))
        }
    }
}
