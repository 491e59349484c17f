//! What is typed of an order: issuing, answering, checking, raising.

use super::order::Order;
use crate::base::{Cells, CountyId};
use crate::vocabulary::{SupervisionLevel, SupervisionMatter, SupervisionState};
use chrono::NaiveDate;
use uuid::Uuid;

/// An order to be issued.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Whom it asks.
    pub county: CountyId,
    /// 提醒, 督办 or 约谈.
    pub level: SupervisionLevel,
    /// What it is about.
    pub about: SupervisionMatter,
    /// The problem.
    pub problem: Option<Uuid>,
    /// The case.
    pub case: Option<Uuid>,
    /// The order whose 销号 did not last.
    pub recurrence_of: Option<Uuid>,
    /// 督办事项.
    pub matter: String,
    /// 督办要求.
    pub requirement: String,
    /// Issued.
    pub issued_on: NaiveDate,
    /// Due.
    pub due_on: NaiveDate,
}

impl NewOrder {
    /// Reads `level`, `about`, `matter`, `requirement`, `issued_on`, `due_on`; the county and what it is tied to are known.
    pub fn read(cells: &mut Cells, county: CountyId) -> Option<Self> {
        let level = chosen(cells, "level", SupervisionLevel::read, "请选择督办层级。");
        let about = chosen(cells, "about", SupervisionMatter::read, "请选择督办事由。");
        let matter = cells.required("matter", "请写明督办事项。");
        let requirement = cells.required("requirement", "请写明督办要求。");
        let issued_on = day(cells, "issued_on", "请填写下达日期。");
        let due_on = day(cells, "due_on", "请填写办理时限。");
        cells.not_in_future("issued_on", "下达日期", issued_on);
        cells.in_order((issued_on, "下达日期"), (due_on, "办理时限", "due_on"));
        if !cells.clean() {
            return None;
        }
        let (problem, case, recurrence_of) = (None, None, None);
        Some(Self {
            county,
            level: level?,
            about: about?,
            problem,
            case,
            recurrence_of,
            matter: matter?,
            requirement: requirement?,
            issued_on: issued_on?,
            due_on: due_on?,
        })
    }
}

/// The county's answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its day.
    pub on: NaiveDate,
    /// What was done.
    pub text: String,
    /// Who answers for it.
    pub person: String,
}

impl Reply {
    /// Reads `replied_on`, `reply`, `person`.
    pub fn read(cells: &mut Cells, order: &Order) -> Option<Self> {
        let on = day(cells, "replied_on", "请填写回复日期。");
        let text = cells.required("reply", "请写明办理情况。");
        let person = cells.required("person", "请填写责任人。");
        cells.not_in_future("replied_on", "回复日期", on);
        cells.in_order((Some(order.issued_on), "下达日期"), (on, "回复日期", "replied_on"));
        if !cells.clean() {
            return None;
        }
        Some(Self { on: on?, text: text?, person: person? })
    }
}

/// What the city decides after its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 销号.
    Close,
    /// 退回, with a new due date.
    Return(NaiveDate),
}

/// A look on the spot.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its day.
    pub on: NaiveDate,
    /// Who went: two people.
    pub people: Vec<String>,
    /// What they saw.
    pub note: String,
    /// What follows.
    pub verdict: Verdict,
}

impl Check {
    /// Reads `checked_on`, `checker_1`, `checker_2`, `note`, `verdict` (`close`, `return`) and `due_on` of a return. Two different
    /// people look; only what the county has answered is sent back.
    pub fn read(cells: &mut Cells, order: &Order) -> Option<Self> {
        let on = day(cells, "checked_on", "请填写核查日期。");
        let first = cells.required("checker_1", "请填写核查人。");
        let second = cells.required("checker_2", "现场核查须两人，请填写第二名核查人。");
        if first.is_some() && first == second {
            cells.refuse("checker_2", "两名核查人不能相同。");
        }
        let note = cells.required("note", "请写明现场核查情况。");
        cells.not_in_future("checked_on", "核查日期", on);
        cells.in_order((Some(order.issued_on), "下达日期"), (on, "核查日期", "checked_on"));
        let verdict = match cells.raw("verdict") {
            "close" => Some(Verdict::Close),
            "return" if order.state() != SupervisionState::Replied => {
                cells.refuse("verdict", "县（区）尚未回复，不能退回。");
                None
            }
            "return" => day(cells, "due_on", "退回的，请填写新的办理时限。").map(Verdict::Return),
            _ => {
                cells.refuse("verdict", "请选择核查结论。");
                None
            }
        };
        if let Some(Verdict::Return(due)) = verdict {
            cells.in_order((on, "核查日期"), (Some(due), "办理时限", "due_on"));
        }
        if !cells.clean() {
            return None;
        }
        Some(Self { on: on?, people: vec![first?, second?], note: note?, verdict: verdict? })
    }
}

/// Raising an order to the next level.
#[derive(Clone, Debug)]
pub struct Escalation {
    /// Its day.
    pub on: NaiveDate,
    /// To which level.
    pub level: SupervisionLevel,
    /// The new due date.
    pub due_on: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Escalation {
    /// Reads `escalated_on`, `due_on`, `reason`; the level is the next one, and no other.
    pub fn read(cells: &mut Cells, order: &Order) -> Option<Self> {
        let on = day(cells, "escalated_on", "请填写提级日期。");
        let due_on = day(cells, "due_on", "请填写新的办理时限。");
        let reason = cells.required("reason", "请写明提级理由。");
        cells.not_in_future("escalated_on", "提级日期", on);
        cells.in_order((Some(order.issued_on), "下达日期"), (on, "提级日期", "escalated_on"));
        cells.in_order((on, "提级日期"), (due_on, "办理时限", "due_on"));
        let level = order.next_level();
        if level.is_none() {
            cells.refuse("", "该督办单已销号或已是最高层级，不能提级。");
        }
        if !cells.clean() {
            return None;
        }
        Some(Self { on: on?, level: level?, due_on: due_on?, reason: reason? })
    }
}

fn day(cells: &mut Cells, name: &str, missing: &str) -> Option<NaiveDate> {
    let date = cells.date(name);
    if date.is_none() && cells.error(name).is_none() {
        cells.refuse(name, missing);
    }
    date
}

fn chosen<T>(cells: &mut Cells, name: &str, read: impl Fn(&str) -> Option<T>, missing: &str) -> Option<T> {
    let word = cells.choice(name, read);
    if word.is_none() && cells.error(name).is_none() {
        cells.refuse(name, missing);
    }
    word
}
