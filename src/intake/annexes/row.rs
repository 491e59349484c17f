//! A line of an annex as read: its cells in the agreed writing, and what is wrong with them.

use super::canon::{self, Canon};
use super::canons::Canons;
use super::fresh;
use super::way::column;
use crate::annexes::{Annex, Column, Known, Owner};
use crate::base::money::{Unit, slipped};
use crate::base::text::tidy;
use crate::base::{CountyId, Money};
use crate::counties::Directory;
use crate::intake::findings::Teller;
use crate::intake::headings::{Head, Place};
use crate::intake::kind::{KEY, Kind};
use crate::intake::line::spoilt;
use crate::intake::merged;
use crate::intake::preview::{Finding, Values};
use crate::intake::units::Titled;
use crate::intake::{About, Choices, Line, Terms};
use crate::ledger::USUAL_DAILY_PENALTY;
use crate::platform::sheet::{Cell, Kind as Holds};
use crate::problems::USUAL_INVESTMENT;
use crate::vocabulary::{SelfInspectionState, Source};
use chrono::NaiveDate;
use compact_str::CompactString;
use foldhash::{HashMap, HashMapExt};

/// What is known of a file's lines by their heads: whose they are, and the columns of the annex that they have, each with its
/// place there and what its bare amounts count.
#[derive(Debug)]
pub struct Places<'a> {
    annex: Annex,
    titled: Titled,
    heads: Vec<Vec<Spot<'a>>>,
}

/// Where a column of the annex stands under a head.
#[derive(Debug)]
struct Spot<'a> {
    column: &'static Column,
    place: &'a Place,
    /// What its bare amounts count.
    unit: Unit,
    /// What its words were read as: many rows say the same in few. None of a column in which each row says something else.
    recalled: Option<HashMap<CompactString, Canon>>,
}

/// Columns of few words.
const OF_FEW_WORDS: [&str; 11] = [
    "township",
    "industry",
    "permit_class",
    "self_inspection",
    "has_problem",
    "problem_kind",
    "source",
    "handled_by",
    "production_limit_kind",
    "progress",
    "verified",
];

impl Spot<'_> {
    fn read(&mut self, text: &str, today: NaiveDate) -> Result<Canon, String> {
        let read = || canon::of_text(self.column, text, self.unit, today);
        let Some(recalled) = &mut self.recalled else { return read() };
        if let Some(canon) = recalled.get(text) {
            return Ok(canon.clone());
        }
        let canon = read()?;
        recalled.insert(text.into(), canon.clone());
        Ok(canon)
    }
}

impl<'a> Places<'a> {
    /// Of all heads of a file.
    pub fn of(annex: Annex, about: &'a About, directory: &Directory) -> Self {
        let columns = || annex.columns().iter().filter(|c| !matches!(c.id, "no" | "county"));
        let place = |head: &'a Head, column: &'static Column| {
            let place = head.source(column.id)?;
            let recalled = OF_FEW_WORDS.contains(&column.id).then(HashMap::new);
            Some(Spot { column, place, unit: head.unit_of(place), recalled })
        };
        let heads = about.heads.iter().map(|head| columns().filter_map(|column| place(head, column)).collect()).collect();
        Self { annex, titled: Titled::of(about, directory), heads }
    }
}

/// A line as read.
#[derive(Debug)]
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
    /// What its column cannot hold, in words: `计划完成时限：6月底前`.
    pub notes: Vec<String>,
    /// Its amount counts with the row above, and so does the case.
    pub counted_above: bool,
}

impl<'a> Row<'a> {
    /// Reads a line.
    pub fn read(places: &mut Places<'_>, about: &'a About, line: &'a Line, terms: &Terms<'_>) -> Option<Self> {
        let teller = Teller { about, line };
        let head = about.head(line)?;
        let mut row = Row {
            teller,
            line,
            head,
            county: places.titled.county_of(&teller, terms),
            known: line.key(head),
            cells: Canons::with_capacity(places.annex.columns().len()),
            bad: Vec::new(),
            doubts: Vec::new(),
            notes: Vec::new(),
            counted_above: false,
        };
        let instead = merged::instead(Kind::Annex(places.annex), head, line);
        let at = |column: u16| match instead.iter().find(|(c, _)| *c == column) {
            Some((_, cell)) => cell.as_ref(),
            None => line.at(column),
        };
        for spot in places.heads.get_mut(line.head)? {
            let Spot { column, place, unit, .. } = *spot;
            let read = match at(place.column) {
                None => Ok(Canon::default()),
                Some(Cell::Text(text)) if place.field == column.id => spot.read(text, terms.today),
                Some(cell) if column.id == "industry" || place.field != column.id => match spoilt(&place.field, cell) {
                    Some(reason) => Err(reason),
                    None => canon::of_text(column, &line.value(head, column.id), unit, terms.today),
                },
                Some(cell) => canon::of_cell(column, cell, unit, terms.today),
            };
            match read {
                Ok(canon) => {
                    row.doubts.extend(canon.doubt().map(|doubt| teller.finding(column.id, doubt)));
                    match canon.vague() {
                        // Not a cell that was emptied: what stands stays.
                        Some(text) => row.notes.push(format!("{}：{text}", column.heading)),
                        None if counted_above(column, &canon) => {
                            row.doubts.push(teller.finding(column.id, "金额并入上行，只计一次。"));
                            row.counted_above = true;
                        }
                        None => row.cells.add(column.id, canon),
                    }
                }
                Err(reason) => row.bad.push(teller.finding(column.id, reason)),
            }
        }
        row.state_for_a_day(places.annex, terms);
        row.number_of_no_list();
        row.words_in_remark(places.annex, terms);
        Some(row)
    }

