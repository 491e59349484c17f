//! The cases over problems of a file: a row makes one, or names one that stands or that a row above made.

use super::Planner;
use super::told::Told;
use crate::annexes::{Annex, Line as Stood, Owner};
use crate::base::CountyId;
use crate::base::ability::may_bring_case;
use crate::intake::Terms;
use crate::intake::act::{CaseLine, CaseRef, UnitRef};
use crate::intake::annexes::edits::OF_THE_CITY;
use crate::intake::annexes::fresh;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::standing::{Standing, canons};
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::Finding;
use crate::ledger::Grounds;
use crate::vocabulary::HandledBy;
use std::collections::HashMap;
use std::sync::Arc;

/// A case that a row names.
#[derive(Clone, Debug)]
struct Named {
    case: CaseRef,
    by_the_city: bool,
    county: CountyId,
    unit: UnitRef,
    row: u32,
    /// What the row that makes it tells of it; none of a case that stands.
    told: Option<Arc<Told>>,
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
    /// A row that stands has the case of this line, if it has one.
    pub fn stands(&mut self, line: &Stood, way: &Way<'_>) {
        let handler = line.handled_by.as_deref().and_then(HandledBy::from_code);
        self.here = line.case_id.map(|case| Named {
            case: CaseRef::Known(case),
            by_the_city: handler.is_some_and(HandledBy::city_direct),
            county: way.county,
            unit: UnitRef::Known(line.unit_id),
            row: way.row.line.row,
            told: None,
        });
    }

    /// The row itself is sure to be written: its numbers name its case for the rows below.
    pub fn named(&mut self, row: &Row<'_>) {
        if let Some(here) = &self.here {
            for number in numbers(row) {
                self.by_number.entry((here.county, number)).or_insert_with(|| here.clone());
            }
        }
    }

    /// After a row. One with a case that is not settled leaves nothing to point to; one without a case is passed over.
    pub fn passed(&mut self, row: &Row<'_>, annex: Annex) {
        if self.here.is_some() || annex == Annex::Two && fresh::tells_case(row) {
            self.last = self.here.take();
        }
    }
}

/// The numbers by which a row names its case.
fn numbers(row: &Row<'_>) -> Vec<String> {
    ["case_number", "decision_number"].iter().map(|id| row.value(id).to_owned()).filter(|n| !n.is_empty()).collect()
}

impl Planner<'_> {
    /// The case over a problem: its own, or one that stands or that the file has named before; `copied`: the line from which the
    /// row was copied, case and all. A question may be open after it.
    pub(super) fn case(
        &mut self,
        way: &mut Way<'_>,
        standing: &Standing,
        (unit, grounds, copied): (UnitRef, &Grounds, Option<&Stood>),
        terms: &Terms<'_>,
    ) -> Result<Option<CaseLine>, Vec<Finding>> {
        if self.table.annex != Annex::Two {
            return Ok(None);
        }
        let row = way.row;
        let joined = match copied {
            Some(line) => {
                self.above.cases.stands(line, way);
                self.above.cases.here.take().map(|named| (named, "原行".to_owned()))
            }
            None => self.joined(way, standing, unit),
        };
        let told = Told::of(&row.cells, self.table.annex, &[Owner::Case, Owner::Measure]);
        let refused = || vec![row.teller.finding("handled_by", OF_THE_CITY)];
        if let Some((named, which)) = joined {
            if named.by_the_city && !may_bring_case(terms.actor, true) {
                return Err(refused());
            }
            let untold = self.untold(standing, &named, &told);
            way.doubts.push(row.teller.finding("remark", format!("与{which}同案，已并入该案。{untold}")));
            let case = named.case;
            self.above.cases.here = Some(Named { unit, row: row.line.row, ..named });
            self.above.cases.named(row);
            return Ok(Some(CaseLine::Joins(case)));
        }
        let (case, doubts) = fresh::case_of(row, terms, grounds)?;
        way.doubts.extend(doubts);
        let Some((facts, measures)) = case.filter(|_| !way.open()) else { return Ok(None) };
        let by_the_city = facts.handled_by.city_direct();
        if !may_bring_case(terms.actor, by_the_city) {
            return Err(refused());
        }
        let slot = self.above.cases.slots;
        self.above.cases.slots += 1;
        let (case, told) = (CaseRef::New(slot), Some(Arc::new(told)));
        self.above.cases.here = Some(Named { case, by_the_city, county: way.county, unit, row: row.line.row, told });
        self.above.cases.named(row);
        Ok(Some(CaseLine::New(slot, facts, measures)))
    }

    /// The case that a row joins: one of its number, of the row to which its remark points, or with whose amount it was merged;
    /// and in words which.
    fn joined(&self, way: &mut Way<'_>, standing: &Standing, unit: UnitRef) -> Option<(Named, String)> {
        let (row, county) = (way.row, way.county);
        let numbers = numbers(row);
        for number in &numbers {
            let which = format!("“{number}”");
            if let Some(named) = self.above.cases.by_number.get(&(county, number.clone())) {
                return Some((named.clone(), which));
            }
            if let Some((id, handler)) = standing.case(county, number) {
                let (case, by_the_city) = (CaseRef::Known(id), handler.city_direct());
                return Some((Named { case, by_the_city, county, unit, row: row.line.row, told: None }, which));
            }
        }
        if !numbers.is_empty() {
            return None;
        }
        if row.teller.value("remark").contains("同案") {
            return self.pointed_to(way, unit);
        }
        if row.counted_above { self.merged_with(way, unit) } else { None }
    }

    /// The case of the row above, to which a remark points; of another unit it is asked.
    fn pointed_to(&self, way: &mut Way<'_>, unit: UnitRef) -> Option<(Named, String)> {
        let last = self.above.cases.last.clone().filter(|last| last.county == way.county);
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
        let last = self.above.cases.last.clone().filter(|last| last.county == way.county && last.unit == unit);
        if last.is_none() {
            way.doubts.push(way.row.teller.finding("fine", "本行金额并入上行，但未并入上行的案件，是否同案请核对。"));
        }
        last.map(|last| (last.clone(), format!("第{}行", last.row)))
    }

    /// What a row that joins a case says of it and that goes nowhere: a sentence.
    fn untold(&self, standing: &Standing, named: &Named, told: &Told) -> String {
        let annex = self.table.annex;
        let stands = || match named.case {
            CaseRef::Known(id) => standing.line_of_case(id),
            CaseRef::New(_) => None,
        };
        let before = match &named.told {
            Some(told) => Told::clone(told),
            None => stands()
                .map(|line| Told::of(&canons(self.table, line), annex, &[Owner::Case, Owner::Measure]))
                .unwrap_or_default(),
        };
        let (other, more) = told.beside(&before);
        let known = named.told.is_some() || stands().is_some();
        let number = |id: &&str| matches!(*id, "case_number" | "decision_number");
        let untold = other.into_iter().chain(more.into_iter().filter(|id| known || !number(id)));
        let headings: Vec<&str> = untold.filter_map(|id| column(annex, id)).map(|c| c.heading).collect();
        if headings.is_empty() {
            return String::new();
        }
        format!("本行的{}未另行登记，以该案已有内容为准，请核对。", headings.join("、"))
    }
}
