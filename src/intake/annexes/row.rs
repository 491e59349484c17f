//! A line of an annex as read: its cells in the agreed writing, and what is wrong with them.

use super::canon::{self, Canon};
use super::fresh;
use crate::annexes::{Annex, Known};
use crate::base::money::{Unit, slipped};
use crate::base::text::tidy;
use crate::base::{CountyId, Money};
use crate::intake::findings::Teller;
use crate::intake::headings::Head;
use crate::intake::kind::KEY;
use crate::intake::preview::Finding;
use crate::intake::units::county_of;
use crate::intake::{About, Line, Terms};
use crate::ledger::USUAL_DAILY_PENALTY;
use crate::problems::USUAL_INVESTMENT;
use crate::vocabulary::SelfInspectionState;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Cells by column.
pub type Canons = BTreeMap<&'static str, Canon>;

/// A line as read.
pub struct Row<'a> {
    pub teller: Teller<'a>,
    pub line: &'a Line,
    pub head: &'a Head,
    /// Whose it is, as far as the file says.
    pub county: Result<CountyId, String>,
    /// The hidden key of a downloaded row.
    pub known: Option<Known>,
    /// The cells of the columns that the file has; a blank one is an empty cell.
    pub cells: Canons,
    /// What keeps the line out.
    pub bad: Vec<Finding>,
    /// What should be checked.
    pub doubts: Vec<Finding>,
    /// Times that are no day, as `计划完成时限：6月底前`.
    pub notes: Vec<String>,
}

impl<'a> Row<'a> {
    /// Reads a line.
    pub fn read(annex: Annex, about: &'a About, line: &'a Line, terms: &Terms<'_>) -> Option<Self> {
        let teller = Teller { about, line };
        let head = about.head(line)?;
        let mut row = Row {
            teller,
            line,
            head,
            county: county_of(&teller, terms),
            known: line.key(head),
            cells: Canons::new(),
            bad: Vec::new(),
            doubts: Vec::new(),
            notes: Vec::new(),
        };
        for column in annex.columns().iter().filter(|c| !matches!(c.id, "no" | "county")) {
            let Some(place) = head.source(column.id) else { continue };
            let unit = head.unit_of(place);
            let read = match (line.spoilt(head, &place.field), line.cell(head, &place.field)) {
                (Some(reason), _) => Err(reason),
                (None, Some(_)) if column.id == "industry" || place.field != column.id => {
                    canon::of_text(annex, column.id, &line.value(head, column.id), unit, terms.today)
                }
                (None, Some(cell)) => canon::of_cell(annex, column.id, cell, unit, terms.today),
                (None, None) => Ok(Canon::default()),
            };
            match read {
                Ok(canon) => {
                    row.doubts.extend(canon.doubt.as_ref().map(|doubt| teller.finding(column.id, doubt.clone())));
                    match &canon.vague {
                        // Not a cell that was emptied: what stands stays.
                        Some(text) => row.notes.push(format!("{}：{text}", column.heading)),
                        None => drop(row.cells.insert(column.id, canon)),
                    }
                }
                Err(reason) => row.bad.push(teller.finding(column.id, reason)),
            }
        }
        row.state_for_a_day(annex, terms);
        Some(row)
    }

    /// 停产 or 拒不开展 in the column of the day says why there is none.
    fn state_for_a_day(&mut self, annex: Annex, terms: &Terms<'_>) {
        let Some(at) = self.bad.iter().position(|f| f.field == "self_inspected_on") else { return };
        let written = tidy(&self.bad[at].value);
        if SelfInspectionState::read(&written).is_none() || self.tells(&["has_problem", "self_inspection"]) {
            return;
        }
        let why = format!("{}（{written}）", canon::NOT_INSPECTED);
        if let Ok(canon) = canon::of_text(annex, "has_problem", &why, Unit::Wan, terms.today) {
            self.bad.remove(at);
            self.doubts.push(self.teller.finding("self_inspected_on", format!("已按“{why}”读取，请核对。")));
            self.cells.insert("has_problem", canon);
        }
    }

    /// Bare amounts in which 元 may have been typed for 万元: column, amount, and what was meant then.
    pub fn slips(&self, terms: &Terms<'_>) -> Vec<(&'static str, Money, Money)> {
        let usual = |id: &str| match id {
            "fine" => Some(fresh::grounds_of(self, terms).usual_fine),
            "daily_penalty" => Some(USUAL_DAILY_PENALTY),
            "invested" => Some(USUAL_INVESTMENT),
            _ => None,
        };
        let slip = |(id, canon): (&&'static str, &Canon)| {
            let typed = canon.bare?;
            Some((*id, typed, slipped(typed, usual(id)?)?))
        };
        self.cells.iter().filter_map(slip).collect()
    }

    /// The value of a column; empty when the file has no such column.
    pub fn value(&self, id: &str) -> &str {
        self.cells.get(id).map_or("", |c| c.value.as_str())
    }

    /// Whether any of these columns says something.
    pub fn tells(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| !self.value(id).is_empty())
    }

    /// Whether the row was downloaded somewhere, known here or not.
    pub fn was_downloaded(&self) -> bool {
        self.head.place(KEY).is_some() && self.line.cell(self.head, KEY).is_some()
    }

    /// The values as JSON tells them.
    pub fn values(&self, county: &str) -> BTreeMap<String, String> {
        let told = self.cells.iter().filter(|(_, canon)| !canon.is_empty());
        let mut values: BTreeMap<String, String> = told.map(|(id, canon)| ((*id).to_owned(), canon.value.clone())).collect();
        values.insert("county".to_owned(), county.to_owned());
        values
    }
}

/// Cells that the product wrote, in the agreed writing: texts of a kept download or of the database's own line.
pub fn of_written(annex: Annex, cells: &[String], today: NaiveDate) -> Canons {
    let read = |(column, text): (&'static crate::annexes::Column, &String)| {
        let canon = canon::of_text(annex, column.id, text, Unit::Wan, today);
        // What we wrote we can read; should a word have left a vocabulary, its text still compares.
        (column.id, canon.unwrap_or_else(|_| Canon { value: text.clone(), key: text.clone(), ..Canon::default() }))
    };
    annex.columns().iter().zip(cells).filter(|(c, _)| !matches!(c.id, "no" | "county")).map(read).collect()
}

/// A remark without what the product itself put before it in brackets.
pub fn without_computed(remark: &str) -> &str {
    match remark.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((_, written)) => written,
        None => remark,
    }
}
