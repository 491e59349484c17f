//! One unit's self-inspection.

use crate::base::{Cells, CountyId, dates};
use crate::vocabulary::SelfInspectionState;
use chrono::NaiveDate;
use uuid::Uuid;

/// The fields with their labels.
pub const LABELS: &[(&str, &str)] = &[
    ("self_inspection", "自查状态"),
    ("self_inspected_on", "日期"),
    ("has_problem", "是否发现问题"),
    ("person", "登记或见证人"),
    ("note", "说明"),
];

/// What a finished self-inspection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// 未发现问题, declared.
    None,
    /// 发现问题.
    Some,
}

impl Found {
    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
        }
    }

    /// Reads 是/否, or a code.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim() {
            "none" | "no" | "否" | "无" | "未发现" | "未发现问题" => Some(Self::None),
            "some" | "yes" | "是" | "有" | "发现问题" => Some(Self::Some),
            _ => None,
        }
    }
}

/// A self-inspection as registered.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct SelfInspection {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The unit.
    pub unit_id: Uuid,
    /// The state's code.
    pub state: String,
    /// The day it was done, or established.
    pub inspected_on: Option<NaiveDate>,
    /// `none`, `some`, or not yet said.
    pub found: Option<String>,
    /// Who registered or witnessed it.
    pub person: Option<String>,
    /// A sentence.
    pub note: Option<String>,
}

impl SelfInspection {
    /// The state.
    pub fn state(&self) -> Option<SelfInspectionState> {
        SelfInspectionState::from_code(&self.state)
    }

    /// The state in words.
    pub fn label(&self) -> &'static str {
        self.state().map_or("", SelfInspectionState::label)
    }

    /// What was found, in words.
    pub fn found_label(&self) -> &'static str {
        match self.found.as_deref() {
            Some("none") => "未发现问题",
            Some("some") => "发现问题",
            _ => "",
        }
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("self_inspection", &*self.state)
            .set("self_inspected_on", self.inspected_on.map(dates::short).unwrap_or_default())
            .set("has_problem", self.found.clone().unwrap_or_default())
            .set("person", self.person.clone().unwrap_or_default())
            .set("note", self.note.clone().unwrap_or_default())
            .set("version", self.version.to_string());
        cells
    }
}

/// A self-inspection as typed.
#[derive(Clone, Debug)]
pub struct SelfInspectionChanges {
    /// The state.
    pub state: SelfInspectionState,
    /// The day.
    pub inspected_on: Option<NaiveDate>,
    /// What was found; asked only when it is done.
    pub found: Option<Found>,
    /// Who.
    pub person: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// The version that the editor saw; 0 for the first registration.
    pub version: i32,
}

impl SelfInspectionChanges {
    /// Reads the fields of [`LABELS`]; what does not apply to the state is ignored.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let state = cells.choice("self_inspection", SelfInspectionState::read);
        if state.is_none() && cells.error("self_inspection").is_none() {
            cells.refuse("self_inspection", "请选择自查状态。");
        }
        let inspected_on = cells.date("self_inspected_on");
        cells.not_in_future("self_inspected_on", "日期", inspected_on);
        let done = state.is_some_and(SelfInspectionState::done);
        let found = if done { cells.choice("has_problem", Found::read) } else { None };
        let (person, note) = (cells.text("person"), cells.text("note"));
        let version = cells.raw("version").parse().unwrap_or(0);
        if !cells.clean() {
            return None;
        }
        Some(Self { state: state?, inspected_on, found, person, note, version })
    }
}
