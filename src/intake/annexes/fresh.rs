//! What a row brings that does not stand yet: a unit, its self-inspection, a problem, a case.

use super::canon::NOT_INSPECTED;
use super::edits::{lay_case, lay_problem};
use super::measures;
use super::row::Row;
use super::standing::Table;
use crate::annexes::{Annex, Owner};
use crate::base::{Cells, CountyId};
use crate::intake::Terms;
use crate::intake::preview::Finding;
use crate::intake::units::{as_told, read_with_doubts};
use crate::ledger::{CaseChanges, Grounds, MeasureChanges};
use crate::problems::{Brought, Completion, NewProblem, ProblemChanges, ProgressOn, Verification};
use crate::self_inspections::SelfInspectionChanges;
use crate::units::{NewUnit, UnitChanges};
use crate::vocabulary::{HandledBy, Progress, SelfInspectionState, Source};
use chrono::NaiveDate;
use uuid::Uuid;

/// Something read, and what should be checked; or everything that is wrong. What is large comes in a box: it is handed on several
/// times before it is written.
pub type Fresh<T> = Result<(T, Vec<Finding>), Vec<Finding>>;

fn read<T>(row: &Row<'_>, mut cells: Cells, read: impl Fn(&mut Cells) -> Option<T>) -> Fresh<T> {
    let (read, doubts) = read_with_doubts(&mut cells, read);
    let told = |messages: &[crate::base::Message]| -> Vec<Finding> {
        messages.iter().map(|m| row.teller.finding(&m.field, as_told(&m.text))).collect()
    };
    read.map(|read| (read, told(&doubts))).ok_or_else(|| told(cells.errors()))
}

/// The unit that a row names.
pub fn unit_of(row: &Row<'_>, county: CountyId, table: Table<'_>, terms: &Terms<'_>) -> Fresh<Box<NewUnit>> {
    let mut cells = Cells::new(terms.today);
    for column in table.annex.columns().iter().filter(|c| c.owner == Owner::Unit && c.id != "county") {
        let value = row.value(column.id);
        cells.set(column.id, if column.id == "credit_code" && value == "/" { "" } else { value });
    }
    read(row, cells, UnitChanges::read).map(|(mut facts, doubts)| {
        facts.code_confirmed = false;
        (Box::new(NewUnit { county, facts }), doubts)
    })
}

/// Whether a row of annex 1 tells of a problem.
pub fn tells_problem(row: &Row<'_>, annex: Annex) -> bool {
    match annex {
        Annex::One => row.tells(&["problem_kind", "problem"]) || row.value("has_problem") == "some",
        Annex::Two => row.tells(&["problem_kind", "problem", "found_on", "source"]) || tells_case(row),
    }
}

/// Whether a row of annex 2 tells of a case.
pub fn tells_case(row: &Row<'_>) -> bool {
    row.tells(&[
        "case_number",
        "order_on",
        "order_number",
        "case_filed_on",
        "decided_on",
        "decision_number",
        "fine",
        "daily_penalty",
        "seized_on",
        "production_limit_kind",
        "production_limit_on",
        "detention_transfer_persons",
        "criminal_transfer_persons",
        "other_measures",
    ])
}

/// The self-inspection that a row of annex 1 tells of, if it does.
pub fn self_inspection_of(row: &Row<'_>, terms: &Terms<'_>) -> Fresh<Option<Box<SelfInspectionChanges>>> {
    let problem = tells_problem(row, Annex::One);
    let found = match row.value("has_problem") {
        "none" if problem => {
            let reason = "已填写问题，“是否发现问题”却为“否”，请核对。";
            return Err(vec![row.teller.finding("has_problem", reason)]);
        }
        found @ ("some" | "none") => found,
        _ if problem => "some",
        _ => "",
    };
    let told = row.value("self_inspection");
    let reason = row.value("has_problem").strip_prefix(NOT_INSPECTED).map(|r| r.trim_matches(['（', '）'])).unwrap_or_default();
    let done = !found.is_empty() || (told.is_empty() && reason.is_empty() && !row.value("self_inspected_on").is_empty());
    let state = match (told, done) {
        (_, true) => "inspected",
        ("", false) => SelfInspectionState::read(reason).map_or("", SelfInspectionState::code),
        (told, false) => told,
    };
    if state.is_empty() {
        return Ok((None, Vec::new()));
    }
    let mut cells = Cells::new(terms.today);
    cells.set("self_inspection", state).set("has_problem", found).set("self_inspected_on", row.value("self_inspected_on"));
    read(row, cells, SelfInspectionChanges::read).map(|(changes, doubts)| (Some(Box::new(changes)), doubts))
}

