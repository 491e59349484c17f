//! The steps of rectification: begin, extend, complete, verify, end otherwise. Each is an act with its own facts.

use super::problem::{LastStep, Problem};
use crate::base::{Cells, dates, text};
use crate::vocabulary::EndedAs;
use chrono::NaiveDate;

/// 开工整改 or 方案备案.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// 方案备案日期.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// The four parts of a plan (部令第30号〔2014〕第十六条): 改正措施.
    pub measures: Option<String>,
    /// 工程进度.
    pub schedule: Option<String>,
    /// 资金保障.
    pub funds: Option<String>,
    /// 责任人员.
    pub responsible_person: Option<String>,
    /// The version that the editor saw; none where no form showed what stands, which then stays where nothing is said.
    pub version: Option<i32>,
}

/// 整改完成.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The day.
    pub completed_on: NaiveDate,
    /// How it was mended.
    pub note: Option<String>,
}

/// 核查销号.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The day.
    pub verified_on: NaiveDate,
    /// Who.
    pub verifiers: Vec<String>,
    /// What they saw.
    pub note: Option<String>,
}

/// 延期.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The new due date.
    pub due_on: NaiveDate,
    /// Who approved.
    pub approved_by: String,
    /// When.
    pub approved_on: Option<NaiveDate>,
    /// 批准文号.
    pub number: String,
    /// Why.
    pub reason: String,
}

/// An extension as recorded.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Extended {
    /// The due date before.
    pub previous_due_on: NaiveDate,
    /// The new one.
    pub due_on: NaiveDate,
    /// Who approved.
    pub approved_by: String,
    /// When.
    pub approved_on: Option<NaiveDate>,
    /// 批准文号.
    pub number: String,
    /// Why.
    pub reason: String,
}

/// 以关代改, 移交, 不属实.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Which.
    pub ended_as: EndedAs,
    /// The day.
    pub ended_on: NaiveDate,
    /// Why.
    pub note: Option<String>,
}

/// 退回: the last step is taken back.
#[derive(Clone, Debug)]
pub struct Return {
    /// Which.
    pub step: LastStep,
    /// The day.
    pub returned_on: NaiveDate,
    /// Why.
    pub note: String,
    /// 核查未通过: it was begun and is not mended. Otherwise the step was entered in error.
    pub failed: bool,
    /// The version that the editor saw.
    pub version: i32,
}

fn day(cells: &mut Cells, field: &str, label: &str) -> Option<NaiveDate> {
    let date = cells.date(field);
    if date.is_none() && cells.error(field).is_none() {
        cells.refuse(field, format!("请填写{label}。"));
    }
    cells.not_in_future(field, label, date);
    date
}

impl Completion {
    /// Reads `completed_on` and `note`; not before the problem was found, its plan filed or its work begun.
    pub fn read(cells: &mut Cells, problem: Option<&Problem>) -> Option<Self> {
        let completed_on = day(cells, "completed_on", "完成日期");
        if let Some(p) = problem {
            cells.in_order((p.found_on, "发现日期"), (completed_on, "完成日期", "completed_on"));
            cells.in_order((p.plan_filed_on, "方案备案日期"), (completed_on, "完成日期", "completed_on"));
            cells.in_order((p.begun_on, "开工整改日期"), (completed_on, "完成日期", "completed_on"));
        }
        let note = cells.text("note");
        cells.clean().then_some(())?;
        Some(Self { completed_on: completed_on?, note })
    }
}

impl Verification {
    /// Reads `verified_on`, `verifier_1`, `verifier_2`, `note`. Two different names are required for kinds 07, 08, 15, 16
    /// and what was sent down; elsewhere one is asked about.
    pub fn read(cells: &mut Cells, problem: Option<&Problem>) -> Option<Self> {
        let verified_on = day(cells, "verified_on", "核查日期");
        if let Some(p) = problem {
            cells.in_order((p.completed_on, "完成日期"), (verified_on, "核查日期", "verified_on"));
        }
        let mut verifiers: Vec<String> = ["verifier_1", "verifier_2"].into_iter().filter_map(|f| cells.text(f)).collect();
        verifiers.dedup_by_key(|n| text::name_key(n));
        if verifiers.is_empty() {
            cells.refuse("verifier_1", "请填写核查人。");
        } else if verifiers.len() < 2 {
            if problem.is_some_and(Problem::needs_two_verifiers) {
                cells.refuse("verifier_2", "此类问题须由两名不同的人员核查，请填写第二名核查人。");
            } else {
                cells.ask("verifier_2", "核查一般由两人进行。确由一人核查的，请勾选。");
            }
        }
        let note = cells.text("note");
        cells.clean().then_some(())?;
        Some(Self { verified_on: verified_on?, verifiers, note })
    }
}

