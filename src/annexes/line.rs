//! A line of an annex: a unit, with its self-inspection, perhaps a problem, perhaps a case with its measures.

use crate::base::CountyId;
use crate::vocabulary::{Discretion, MeasureKind, NoCodeReason, Progress, SelfInspectionState, UnitStatus};
use chrono::NaiveDate;
use uuid::Uuid;

/// Before the number of the line on which the case of several problems is told; 行 follows.
pub const SAME_CASE: &str = "同案，见第";

/// What a line is written from, as it was on the data date.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
#[sqlx(default)]
#[expect(missing_docs, reason = "columns of the tables, documented there")]
pub struct Line {
    /// 序号, from 1 in the whole table.
    #[sqlx(skip)]
    pub no: i64,
    /// For a further line of a case: the number of its first one.
    #[sqlx(skip)]
    pub same_case: Option<i64>,
    /// The county's code; kept as an integer so that an empty line can be made.
    pub county_id: i32,
    pub county: String,
    pub unit_id: Uuid,
    pub name: String,
    pub site: String,
    pub credit_code: Option<String>,
    pub no_code_reason: Option<String>,
    pub township: String,
    pub industry: Option<String>,
    pub permit_class: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    /// The unit's status on the date.
    pub status: String,
    /// The state of self-inspection on the date.
    pub self_inspection: Option<String>,
    pub inspection_id: Option<Uuid>,
    pub inspected_on: Option<NaiveDate>,
    pub found: Option<String>,
    pub problem_id: Option<Uuid>,
    pub kind: Option<String>,
    pub other_kinds: Vec<String>,
    pub source: Option<String>,
    pub source_numbers: Vec<String>,
    pub description: Option<String>,
    pub found_on: Option<NaiveDate>,
    pub measures: Option<String>,
    pub plan_filed_on: Option<NaiveDate>,
    /// The due date in force on the date.
    pub due_on: Option<NaiveDate>,
    pub invested_fen: Option<i64>,
    pub invested_with_above: bool,
    pub progress: Option<String>,
    pub completed_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub supervisor: Option<String>,
    pub responsible_body: Option<String>,
    pub responsible_person: Option<String>,
    pub remark: Option<String>,
    pub case_id: Option<Uuid>,
    /// How many problems the case covers, and the one on whose line it is written.
    pub case_problems: i64,
    pub first_unit: Option<Uuid>,
    pub first_problem: Option<Uuid>,
    pub handled_by: Option<String>,
    pub case_number: Option<String>,
    pub respondent: Option<String>,
    pub order_on: Option<NaiveDate>,
    pub order_number: Option<String>,
    pub case_filed_on: Option<NaiveDate>,
    pub not_filed_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub decision_number: Option<String>,
    pub fine_fen: Option<i64>,
    pub discretion: Option<String>,
    pub other_measures: Option<String>,
    pub shut_down: bool,
    pub exposed_on: Option<NaiveDate>,
    pub exposure_media: Option<String>,
    pub exposure_outlet: Option<String>,
    pub case_remark: Option<String>,
    pub daily_penalties: i64,
    pub daily_penalty_fen: Option<i64>,
    pub seized_on: Option<NaiveDate>,
    pub seizures: i64,
    pub seizure_numbers: Option<String>,
    /// Kinds of limiting and halting, each once.
    pub restrictions: Vec<String>,
    pub restricted_on: Option<NaiveDate>,
    pub detention_persons: Option<i64>,
    pub detention_unknown: i64,
    pub criminal_persons: Option<i64>,
    pub criminal_unknown: i64,
}

/// A day that has come by the data date.
fn by(day: Option<NaiveDate>, date: NaiveDate) -> Option<NaiveDate> {
    day.filter(|d| *d <= date)
}