/// The problem that a row tells of; its unit is filled in when it is written.
pub fn problem_of(row: &Row<'_>, table: Table<'_>, terms: &Terms<'_>) -> Fresh<Box<Brought>> {
    let mut cells = Cells::new(terms.today);
    for column in table.annex.columns().iter().filter(|c| c.owner == Owner::Problem) {
        if !matches!(column.id, "completed_on" | "verified_on") {
            lay_problem(&mut cells, column.id, row.value(column.id));
        }
    }
    let mut doubts = Vec::new();
    let mut notes = row.notes.clone();
    let number = row.value("source_number");
    if !number.is_empty() && row.value("source").is_empty() {
        doubts.push(row.teller.finding("source_number", format!("未填问题来源，“{number}”未作为来源编号导入，请补填来源。")));
        notes.push(format!("来源编号：{number}"));
    }
    if !notes.is_empty() {
        let written = row.value("remark");
        let gap = if written.is_empty() { "" } else { "；" };
        cells.set("remark", format!("{written}{gap}{}", notes.join("；")));
    }
    if table.annex == Annex::One {
        cells.set("source", Source::SelfInspection.code()).set("found_on", row.value("self_inspected_on"));
    }
    let found: Option<NaiveDate> = cells.raw("found_on").parse().ok();
    let verified: Option<NaiveDate> = row.value("verified_on").parse().ok();
    let completed: Option<NaiveDate> = row.value("completed_on").parse().ok();
    let completed = match (table.annex, completed, verified) {
        (Annex::Two, None, Some(verified)) => {
            doubts.push(row.teller.finding("verified_on", "本表没有完成日期，完成日期按复查日期登记，请核对。"));
            Some(verified)
        }
        (_, completed, _) => completed,
    };
    if verified.is_some() && completed.is_none() {
        cells.refuse("completed_on", "已填核查日期的，请同时填写实际完成日期。");
    }
    cells.in_order((found, "发现日期"), (completed, "实际完成日期", "completed_on"));
    cells.in_order((completed, "实际完成日期"), (verified, "核查日期", "verified_on"));
    cells.not_in_future("completed_on", "实际完成日期", completed);
    cells.not_in_future("verified_on", "核查日期", verified);
    doubts.extend(progress_doubt(row, completed, verified));
    doubts.extend(verified_doubt(row, verified));
    let wrong = cells.errors().to_vec();
    let facts = read(row, cells, ProblemChanges::read);
    let (facts, said) = match facts {
        Ok(read) if wrong.is_empty() => read,
        Ok(_) => return Err(wrong.iter().map(|m| row.teller.finding(&m.field, m.text.clone())).collect()),
        Err(findings) => return Err(findings),
    };
    doubts.extend(said);
    let brought = Brought {
        new: NewProblem { campaign: table.campaign.id, unit: Uuid::nil(), recurrence_of: None, facts },
        completed: completed.map(|completed_on| Completion { completed_on, note: None }),
        verified: verified.map(|verified_on| Verification { verified_on, verifiers: Vec::new(), note: None }),
        ended: None,
    };
    Ok((Box::new(brought), doubts))
}

/// A progress that the dates do not bear out is told; progress is never typed.
pub fn progress_doubt(row: &Row<'_>, completed: Option<NaiveDate>, verified: Option<NaiveDate>) -> Option<Finding> {
    let told = Progress::from_code(row.value("progress"))?;
    let plan_filed_on = row.value("plan_filed_on").parse().ok();
    let dates = ProgressOn { plan_filed_on, completed_on: completed, verified_on: verified, ..ProgressOn::default() };
    // None of them lies in the future: those are refused.
    let shown = dates.at(NaiveDate::MAX);
    let lacks = |what: &str| format!("整改进展由日期得出，请补填{what}。");
    // A table of one's own may leave out a day that stands.
    let look = |what: &str| format!("整改进展由日期得出，请核对{what}。");
    let said = match told {
        told if told == shown => return None,
        // What is verified was completed.
        Progress::Completed if shown == Progress::Verified => return None,
        Progress::Verified => lacks("核查日期"),
        Progress::Completed => lacks("实际完成日期"),
        Progress::InProgress if shown.open() => look("开工整改日期（在问题页面填写）"),
        Progress::PlanFiled if shown.open() => look("方案备案日期"),
        Progress::NotStarted | Progress::PlanFiled | Progress::InProgress => {
            format!("整改进展由日期得出，按日期为“{}”，请核对。", shown.label())
        }
        ended @ (Progress::ClosedDown | Progress::Transferred | Progress::Unfounded) => {
            lacks(&format!("{}的日期和理由（请在问题页面办理）", ended.label()))
        }
    };
    Some(row.teller.finding("progress", said))
}

/// 销号 without its day is told; it is never typed.
pub fn verified_doubt(row: &Row<'_>, verified: Option<NaiveDate>) -> Option<Finding> {
    let untold = verified.is_none() && row.value("verified") == "yes";
    untold.then(|| row.teller.finding("verified", "是否销号由核查日期得出，请填写核查日期。"))
}

/// A case with its measures.
type Case = (Box<CaseChanges>, Vec<MeasureChanges>);

/// The case that a row of annex 2 tells of, if it does.
pub fn case_of(row: &Row<'_>, terms: &Terms<'_>, grounds: &Grounds) -> Fresh<Option<Case>> {
    if !tells_case(row) {
        return Ok((None, Vec::new()));
    }
    let mut cells = Cells::new(terms.today);
    for field in
        ["case_number", "respondent", "order_on", "order_number", "case_filed_on", "decided_on", "decision_number", "fine"]
    {
        cells.set(field, row.value(field));
    }
    lay_case(&mut cells, "other_measures", row.value("other_measures"));
    let handler = row.value("handled_by");
    cells.set("handled_by", if handler.is_empty() { HandledBy::CountyBureau.code() } else { handler });
    let (case, mut doubts) = read(row, cells, |c| CaseChanges::read(c, grounds))?;
    let (measures, said) = measures::of_row(row, terms, grounds)?;
    doubts.extend(said);
    if row.tells(&["exposed_on", "exposure_media"]) {
        doubts.push(row.teller.finding("exposed_on", "曝光须经法规审核后登记，本次未导入曝光情况，请审核后在案件页面登记。"));
    }
    Ok((Some((Box::new(case), measures)), doubts))
}

/// What reading a case of this row needs to know.
pub fn grounds_of(row: &Row<'_>, terms: &Terms<'_>) -> Grounds {
    let mut cells = Cells::new(terms.today);
    cells.set("found_on", row.value("found_on"));
    cells.set("problem_kind", row.value("problem_kind").split('；').next().unwrap_or_default());
    Grounds::typed(terms.actor, &cells)
}
