//! What was really written on the sheets, added up to be held against the figures.

use super::given::GivenLine;
use crate::annexes::{Annex, Line};
use crate::base::Money;
use crate::base::money::read_wan;
use crate::figures::Values;
use crate::vocabulary::SelfInspectionState;
use uuid::Uuid;

/// Sums over the lines written.
#[derive(Debug, Default)]
pub struct Tally {
    /// Lines.
    pub lines: i64,
    inspected: i64,
    problems: i64,
    fine: i64,
    daily: i64,
    detention: i64,
    criminal: i64,
    last: (Uuid, Option<Uuid>),
}

impl Tally {
    /// Adds a line; lines come in the order of units and problems.
    pub fn add(&mut self, line: &Line) {
        self.lines += 1;
        let (unit, problem) = self.last;
        if line.unit_id != unit && line.inspection() == Some(SelfInspectionState::Inspected) {
            self.inspected += 1;
        }
        if line.problem_id.is_some() && line.problem_id != problem {
            self.problems += 1;
        }
        if line.tells_case() {
            self.fine += line.fine_fen.unwrap_or(0);
            self.daily += line.daily_penalty_fen.unwrap_or(0);
            self.detention += line.detention_persons.unwrap_or(0);
            self.criminal += line.criminal_persons.unwrap_or(0);
        }
        self.last = (line.unit_id, line.problem_id);
    }

    /// Adds a line as it was filed.
    pub fn add_given(&mut self, annex: Annex, line: &GivenLine) {
        self.lines += 1;
        let (unit, problem) = self.last;
        if line.unit != unit && line.cell(annex, "self_inspection") == SelfInspectionState::Inspected.label() {
            self.inspected += 1;
        }
        if line.problem.is_some() && line.problem != problem {
            self.problems += 1;
        }
        let fen = |id: &str| read_wan(line.cell(annex, id)).map_or(0, |read| read.money.fen());
        let persons = |id: &str| line.cell(annex, id).parse().unwrap_or(0);
        self.fine += fen("fine");
        self.daily += fen("daily_penalty");
        self.detention += persons("detention_transfer_persons");
        self.criminal += persons("criminal_transfer_persons");
        self.last = (line.unit, line.problem);
    }

    /// The visible check of a book: sums of its sheets beside the 汇总表.
    pub fn check(&self, annex: Annex, total: &Values) -> String {
        let count = |n: i64| n.to_string();
        let wan = |fen: i64| Money::from_fen(fen).to_wan_grouped();
        let pairs = match annex {
            Annex::One => vec![
                ("已自查单位（家）", count(self.inspected), total.shown("inspected")),
                ("自查发现问题（个）", count(self.problems), total.shown("own")),
            ],
            Annex::Two => vec![
                ("台账问题（个）", count(self.problems), total.shown("ledger")),
                ("罚款（万元）", wan(self.fine), total.shown("fine")),
                ("按日连续处罚（万元）", wan(self.daily), total.shown("daily_penalty_amount")),
                ("移送行政拘留（人）", count(self.detention), total.shown("detention_persons")),
                ("移送涉嫌犯罪（人）", count(self.criminal), total.shown("criminal_persons")),
            ],
        };
        let agree = pairs.iter().all(|(_, sheets, figure)| sheets == figure);
        let told: Vec<String> =
            pairs.iter().map(|(what, sheets, figure)| format!("{what}各表合计{sheets}、汇总{figure}")).collect();
        let verdict = if agree { "核对一致" } else { "核对不一致，请勿使用，并与平台管理员联系" };
        format!("核对：{}。{verdict}。", told.join("；"))
    }
}
