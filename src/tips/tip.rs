//! One tip.

use crate::base::{Cells, CountyId, dates};
use crate::vocabulary::{TipSource, VerifiedAs};
use chrono::NaiveDate;
use uuid::Uuid;

/// A tip (举报件).
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tip {
    /// Which county answers it.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The way's code.
    pub source: String,
    /// Its number on the list that it came by.
    pub number: String,
    /// Received.
    pub received_on: NaiveDate,
    /// 被举报单位或地点.
    pub target: String,
    /// What was reported.
    pub content: String,
    /// The unit on the register.
    pub unit_id: Option<Uuid>,
    /// Passed on by the city.
    pub assigned_on: Option<NaiveDate>,
    /// Due.
    pub due_on: Option<NaiveDate>,
    /// The answer's code; none: 核实中.
    pub answer: Option<String>,
    /// Answered.
    pub answered_on: Option<NaiveDate>,
    /// What was found and done.
    pub answer_note: String,
    /// What the reporter was told.
    pub told: String,
    /// When.
    pub told_on: Option<NaiveDate>,
    /// The problem that it became.
    pub problem_id: Option<Uuid>,
}

impl Tip {
    /// The way in words.
    pub fn source_label(&self) -> &'static str {
        TipSource::from_code(&self.source).map_or("", TipSource::label)
    }

    /// What it is called: its number, else its way and day.
    pub fn title(&self) -> String {
        if self.number.is_empty() { format!("{}（{}）", self.source_label(), self.received_on) } else { self.number.clone() }
    }

    /// What was found.
    pub fn answer(&self) -> Option<VerifiedAs> {
        self.answer.as_deref().and_then(VerifiedAs::from_code)
    }

    /// The answer in words; without one: 核实中.
    pub fn answer_label(&self) -> &'static str {
        self.answer().map_or(VerifiedAs::PENDING_LABEL, VerifiedAs::label)
    }

    /// The look of its badge.
    pub fn look(&self) -> &'static str {
        if self.answer.is_some() { "ok" } else { "busy" }
    }

    /// Due and not answered on a day.
    pub fn overdue(&self, day: &NaiveDate) -> bool {
        self.answer.is_none() && self.due_on.is_some_and(|due| due < *day)
    }

    /// Why it cannot become a problem; `None` when it can.
    pub fn problem_barred(&self) -> Option<&'static str> {
        match (self.problem_id, self.answer()) {
            (Some(_), _) => Some("该举报件已转为问题。"),
            (None, Some(answer)) if answer.confirms() => None,
            (None, Some(_)) => Some("核实结果不是属实或部分属实，不转为问题。"),
            (None, None) => Some("请先登记核实情况；属实、部分属实的，再转为问题。"),
        }
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let date = |d: Option<NaiveDate>| d.map(dates::short).unwrap_or_default();
        cells
            .set("source", &*self.source)
            .set("number", &*self.number)
            .set("received_on", dates::short(self.received_on))
            .set("target", &*self.target)
            .set("content", &*self.content)
            .set("assigned_on", date(self.assigned_on))
            .set("due_on", date(self.due_on))
            .set("version", self.version.to_string());
        cells
    }

    /// As the cells of its answer.
    pub fn answer_cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let date = |d: Option<NaiveDate>| d.map(dates::short).unwrap_or_default();
        cells
            .set("answer", self.answer.clone().unwrap_or_default())
            .set("answered_on", date(self.answered_on.or(Some(today))))
            .set("answer_note", &*self.answer_note)
            .set("told", &*self.told)
            .set("told_on", date(self.told_on))
            .set("version", self.version.to_string());
        cells
    }
}