impl Extension {
    /// Reads `due_on`, `approved_by`, `approved_on`, `number`, `reason`; the new date must lie after the one in force.
    pub fn read(cells: &mut Cells, problem: &Problem) -> Option<Self> {
        let due_on = cells.date("due_on");
        if due_on.is_none() && cells.error("due_on").is_none() {
            cells.refuse("due_on", "请填写新的完成时限。");
        }
        match (problem.due_on, due_on) {
            (None, _) => cells.refuse("due_on", "该问题尚无完成时限，请直接在“编辑”中填写。"),
            (Some(old), Some(new)) if new <= old => {
                cells.refuse("due_on", format!("新时限须晚于现时限（{}）。", dates::short(old)));
            }
            _ => {}
        }
        let approved_by = cells.required("approved_by", "请填写批准人或批准单位。");
        let approved_on = cells.date("approved_on");
        cells.not_in_future("approved_on", "批准日期", approved_on);
        let (number, reason) = (cells.text("number").unwrap_or_default(), cells.text("reason").unwrap_or_default());
        cells.clean().then_some(())?;
        Some(Self { due_on: due_on?, approved_by: approved_by?, approved_on, number, reason })
    }
}

impl Ending {
    /// Reads `ended_as`, `ended_on`, `note`.
    pub fn read(cells: &mut Cells, problem: Option<&Problem>) -> Option<Self> {
        let ended_as = cells.choice("ended_as", EndedAs::read);
        if ended_as.is_none() && cells.error("ended_as").is_none() {
            cells.refuse("ended_as", "请选择办结方式。");
        }
        let ended_on = day(cells, "ended_on", "办结日期");
        if let Some(p) = problem {
            cells.in_order((p.found_on, "发现日期"), (ended_on, "办结日期", "ended_on"));
        }
        let note = cells.required("note", "请写明理由。");
        cells.clean().then_some(())?;
        Some(Self { ended_as: ended_as?, ended_on: ended_on?, note })
    }
}

impl Return {
    /// Reads `why` (`failed` or `mistaken`, asked where the problem is completed and no more), `returned_on`, `note` and `version`.
    pub fn read(cells: &mut Cells, problem: &Problem) -> Option<Self> {
        let why = cells.raw("why").to_owned();
        let last = problem.last_step();
        let asked = last == Some(LastStep::Completed);
        if asked && !matches!(&*why, "failed" | "mistaken") {
            cells.refuse("why", "请选择退回原因。");
        }
        let returned_on = day(cells, "returned_on", "退回日期");
        let note = cells.required("note", "请写明理由。");
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { step: last?, returned_on: returned_on?, note: note?, failed: asked && why == "failed", version })
    }
}

impl Start {
    /// Reads `plan_filed_on` and `begun_on`, one of which must be there, and the four parts of the plan.
    pub fn read(cells: &mut Cells, problem: &Problem) -> Option<Self> {
        let (plan_filed_on, begun_on) = (cells.date("plan_filed_on"), cells.date("begun_on"));
        if plan_filed_on.is_none() && begun_on.is_none() && cells.errors().is_empty() {
            cells.refuse("plan_filed_on", "请填写方案备案日期或开工整改日期。");
        }
        for (field, label, date) in [("plan_filed_on", "方案备案日期", plan_filed_on), ("begun_on", "开工整改日期", begun_on)]
        {
            cells.not_in_future(field, label, date);
            cells.in_order((problem.found_on, "发现日期"), (date, label, field));
        }
        let (measures, schedule, funds) = (cells.text("measures"), cells.text("schedule"), cells.text("funds"));
        let responsible_person = cells.text("responsible_person");
        let version = Some(cells.raw("version").parse().unwrap_or(0));
        cells.clean().then_some(Self { plan_filed_on, begun_on, measures, schedule, funds, responsible_person, version })
    }
}
