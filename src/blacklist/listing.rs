//! One entry of the list, and how far it has come.

use crate::base::{Cells, CountyId};
use crate::calendar::Calendar;
use chrono::NaiveDate;
use uuid::Uuid;

/// Working days for objections at least.
const OBJECTION_DAYS: usize = 5;

/// An entry as stored, with its unit.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The campaign.
    pub campaign_id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its credit code.
    pub credit_code: Option<String>,
    /// 列入事由.
    pub grounds: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_on: NaiveDate,
    /// 告知书文号.
    pub notice_number: Option<String>,
    /// 告知书送达日期.
    pub notice_served_on: Option<NaiveDate>,
    /// The last day for objections.
    pub objection_until: Option<NaiveDate>,
    /// What the unit objected.
    pub objection: Option<String>,
    /// When.
    pub objection_on: Option<NaiveDate>,
    /// What was answered.
    pub objection_answer: Option<String>,
    /// 法规审核: by whom.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_on: Option<NaiveDate>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_on: Option<NaiveDate>,
    /// 决定文号.
    pub decision_number: Option<String>,
    /// Who withdrew it.
    pub withdrawn_by: Option<String>,
    /// When.
    pub withdrawn_on: Option<NaiveDate>,
    /// Why.
    pub withdrawn_reason: Option<String>,
}

/// How far an entry has come; computed from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 拟列入名单(内部研究).
    Proposed,
    /// The notice was served.
    Notified,
    /// The legal officer has reviewed it.
    Reviewed,
    /// On the list.
    Listed,
    /// Off it again.
    Withdrawn,
}

impl State {
    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "拟列入名单（内部研究）",
            Self::Notified => "拟列入，已告知",
            Self::Reviewed => "拟列入，已法规审核",
            Self::Listed => "已列入",
            Self::Withdrawn => "已撤销",
        }
    }

    /// Its colour: a kind of `_shell/badge.html`.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Proposed | Self::Withdrawn => "idle",
            Self::Notified | Self::Reviewed => "warn",
            Self::Listed => "late",
        }
    }
}

impl Entry {
    /// How far it has come.
    pub fn state(&self) -> State {
        match self {
            Self { withdrawn_on: Some(_), .. } => State::Withdrawn,
            Self { decided_on: Some(_), .. } => State::Listed,
            Self { reviewed_on: Some(_), .. } => State::Reviewed,
            Self { notice_served_on: Some(_), .. } => State::Notified,
            _ => State::Proposed,
        }
    }

    /// Why it may not be decided on a day; none: it may.
    pub fn decision_refused(&self, today: NaiveDate) -> Option<String> {
        let Some(until) = self.objection_until else { return Some("尚未送达告知书，不能决定列入。".to_owned()) };
        if today <= until {
            return Some(format!("异议期至{until}，期满后方可决定列入。"));
        }
        if self.objection.is_some() && self.objection_answer.is_none() {
            return Some("单位已提出异议，请先登记复核意见。".to_owned());
        }
        self.reviewed_on.is_none().then(|| "列入名单须先经法规审核。".to_owned())
    }
}

/// A notice as typed.
#[derive(Clone, Debug)]
pub struct Notice {
    /// 文号.
    pub number: String,
    /// 送达日期.
    pub served_on: NaiveDate,
    /// The last day for objections.
    pub until: NaiveDate,
}

impl Notice {
    /// Reads `notice_number`, `notice_served_on`, `objection_until`; without the last, five working days from service.
    pub fn read(cells: &mut Cells, calendar: &Calendar, proposed_on: NaiveDate) -> Option<Self> {
        let number = cells.required("notice_number", "请填写告知书文号。");
        let served = cells.date("notice_served_on");
        if served.is_none() && cells.error("notice_served_on").is_none() {
            cells.refuse("notice_served_on", "请填写送达日期。");
        }
        cells.not_in_future("notice_served_on", "送达日期", served);
        cells.in_order((Some(proposed_on), "拟列入日期"), (served, "送达日期", "notice_served_on"));
        let least = served.map(|on| calendar.after_working_days(on, OBJECTION_DAYS));
        let until = cells.date("objection_until").or(least);
        if let (Some(least), Some(until)) = (least, until)
            && until < least
        {
            cells.refuse("objection_until", format!("异议期不少于5个工作日，应不早于{least}。"));
        }
        cells.clean().then_some(())?;
        Some(Self { number: number?, served_on: served?, until: until? })
    }
}

/// An objection of the unit with the answer to it, as typed.
#[derive(Clone, Debug)]
pub struct Objection {
    /// What was objected.
    pub text: String,
    /// When.
    pub on: NaiveDate,
    /// What was answered, once it was.
    pub answer: Option<String>,
}

impl Objection {
    /// Reads `objection`, `objection_on`, `objection_answer`.
    pub fn read(cells: &mut Cells, entry: &Entry) -> Option<Self> {
        let text = cells.required("objection", "请填写异议内容。");
        let on = cells.date("objection_on");
        if on.is_none() && cells.error("objection_on").is_none() {
            cells.refuse("objection_on", "请填写提出日期。");
        }
        cells.not_in_future("objection_on", "提出日期", on);
        cells.in_order((entry.notice_served_on, "告知书送达日期"), (on, "提出日期", "objection_on"));
        let answer = cells.text("objection_answer");
        cells.clean().then_some(())?;
        Some(Self { text: text?, on: on?, answer })
    }
}

/// A decision as typed.
#[derive(Clone, Debug)]
pub struct Decision {
    /// 文号.
    pub number: String,
}

impl Decision {
    /// Reads `decision_number`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        cells.required("decision_number", "请填写决定文号。").map(|number| Self { number })
    }
}
