//! The cases over problems of a file.

use super::Planner;
use crate::annexes::Annex;
use crate::intake::Terms;
use crate::intake::act::{CaseLine, CaseRef};
use crate::intake::annexes::fresh;
use crate::intake::annexes::standing::Standing;
use crate::intake::annexes::way::Way;
use crate::intake::preview::Finding;

impl Planner<'_> {
    /// The case over a new problem: its own, or one that the file has named before.
    pub(super) fn case(
        &mut self,
        way: &mut Way<'_>,
        standing: &Standing,
        terms: &Terms<'_>,
    ) -> Result<Option<CaseLine>, Vec<Finding>> {
        if self.table.annex != Annex::Two {
            return Ok(None);
        }
        let row = way.row;
        let numbers: Vec<String> =
            ["case_number", "decision_number"].iter().map(|id| row.value(id).to_owned()).filter(|n| !n.is_empty()).collect();
        let stands = |n: &String| standing.case(way.county, n).map(CaseRef::Known);
        let known = numbers.iter().find_map(|n| self.above.cases.get(n).copied().or_else(|| stands(n)));
        let says_same = row.teller.value("remark").contains("同案");
        if let Some(case) = known.or(self.above.last_case.filter(|_| says_same && numbers.is_empty())) {
            way.doubts.push(row.teller.finding("remark", "与已有的案件同一文号或注明同案，并入该案。"));
            return Ok(Some(CaseLine::Joins(case)));
        }
        let (case, doubts) = fresh::case_of(row, terms, &fresh::grounds_of(row, terms))?;
        way.doubts.extend(doubts);
        let Some(CaseLine::New(_, facts, measures)) = case else { return Ok(case) };
        let slot = self.above.case_slots;
        self.above.case_slots += 1;
        self.above.cases.extend(numbers.into_iter().map(|n| (n, CaseRef::New(slot))));
        self.above.last_case = Some(CaseRef::New(slot));
        Ok(Some(CaseLine::New(slot, facts, measures)))
    }
}
