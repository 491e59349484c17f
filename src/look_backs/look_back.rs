//! One problem that was drawn.

use crate::base::{Cells, CountyId, dates};
use chrono::NaiveDate;
use uuid::Uuid;

/// What was found when a problem was looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookBackResult {
    /// 整改到位.
    Holds,
    /// 反弹: mended once, and back.
    Recurred,
    /// 未按要求整改: never mended as was reported.
    NotDone,
}

impl LookBackResult {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Holds, Self::Recurred, Self::NotDone];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Recurred => "recurred",
            Self::NotDone => "not_done",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Holds => "整改到位",
            Self::Recurred => "反弹",
            Self::NotDone => "未按要求整改",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// A problem that was drawn, with what was found.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LookBack {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The draw.
    pub draw_id: Uuid,
    /// Its seed.
    pub seed: i64,
    /// How many problems of the county it was drawn from.
    pub pool: i32,
    /// Who drew.
    pub drawn_by: String,
    /// When.
    pub drawn_on: NaiveDate,
    /// The problem.
    pub problem_id: Uuid,
    /// Its text.
    pub description: Option<String>,
    /// Its unit.
    pub unit_id: Uuid,
    /// The unit's name.
    pub unit_name: String,
    /// When it was struck off.
    pub verified_on: Option<NaiveDate>,
    /// Who struck it off.
    pub verifiers: Vec<String>,
    /// The result's code.
    pub result: Option<String>,
    /// When it was looked at.
    pub checked_on: Option<NaiveDate>,
    /// By whom.
    pub people: Vec<String>,
    /// A sentence.
    pub note: Option<String>,
    /// The problem that was registered because it came back.
    pub recurrence: Option<Uuid>,
}

impl LookBack {
    /// The result in words.
    pub fn result_label(&self) -> &'static str {
        self.result().map_or("待查", LookBackResult::label)
    }

    /// The result.
    pub fn result(&self) -> Option<LookBackResult> {
        self.result.as_deref().and_then(LookBackResult::from_code)
    }

    /// Its look.
    pub fn look(&self) -> &'static str {
        match self.result() {
            None => "busy",
            Some(LookBackResult::Holds) => "ok",
            Some(_) => "late",
        }
    }

    /// Whether a new problem is owed for it.
    pub fn owes_problem(&self) -> bool {
        self.result().is_some_and(|r| r != LookBackResult::Holds) && self.recurrence.is_none()
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("result", self.result.clone().unwrap_or_default())
            .set("checked_on", dates::short(self.checked_on.unwrap_or(today)))
            .set("people", self.people.join("、"))
            .set("note", self.note.clone().unwrap_or_default())
            .set("version", self.version.to_string());
        cells
    }
}

/// What was found, as typed.
#[derive(Clone, Debug)]
pub struct LookBackChanges {
    /// The result.
    pub result: LookBackResult,
    /// The day.
    pub checked_on: NaiveDate,
    /// Two people at the least.
    pub people: Vec<String>,
    /// A sentence; must be there unless the mending holds.
    pub note: Option<String>,
    /// The version that the editor saw.
    pub version: i32,
}

impl LookBackChanges {
    /// Reads the form. Who looks again are two, and not those who struck it off ("谁验收、谁负责").
    pub fn read(cells: &mut Cells, before: &LookBack) -> Option<Self> {
        let result = cells.choice("result", LookBackResult::from_code);
        if result.is_none() && cells.error("result").is_none() {
            cells.refuse("result", "请选择回头看结果。");
        }
        let checked_on = cells.date("checked_on");
        if checked_on.is_none() && cells.error("checked_on").is_none() {
            cells.refuse("checked_on", "请填写核查日期。");
        }
        cells.not_in_future("checked_on", "核查日期", checked_on);
        cells.in_order((before.verified_on, "销号日期"), (checked_on, "核查日期", "checked_on"));
        let people = crate::base::text::names(&cells.text("people").unwrap_or_default());
        let mut distinct = people.clone();
        distinct.sort();
        distinct.dedup();
        if distinct.len() < 2 {
            cells.refuse("people", "请填写两名以上核查人，用顿号隔开。");
        } else if people.iter().all(|p| before.verifiers.contains(p)) {
            cells.refuse("people", "核查人与原销号人相同，请至少另派一人。");
        }
        let note = cells.text("note");
        if result.is_some_and(|r| r != LookBackResult::Holds) && note.is_none() && cells.error("note").is_none() {
            cells.refuse("note", "请写明现场情况。");
        }
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { result: result?, checked_on: checked_on?, people, note, version })
    }
}
