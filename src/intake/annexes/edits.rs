//! Changed cells of a line that stands, mapped back to the facts that own them. Each fact is read by the function that reads its
//! form, so a file can say nothing that a form would refuse.

use super::canon::{NOT_INSPECTED, WITH_ABOVE};
use super::canons::Canons;
use super::measures;
use super::row::Row;
use super::standing::{Table, canons};
use crate::annexes::{Line as Stood, Owner};
use crate::base::ability::may_bring_case;
use crate::base::text::name_key;
use crate::base::{Cells, CountyId, Scope};
use crate::intake::Terms;
use crate::intake::act::{Act, Fields, UnitRef};
use crate::intake::preview::Finding;
use crate::intake::units::{as_told, read_with_doubts};
use crate::ledger::{self, Case, CaseChanges, CaseProblem, ExposureChanges, Grounds};
use crate::problems::{self, Problem, ProblemChanges};
use crate::self_inspections::{self, SelfInspection, SelfInspectionChanges};
use crate::units::{self, Unit, UnitChanges};
use crate::vocabulary::{Discretion, SelfInspectionState, Source};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// What is edited: a line that stands, and the cells that change.
pub struct Editing<'a> {
    pub table: Table<'a>,
    pub terms: &'a Terms<'a>,
    pub scope: &'a Scope,
    pub row: &'a Row<'a>,
    pub line: &'a Stood,
    pub changes: &'a Canons,
}

/// The writes, and what should be checked; or everything that is wrong.
pub type Edits = Result<(Vec<Act>, Vec<Finding>), Vec<Finding>>;

