//! 办案进程: an event that a clock depends on.

use crate::base::{Cells, CountyId, dates};
use crate::ledger::CaseFile;
use crate::vocabulary::CaseEvent;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// An event as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Event {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// How often it was written.
    pub version: i32,
    /// Its case.
    pub case_id: Uuid,
    /// Its measure; none: it belongs to the case.
    pub measure_id: Option<Uuid>,
    /// A code of [`CaseEvent`].
    pub kind: String,
    /// The day, or the first one.
    pub happened_on: NaiveDate,
    /// The last day of a period; none while it lasts.
    pub until_on: Option<NaiveDate>,
    /// What else is to be said.
    pub note: Option<String>,
    /// Who recorded it.
    pub recorded_by: String,
    /// When, by the wall clock.
    pub recorded_at: DateTime<Utc>,
}

impl Event {
    /// What happened.
    pub fn kind(&self) -> Option<CaseEvent> {
        CaseEvent::from_code(&self.kind)
    }

    /// The same in words.
    pub fn label(&self) -> &'static str {
        self.kind().map_or("其他进程", CaseEvent::label)
    }

    /// Its day or days, for the page.
    pub fn when(&self) -> String {
        match (self.kind().is_some_and(CaseEvent::lasts), self.until_on) {
            (false, _) => dates::short(self.happened_on),
            (true, Some(until)) => format!("{}至{until}", self.happened_on),
            (true, None) => format!("{}起，尚未结束", self.happened_on),
        }
    }
}

/// The day of the last event of a kind, of a measure or (none) of the case itself.
pub(super) fn day_of(events: &[Event], measure: Option<Uuid>, kind: CaseEvent) -> Option<NaiveDate> {
    of(events, measure).filter(|e| e.kind() == Some(kind)).map(|e| e.happened_on).max()
}

/// The events of a measure or (none) of the case itself.
pub(super) fn of(events: &[Event], measure: Option<Uuid>) -> impl Iterator<Item = &Event> {
    events.iter().filter(move |e| e.measure_id == measure)
}

/// What an event can be recorded of: one line of the form's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What happened.
    pub kind: CaseEvent,
    /// Of which measure; none: of the case.
    pub measure: Option<Uuid>,
}

impl Subject {
    /// As forms and addresses say it: `paid`, `appraisal.019b…`.
    pub fn code(&self) -> String {
        match self.measure {
            Some(measure) => format!("{}.{measure}", self.kind.code()),
            None => self.kind.code().to_owned(),
        }
    }

    /// What can be recorded of a case as it stands, with the words of each. The legal officer's own act is left out.
    pub fn all(file: &CaseFile) -> Vec<(Self, String)> {
        let decided = file.case.decided_on.is_some();
        let fined = decided && file.case.fine_fen.is_some_and(|fen| fen > 0);
        let open = |kind: &CaseEvent| match kind {
            CaseEvent::Excluded => file.case.case_filed_on.is_some(),
            CaseEvent::Paid | CaseEvent::DemandServed | CaseEvent::CourtApplied => fined,
            _ => decided,
        };
        let of_case = CaseEvent::ALL.iter().filter(|k| k.of_case()).filter(|k| open(k));
        let mut all: Vec<(Self, String)> =
            of_case.map(|kind| (Self { kind: *kind, measure: None }, kind.label().to_owned())).collect();
        for measure in &file.measures {
            let Some(taken) = measure.kind() else { continue };
            let own = CaseEvent::ALL.iter().filter(|k| k.fits(taken) && **k != CaseEvent::LetterReviewed);
            all.extend(own.map(|kind| {
                let subject = Self { kind: *kind, measure: Some(measure.id) };
                (subject, format!("{}：{}", super::measures::name(measure), kind.label()))
            }));
        }
        all
    }
}

/// An event as typed.
#[derive(Clone, Debug)]
pub struct EventChanges {
    /// What happened, of what.
    pub subject: Subject,
    /// The day, or the first one.
    pub happened_on: NaiveDate,
    /// The last day of a period.
    pub until_on: Option<NaiveDate>,
    /// What else is to be said.
    pub note: Option<String>,
}

impl EventChanges {
    /// Reads `what`, `happened_on`, `until_on`, `note`; only what the case can have.
    pub fn read(cells: &mut Cells, file: &CaseFile) -> Option<Self> {
        let wanted = cells.raw("what").to_owned();
        let subject = Subject::all(file).into_iter().map(|(subject, _)| subject).find(|s| s.code() == wanted);
        if subject.is_none() {
            cells.refuse("what", "请选择要登记的进程。");
        }
        let happened_on = cells.date("happened_on");
        if happened_on.is_none() && cells.error("happened_on").is_none() {
            cells.refuse("happened_on", "请填写日期。");
        }
        cells.not_in_future("happened_on", "日期", happened_on);
        let lasts = subject.is_some_and(|s| s.kind.lasts());
        let until_on = if lasts { cells.date("until_on") } else { None };
        cells.in_order((happened_on, "起始日期"), (until_on, "结束日期", "until_on"));
        cells.not_in_future("until_on", "结束日期", until_on);
        let note = cells.text("note");
        if subject.is_some_and(|s| s.kind == CaseEvent::Excluded) && note.is_none() {
            cells.refuse("note", "请写明扣除的事由：听证、公告、监测、鉴定或送达。");
        }
        let typed = Self { subject: subject?, happened_on: happened_on?, until_on, note };
        typed.check(cells, file);
        cells.clean().then_some(typed)
    }

    /// An event comes after what it follows from.
    fn check(&self, cells: &mut Cells, file: &CaseFile) {
        let measure = self.subject.measure.and_then(|id| file.measures.iter().find(|m| m.id == id));
        let (before, word) = match (self.subject.kind, measure) {
            (CaseEvent::Excluded, _) => (file.case.case_filed_on, "立案日期"),
            (_, None) => (file.case.decided_on, "处罚决定日期"),
            (CaseEvent::LiftingServed | CaseEvent::Tracked, Some(m)) => (m.lifted_on, "解除日期"),
            (CaseEvent::TransferProposed | CaseEvent::TransferDecided, Some(_)) => (None, ""),
            (CaseEvent::Challenged, Some(m)) => (m.police_on, "公安机关答复日期"),
            (_, Some(m)) => (m.from_on.or(m.served_on).or(m.decided_on), "措施起始日期"),
        };
        cells.in_order((before, word), (Some(self.happened_on), self.subject.kind.label(), "happened_on"));
        if self.subject.kind == CaseEvent::TransferDecided
            && let Some(handed) = measure.and_then(|m| m.decided_on)
            && handed < self.happened_on
        {
            cells.refuse("happened_on", format!("移送决定日期晚于移送日期（{handed}），请核对。"));
        }
    }
}