    /// The credit code, if the file tells one.
    pub fn code(&self) -> Option<&str> {
        Some(self.value("credit_code")).filter(|code| !matches!(*code, "" | "/"))
    }

    /// 停产 or 拒不开展 in the column of the day says why there is none.
    fn state_for_a_day(&mut self, annex: Annex, terms: &Terms<'_>) {
        let Some(at) = self.bad.iter().position(|f| f.field == "self_inspected_on") else { return };
        let written = tidy(&self.bad[at].value);
        if SelfInspectionState::read(&written).is_none() || self.tells(&["has_problem", "self_inspection"]) {
            return;
        }
        let why = format!("{}（{written}）", canon::NOT_INSPECTED);
        let Some(has_problem) = column(annex, "has_problem") else { return };
        if let Ok(canon) = canon::of_text(has_problem, &why, Unit::Wan, terms.today) {
            self.bad.remove(at);
            self.doubts.push(self.teller.finding("self_inspected_on", format!("已按“{why}”读取，请核对。")));
            self.cells.set("has_problem", canon);
        }
    }

    /// Only problems that were sent down have numbers of lists. That of another source is kept in words; where the file does not
    /// say the source, the one that stands decides.
    fn number_of_no_list(&mut self) {
        let source = self.cells.get("source").map(|c| Source::from_code(&c.value));
        let unread = source.is_none() && self.head.place("source").is_some();
        let number = self.value("source_number").to_owned();
        if number.is_empty() || !(unread || source.flatten().is_some_and(|source| !source.sent_down())) {
            return;
        }
        self.cells.retain(|id, _| id != "source_number");
        self.doubts.push(self.teller.finding("source_number", format!("该问题来源没有编号，“{number}”未作为来源编号导入。")));
        self.notes.push(format!("来源编号：{number}"));
    }

    /// What other cells could not hold stands in the remark with it, as it will be kept: the same file again changes nothing. A
    /// blank remark of a table of one's own says nothing, and nothing is put into it.
    fn words_in_remark(&mut self, annex: Annex, terms: &Terms<'_>) {
        let written = self.value("remark");
        if self.notes.is_empty() || !self.cells.contains("remark") || written.is_empty() && self.known.is_none() {
            return;
        }
        let notes = self.notes.iter().map(String::as_str).filter(|note| !written.contains(note));
        let whole = Some(written).filter(|w| !w.is_empty()).into_iter().chain(notes).collect::<Vec<_>>().join("；");
        let Some(remark) = column(annex, "remark") else { return };
        if let Ok(canon) = canon::of_text(remark, &whole, Unit::Wan, terms.today) {
            self.notes.clear();
            self.cells.set("remark", canon);
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
        let slip = |(id, canon): (&'static str, &Canon)| {
            let typed = canon.bare()?;
            Some((id, typed, slipped(typed, usual(id)?)?))
        };
        self.cells.iter().filter_map(slip).collect()
    }

    /// The value of a column; empty when the file has no such column.
    pub fn value(&self, id: &str) -> &str {
        self.cells.get(id).map_or("", |c| c.value.as_str())
    }

    /// What is compared of a column.
    pub fn key(&self, id: &str) -> &str {
        self.cells.get(id).map_or("", Canon::key)
    }

    /// Whether any of these columns says something.
    pub fn tells(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| !self.value(id).is_empty())
    }

    /// Whether the row was downloaded somewhere, known here or not.
    pub fn was_downloaded(&self) -> bool {
        self.head.place(KEY).is_some() && self.line.cell(self.head, KEY).is_some()
    }

    /// Takes the answer to a slip into the row: 元 was meant.
    pub fn mend(&mut self, id: &'static str, meant: Money) {
        self.cells.set(id, Canon::amount(meant));
    }
}

/// What a line says, as understood.
pub fn understood(annex: Annex, about: &About, (line, choices): (&Line, &Choices), terms: &Terms<'_>) -> Values {
    let Some(mut row) = Row::read(&mut Places::of(annex, about, terms.directory), about, line, terms) else {
        return Values::new();
    };
    for (id, _, meant) in row.slips(terms) {
        if choices.get(&slip_of(id)).is_some_and(|answer| answer == YUAN) {
            row.mend(id, meant);
        }
    }
    let told = row.cells.iter().filter(|(_, canon)| !canon.is_empty());
    told.map(|(id, canon)| (id, canon.value.to_string())).collect()
}

/// Whether the money of a case is said to stand in the row above.
fn counted_above(column: &Column, canon: &Canon) -> bool {
    column.kind == Holds::Money && column.owner != Owner::Problem && canon.value == canon::WITH_ABOVE
}

/// What the question about a slip in a column is called.
pub fn slip_of(id: &str) -> String {
    format!("slip_{id}")
}

/// The answer to a slip: 元 was meant.
pub const YUAN: &str = "yuan";

/// Cells that the product wrote, in the agreed writing: texts of a kept download or of the database's own line.
pub fn of_written(annex: Annex, cells: &[String], today: NaiveDate) -> Canons {
    let read = |(column, text): (&'static Column, &String)| {
        let canon = canon::of_text(column, text, Unit::Wan, today);
        // What we wrote we can read; should a word have left a vocabulary, its text still compares.
        (column.id, canon.unwrap_or_else(|_| Canon::plain(text.clone())))
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