impl Line {
    /// Takes away what is dated after the data date.
    pub(super) fn settle(&mut self, date: NaiveDate) {
        let later = |day: Option<NaiveDate>| day.is_some_and(|d| d > date);
        if later(self.inspected_on) {
            (self.inspected_on, self.found) = (None, None);
        }
        if later(self.order_on) {
            (self.order_on, self.order_number) = (None, None);
        }
        if later(self.decided_on) {
            (self.decided_on, self.decision_number, self.fine_fen, self.discretion) = (None, None, None, None);
        }
        if later(self.exposed_on) {
            (self.exposed_on, self.exposure_media, self.exposure_outlet) = (None, None, None);
        }
        if later(self.decided_on.or(self.case_filed_on).or(self.order_on)) {
            self.shut_down = false;
        }
        for day in [&mut self.plan_filed_on, &mut self.completed_on, &mut self.verified_on] {
            *day = by(*day, date);
        }
        for day in [&mut self.case_filed_on, &mut self.not_filed_on] {
            *day = by(*day, date);
        }
    }

    /// The county.
    pub fn county_id(&self) -> CountyId {
        CountyId(self.county_id)
    }

    /// Whether the line has a problem.
    pub fn has_problem(&self) -> bool {
        self.problem_id.is_some()
    }

    /// Whether the facts of the case stand on this line: it has one, and this is its first line.
    pub fn tells_case(&self) -> bool {
        self.case_id.is_some() && self.same_case.is_none()
    }

    /// How far rectification is.
    pub fn progress(&self) -> Option<Progress> {
        self.has_problem().then(|| self.progress.as_deref().and_then(Progress::from_code)).flatten()
    }

    /// The state of self-inspection.
    pub fn inspection(&self) -> Option<SelfInspectionState> {
        self.self_inspection.as_deref().and_then(SelfInspectionState::from_code)
    }

    /// Why there was no self-inspection, as far as it is known.
    pub fn no_inspection_reason(&self) -> Option<&'static str> {
        match (self.inspection(), UnitStatus::from_code(&self.status)) {
            (Some(state), _) => Some(state.label()),
            (None, Some(status)) if status.gone() => Some(SelfInspectionState::Closed.label()),
            (None, Some(UnitStatus::Halted)) => Some(SelfInspectionState::Halted.label()),
            _ => None,
        }
    }

    /// Whether a missing credit code is explained. 待查 explains nothing.
    pub fn code_explained(&self) -> bool {
        self.no_code_reason.as_deref().and_then(NoCodeReason::from_code).is_some_and(|r| r != NoCodeReason::Pending)
    }

    /// The kinds of the problem in short words, the main one first.
    pub fn kinds(&self) -> Option<String> {
        let code = self.kind.as_ref()?;
        let others = self.other_kinds.iter().filter(|other| *other != code);
        let words = std::iter::once(code).chain(others).map(|c| crate::vocabulary::kind(c).map_or(c.as_str(), |k| k.short));
        Some(words.collect::<Vec<_>>().join("；"))
    }

    /// Limiting and halting production, which differ in law and in print.
    pub fn restrictions(&self) -> Option<String> {
        let words = self.restrictions.iter().filter_map(|code| MeasureKind::from_code(code)).map(MeasureKind::label);
        Some(words.collect::<Vec<_>>().join("、")).filter(|t| !t.is_empty())
    }

    /// What else was done: 从轻, 不予处罚, 关停取缔, 不予立案.
    pub fn other_handling(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        let discretion = self.discretion.as_deref().and_then(Discretion::from_code).filter(|d| d.needs_reason());
        parts.extend(discretion.map(|d| d.label().to_owned()));
        parts.extend(self.not_filed_on.map(|_| "不予立案".to_owned()));
        parts.extend(self.shut_down.then(|| "关停取缔".to_owned()));
        parts.extend(self.other_measures.clone());
        Some(parts.join("；")).filter(|t| !t.is_empty())
    }

    /// What the line has to say besides its cells; in brackets, before what people wrote, so that a file that comes back can
    /// tell the two apart.
    pub fn computed_remark(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.same_case.map(|no| format!("{SAME_CASE}{no}行")));
        if self.tells_case() {
            parts.extend(self.seizure_numbers.as_ref().map(|n| format!("查封扣押文号：{n}")));
            parts.extend((self.detention_unknown > 0).then(|| "移送行政拘留人数待定".to_owned()));
            parts.extend((self.criminal_unknown > 0).then(|| "移送涉嫌犯罪人数待定".to_owned()));
            parts.extend(self.exposure_outlet.as_ref().map(|o| format!("曝光媒体：{o}")));
        }
        (!parts.is_empty()).then(|| format!("【{}】", parts.join("；")))
    }
}
