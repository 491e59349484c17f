//! A tip as typed: by an office, by its answerer, by the public.

use super::tip::Tip;
use crate::base::{Cells, text};
use crate::vocabulary::{TipSource, VerifiedAs};
use chrono::NaiveDate;

/// Who reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Contact {
    /// As the reporter says it; may be empty.
    pub name: String,
    /// May be empty.
    pub phone: String,
}

impl Contact {
    /// Reads `reporter` and `reporter_phone`; nothing must be there.
    pub fn read(cells: &mut Cells) -> Self {
        let name = cells.text("reporter").unwrap_or_default();
        let phone = cells.text("reporter_phone").unwrap_or_default();
        if phone.chars().count() > 40 {
            cells.refuse("reporter_phone", "电话过长，请核对。");
        }
        if name.chars().count() > 40 {
            cells.refuse("reporter", "姓名过长，请核对。");
        }
        Self { name, phone }
    }

    /// Whether nothing is known of the reporter.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_empty()
    }

    /// The phone as it may stand on a page.
    pub fn masked_phone(&self) -> String {
        text::mask_phone(&self.phone)
    }
}

/// The facts of a tip as an office types them.
#[derive(Clone, Debug)]
pub struct TipChanges {
    /// By which way it came.
    pub source: TipSource,
    /// Its number there.
    pub number: String,
    /// Received.
    pub received_on: NaiveDate,
    /// 被举报单位或地点.
    pub target: String,
    /// What was reported.
    pub content: String,
    /// Passed on.
    pub assigned_on: Option<NaiveDate>,
    /// Due.
    pub due_on: Option<NaiveDate>,
    /// Who reported; only of a new tip.
    pub contact: Contact,
    /// The version that the editor saw.
    pub version: i32,
}

impl TipChanges {
    /// Reads `source`, `number`, `received_on`, `target`, `content`, `assigned_on`, `due_on` and the fields of [`Contact`].
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let source = cells.choice("source", TipSource::read);
        if source.is_none() && cells.error("source").is_none() {
            cells.refuse("source", "请选择举报渠道。");
        }
        let received_on = cells.date("received_on");
        if received_on.is_none() && cells.error("received_on").is_none() {
            cells.refuse("received_on", "请填写收到日期。");
        }
        let content = cells.required("content", "请填写举报内容。");
        let (number, target) = (cells.text("number").unwrap_or_default(), cells.text("target").unwrap_or_default());
        let (assigned_on, due_on) = (cells.date("assigned_on"), cells.date("due_on"));
        cells.not_in_future("received_on", "收到日期", received_on);
        cells.not_in_future("assigned_on", "交办日期", assigned_on);
        cells.in_order((received_on, "收到日期"), (assigned_on, "交办日期", "assigned_on"));
        cells.in_order((assigned_on.or(received_on), "交办日期"), (due_on, "办理时限", "due_on"));
        let contact = Contact::read(cells);
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        let (source, received_on, content) = (source?, received_on?, content?);
        Some(Self { source, number, received_on, target, content, assigned_on, due_on, contact, version })
    }
}

/// What was found, and what the reporter was told.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 属实, 部分属实, 不属实 …
    pub answer: VerifiedAs,
    /// Its day.
    pub on: NaiveDate,
    /// What was found and done.
    pub note: String,
    /// What the reporter was told.
    pub told: String,
    /// When.
    pub told_on: Option<NaiveDate>,
    /// The version that the editor saw.
    pub version: i32,
}

impl Answer {
    /// Reads `answer`, `answered_on`, `answer_note`, `told`, `told_on`.
    pub fn read(cells: &mut Cells, tip: &Tip) -> Option<Self> {
        let answer = cells.choice("answer", VerifiedAs::read);
        if answer.is_none() && cells.error("answer").is_none() {
            cells.refuse("answer", "请选择核实情况。");
        }
        let on = cells.date("answered_on");
        if on.is_none() && cells.error("answered_on").is_none() {
            cells.refuse("answered_on", "请填写答复日期。");
        }
        let note = cells.required("answer_note", "请写明核实和处理情况。");
        let (told, told_on) = (cells.text("told").unwrap_or_default(), cells.date("told_on"));
        if told_on.is_some() && told.is_empty() {
            cells.refuse("told", "请写明告知举报人的内容。");
        }
        if tip.problem_id.is_some() && answer.is_some_and(|a| !a.confirms()) {
            cells.refuse("answer", "该举报件已转为问题。核实结果有变的，请先在问题中办结为不属实。");
        }
        cells.not_in_future("answered_on", "答复日期", on);
        cells.not_in_future("told_on", "告知日期", told_on);
        cells.in_order((Some(tip.received_on), "收到日期"), (on, "答复日期", "answered_on"));
        cells.in_order((Some(tip.received_on), "收到日期"), (told_on, "告知日期", "told_on"));
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { answer: answer?, on: on?, note: note?, told, told_on, version })
    }
}

/// What somebody outside reports by the public form.
#[derive(Clone, Debug)]
pub struct FromOutside {
    /// 被举报单位或地点.
    pub target: String,
    /// What was seen.
    pub content: String,
    /// Who, if they say so.
    pub contact: Contact,
}

impl FromOutside {
    /// Most characters of a report.
    const MOST: usize = 2_000;

    /// Reads `target`, `content` and the fields of [`Contact`], which may stay empty.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let target = cells.required("target", "请填写被举报单位的名称或排污地点。");
        let content = cells.required("content", "请写明看到的排污情况。");
        if content.as_ref().is_some_and(|c| c.chars().count() > Self::MOST) {
            cells.refuse("content", "内容请控制在2000字以内。");
        }
        if target.as_ref().is_some_and(|t| t.chars().count() > 200) {
            cells.refuse("target", "请控制在200字以内。");
        }
        let contact = Contact::read(cells);
        cells.clean().then_some(())?;
        Some(Self { target: target?, content: content?, contact })
    }
}