impl Editing<'_> {
    /// All edits of the line.
    pub async fn acts(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let (mut acts, mut doubts, mut bad) = (Vec::new(), Vec::new(), Vec::new());
        let parts = [
            self.unit(connection).await?,
            self.self_inspection(connection).await?,
            self.problem(connection).await?,
            self.case(connection).await?,
            self.exposure(connection).await?,
            self.measures(connection).await?,
        ];
        for part in parts {
            match part {
                Ok((more, said)) => {
                    acts.extend(more);
                    doubts.extend(said);
                }
                Err(findings) => bad.extend(findings),
            }
        }
        Ok(if bad.is_empty() { Ok((acts, doubts)) } else { Err(bad) })
    }

    /// The changed columns of an owner.
    fn of(&self, owner: Owner) -> Vec<(&'static str, &str)> {
        let columns = self.table.annex.columns().iter().filter(|c| c.owner == owner);
        columns.filter_map(|c| Some((c.id, self.changes.get(c.id)?.value.as_str()))).collect()
    }

    /// Reads what was laid into `cells`; what cannot be is told at the file's cells.
    fn read<T>(&self, mut cells: Cells, read: impl Fn(&mut Cells) -> Option<T>) -> Result<(T, Vec<Finding>), Vec<Finding>> {
        let (read, doubts) = read_with_doubts(&mut cells, read);
        let told = |messages: &[crate::base::Message]| -> Vec<Finding> {
            messages.iter().map(|m| self.row.teller.finding(&m.field, as_told(&m.text))).collect()
        };
        match read {
            Some(read) => Ok((read, told(&doubts))),
            None => Err(told(cells.errors())),
        }
    }

    fn refuse(&self, field: &str, reason: impl Into<String>) -> Edits {
        Err(vec![self.row.teller.finding(field, reason)])
    }

    async fn unit(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let changes = self.of(Owner::Unit);
        if changes.is_empty() {
            return Ok(NOTHING);
        }
        let Some(unit) = units::find(connection, self.scope, self.line.unit_id).await? else {
            return Ok(self.refuse("name", "登记簿中已没有该单位，请核对。"));
        };
        let fields = owned(&changes);
        let cells = unit_cells(&unit, &fields, self.terms.today);
        let (changed, doubts) = match self.read(cells, UnitChanges::read) {
            Ok(read) => read,
            Err(findings) => return Ok(Err(findings)),
        };
        let told_apart = fields.iter().find(|(field, _)| matches!(*field, "credit_code" | "name" | "site"));
        if let Some((field, _)) = told_apart
            && let Some(other) = units::same_as(connection, unit.county_id, &changed).await?
            && other.id != unit.id
        {
            return Ok(self.refuse(field, format!("改后与登记簿中的“{}”是同一单位，请核对。", other.name)));
        }
        Ok(Ok((vec![Act::EditUnit(UnitRef::Known(unit.id), fields)], doubts)))
    }

    async fn self_inspection(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let changes = self.of(Owner::SelfInspection);
        if changes.is_empty() {
            return Ok(NOTHING);
        }
        let (campaign, unit) = (self.table.campaign.id, self.line.unit_id);
        let stood = self_inspections::find(connection, self.scope, campaign, unit).await?;
        let told_apart = self.row.cells.contains("self_inspection");
        let fields: Fields = owned(&changes)
            .into_iter()
            .filter(|(field, told)| !(*field == "has_problem" && told_apart && told.starts_with(NOT_INSPECTED)))
            .collect();
        if fields.is_empty() {
            return Ok(NOTHING);
        }
        let cells = inspection_cells(stood.as_ref(), &fields, self.terms.today);
        if cells.raw("self_inspection").is_empty() {
            return Ok(self.refuse("self_inspection", "自查状态不能改为空白，请填写自查状态。"));
        }
        let county = CountyId(self.line.county_id);
        if cells.raw("has_problem") == "none" && self_inspections::self_found(connection, county, campaign, unit).await? {
            return Ok(self.refuse("has_problem", self_inspections::BESIDE_PROBLEMS));
        }
        Ok(self.read(cells, SelfInspectionChanges::read).map(|(_, doubts)| (vec![Act::EditInspection(unit, fields)], doubts)))
    }

    async fn problem(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let mut changes = self.of(Owner::Problem);
        let remark_of_case = self.line.tells_case() && self.line.remark.is_none() && self.line.case_remark.is_some();
        changes.retain(|(field, _)| *field != "remark" || !remark_of_case);
        let Some(id) = self.line.problem_id.filter(|_| !changes.is_empty()) else { return Ok(NOTHING) };
        let Some(problem) = problems::find(connection, self.scope, id).await? else {
            return Ok(self.refuse("problem", "该问题已不存在，请核对。"));
        };
        if changes.iter().any(|(f, _)| *f == "remark") && self.line.tells_case() && self.line.case_remark.is_some() {
            return Ok(self.refuse("remark", "此备注合并了问题与案件两处的备注，请在页面上分别修改。"));
        }
        let fields = owned(&changes);
        let (cells, ..) = problem_cells(&problem, &fields, self.terms.today);
        if !cells.errors().is_empty() {
            let told = cells.errors().iter().map(|m| self.row.teller.finding(&m.field, m.text.clone()));
            return Ok(Err(told.collect()));
        }
        Ok(self.read(cells, ProblemChanges::read).map(|(_, doubts)| (vec![Act::EditProblem(id, fields)], doubts)))
    }

    async fn case(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let mut changes = self.of(Owner::Case);
        changes.retain(|(field, _)| !matches!(*field, "exposed_on" | "exposure_media"));
        if self.line.tells_case() && self.line.remark.is_none() && self.line.case_remark.is_some() {
            changes.extend(self.changes.get("remark").map(|c| ("remark", c.value.as_str())));
        }
        if changes.is_empty() {
            return Ok(NOTHING);
        }
        if let Some(refused) = self.not_here(&changes) {
            return Ok(refused);
        }
        let Some(id) = self.line.case_id else { return Ok(NOTHING) };
        let Some(file) = ledger::open(connection, self.scope, id).await? else {
            return Ok(self.refuse("case_number", "该案件已不存在，请核对。"));
        };
        if let Some(refused) = self.not_ours(&file.case) {
            return Ok(refused);
        }
        let fields = owned(&changes);
        let cells = case_cells(&file.case, &fields, self.terms.today);
        let grounds = Grounds::of(self.terms.actor, &self.as_corrected(file.problems));
        Ok(match self.read(cells, |c| CaseChanges::read(c, &grounds)) {
            Ok((changed, doubts)) => match file.case.decision_refused(changed.decided_on) {
                Some(reason) => self.refuse("decided_on", reason),
                None => Ok((vec![Act::EditCase(id, fields)], doubts)),
            },
            Err(findings) => Err(findings),
        })
    }

    /// Problems of a case, of which this line's may be corrected in the same row.
    pub fn as_corrected(&self, mut problems: Vec<CaseProblem>) -> Vec<CaseProblem> {
        if let Some(found) = self.changes.get("found_on") {
            let own = problems.iter_mut().filter(|p| Some(p.id) == self.line.problem_id);
            own.for_each(|p| p.found_on = found.value.parse().ok());
        }
        problems
    }

    /// What the city handles is entered by the city.
    fn not_ours(&self, case: &Case) -> Option<Edits> {
        let refused = !may_bring_case(self.terms.actor, case.handler().city_direct());
        refused.then(|| self.refuse("handled_by", OF_THE_CITY))
    }

    /// The problem that stands without a case, where its cells of handling were filled in or its remark says 同案.
    pub async fn without_case(&self, connection: &mut PgConnection) -> Result<Option<CaseProblem>, sqlx::Error> {
        let handled = [Owner::Case, Owner::Measure].into_iter().flat_map(|owner| self.of(owner));
        let handled = handled.into_iter().any(|(field, _)| !matches!(field, "exposed_on" | "exposure_media"));
        let same = self.row.counted_above || self.changes.get("remark").is_some_and(|c| c.value.contains("同案"));
        match self.line.problem_id.filter(|_| self.line.case_id.is_none() && (handled || same)) {
            Some(problem) => ledger::problem(connection, self.scope, problem).await,
            None => Ok(None),
        }
    }

    /// Facts of a case stand on its first line only.
    fn not_here(&self, changes: &[(&'static str, &str)]) -> Option<Edits> {
        let further = self.line.case_id.is_some() && !self.line.tells_case();
        let shown = |field: &str| matches!(field, "handled_by" | "respondent");
        let (field, _) = changes.iter().find(|(field, _)| further && !shown(field))?;
        Some(self.refuse(field, "同一案件的文号、日期、金额和人数只在首行填写，请改在首行修改。"))
    }

    async fn exposure(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let mut changes = self.of(Owner::Case);
        changes.retain(|(field, _)| matches!(*field, "exposed_on" | "exposure_media"));
        if changes.is_empty() {
            return Ok(NOTHING);
        }
        if let Some(refused) = self.not_here(&changes) {
            return Ok(refused);
        }
        let file = match self.line.case_id {
            Some(id) => ledger::open(connection, self.scope, id).await?,
            None => None,
        };
        let Some(file) = file else { return Ok(self.refuse("exposed_on", "尚未立案处罚，不能登记曝光。")) };
        if let Some(refused) = self.not_ours(&file.case) {
            return Ok(refused);
        }
        if let Some(sentence) = file.case.exposure_refused() {
            return Ok(self.refuse("exposed_on", sentence));
        }
        let mut cells = file.case.cells(self.terms.today);
        for (field, value) in changes {
            cells.set(field, value);
        }
        let id = file.case.id;
        let expose = |changes| Act::Expose(id, Box::new(changes));
        let read = |c: &mut Cells| ExposureChanges::read(c, &file.case);
        Ok(self.read(cells, read).map(|(changes, doubts)| (vec![expose(changes)], doubts)))
    }

    async fn measures(&self, connection: &mut PgConnection) -> Result<Edits, sqlx::Error> {
        let changes = self.of(Owner::Measure);
        let Some(id) = self.line.case_id.filter(|_| !changes.is_empty()) else { return Ok(NOTHING) };
        if let Some(refused) = self.not_here(&changes) {
            return Ok(refused);
        }
        let Some(file) = ledger::open(connection, self.scope, id).await? else { return Ok(NOTHING) };
        if let Some(refused) = self.not_ours(&file.case) {
            return Ok(refused);
        }
        let ours = canons(self.table, self.line);
        Ok(measures::edits(self.row, self.terms, &file, (self.changes, &ours)))
    }
}

/// Why a county's file cannot bring a case that the city handles.
pub const OF_THE_CITY: &str = "市生态环境局办理的案件由市局录入，本行未导入。";

const NOTHING: Edits = Ok((Vec::new(), Vec::new()));

fn owned(changes: &[(&'static str, &str)]) -> Fields {
    changes.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// A unit's form with fields of the table laid over.
pub fn unit_cells(unit: &Unit, fields: &Fields, today: NaiveDate) -> Cells {
    let mut cells = unit.cells(today);
    for (field, value) in fields {
        match (*field, value.as_str()) {
            ("credit_code", "/") => cells.set(*field, ""),
            ("name", new) if name_key(new) != name_key(&unit.name) => {
                // Renamed: the register keeps the name it had.
                let mut former = unit.former_names.clone();
                former.retain(|name| name_key(name) != name_key(new));
                former.push(unit.name.clone());
                cells.set("former_names", former.join("、")).set(*field, new)
            }
            // A code that the file brings is confirmed by nobody.
            ("credit_code", code) => cells.set("no_code_reason", "").set("confirm_credit_code", "").set(*field, code),
            (_, value) => cells.set(*field, value),
        };
    }
    cells
}

/// A self-inspection's form with fields of the table laid over.
pub fn inspection_cells(stood: Option<&SelfInspection>, fields: &Fields, today: NaiveDate) -> Cells {
    let mut cells = stood.map_or_else(|| Cells::new(today), |s| s.cells(today));
    for (field, value) in fields {
        match (*field, value.as_str()) {
            ("has_problem", told) if told.starts_with(NOT_INSPECTED) => {
                let reason = told.trim_start_matches(NOT_INSPECTED).trim_matches(['（', '）']);
                let state = SelfInspectionState::read(reason).map_or("", SelfInspectionState::code);
                cells.set("self_inspection", state).set("has_problem", "")
            }
            ("has_problem", told @ ("some" | "none")) if cells.raw("self_inspection").is_empty() => {
                cells.set("self_inspection", "inspected").set(*field, told)
            }
            (_, value) => cells.set(*field, value),
        };
    }
    cells
}

/// A problem's form with fields of the table laid over, and its days of completion and verification; with what cannot be true
/// about those.
pub fn problem_cells(problem: &Problem, fields: &Fields, today: NaiveDate) -> (Cells, Option<NaiveDate>, Option<NaiveDate>) {
    let mut cells = problem.cells(today);
    let (mut completed, mut verified) = (problem.completed_on, problem.verified_on);
    for (field, value) in fields {
        match *field {
            "completed_on" => completed = value.parse().ok(),
            "verified_on" => verified = value.parse().ok(),
            field => lay_problem(&mut cells, field, value),
        }
    }
    // Annex 2 has no column for completion.
    if verified.is_some() && completed.is_none() && problem.source() != Source::SelfInspection {
        completed = verified;
    }
    cells.in_order((problem.found_on, "发现日期"), (completed, "实际完成日期", "completed_on"));
    cells.in_order((completed, "实际完成日期"), (verified, "核查日期", "verified_on"));
    cells.not_in_future("completed_on", "实际完成日期", completed);
    cells.not_in_future("verified_on", "核查日期", verified);
    if verified.is_some() && completed.is_none() {
        cells.refuse("completed_on", "已填核查日期的，请同时填写实际完成日期。");
    }
    (cells, completed, verified)
}

/// A case's form with fields of the table laid over.
pub fn case_cells(case: &Case, fields: &Fields, today: NaiveDate) -> Cells {
    let mut cells = case.cells(today);
    for (field, value) in fields {
        lay_case(&mut cells, field, value);
    }
    cells
}

/// Lays a cell of the table into the form of a problem.
pub fn lay_problem(cells: &mut Cells, field: &'static str, value: &str) {
    match field {
        "problem_kind" => {
            let mut codes = value.split('；').filter(|c| !c.is_empty());
            cells.set("problem_kind", codes.next().unwrap_or_default());
            cells.set("other_kinds", "");
            for code in codes {
                cells.push("other_kinds", code);
            }
        }
        "invested" if value == WITH_ABOVE => {
            cells.set("invested", "").set("invested_with_above", "yes");
        }
        "invested" => {
            cells.set("invested", value).set("invested_with_above", "");
        }
        _ => {
            cells.set(field, value);
        }
    }
}

/// Lays a cell of the table into the form of a case. 其他处理 holds several facts in words.
pub fn lay_case(cells: &mut Cells, field: &'static str, value: &str) {
    if field != "other_measures" {
        cells.set(field, value);
        return;
    }
    let (mut discretion, mut shut_down, mut rest) = (None, "", Vec::new());
    for part in value.split(['；', ';']).map(str::trim).filter(|p| !p.is_empty()) {
        match (Discretion::read(part), part) {
            (Some(read), _) if read.needs_reason() => discretion = Some(read),
            (_, "关停取缔") => shut_down = "yes",
            (_, "不予立案") => {}
            _ => rest.push(part),
        }
    }
    let before = Discretion::from_code(cells.raw("discretion")).filter(|d| !d.needs_reason());
    cells.set("discretion", discretion.or(before).map_or("", Discretion::code));
    cells.set("shut_down", shut_down).set("other_measures", rest.join("；"));
}
