//! `/problems/{id}/{step}`: start, completion, verification, extension, ending, and the way back of the last of them. Each is an
//! act with a page of its own.

use super::new::problem_of;
use crate::base::ability::Enter;
use crate::base::{Cells, Permit, dates};
use crate::history::{WriteError, Writing};
use crate::look_backs;
use crate::problems::{self, Completion, Ending, Extension, LastStep, Problem, Return, Start, Verification};
use crate::units::Unit;
use crate::vocabulary::EndedAs;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

/// A step, as its address says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// 方案备案, 开工.
    Start,
    /// 整改完成.
    Completion,
    /// 核查销号.
    Verification,
    /// 延期.
    Extension,
    /// 以关代改, 移交, 不属实.
    Ending,
    /// The last step is taken back.
    Return,
}

impl Step {
    const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Completion => "completion",
            Self::Verification => "verification",
            Self::Extension => "extension",
            Self::Ending => "ending",
            Self::Return => "return",
        }
    }

    fn title(self, problem: &Problem) -> &'static str {
        match self {
            Self::Start => "方案备案与开工",
            Self::Completion => "登记整改完成",
            Self::Verification => "核查销号",
            Self::Extension => "整改延期",
            Self::Ending => "其他办结",
            Self::Return => problem.last_step().map_or("退回整改", way_back),
        }
    }

    /// Why a problem is not ready for the step; `None` when it is.
    fn barred(self, problem: &Problem) -> Option<&'static str> {
        let ended = problem.ended_on.is_some();
        match self {
            Self::Return if problem.last_step().is_none() => Some("该问题尚未登记整改完成，没有可退回的步骤。"),
            Self::Return => None,
            _ if ended => Some("该问题已办结。"),
            Self::Verification if problem.completed_on.is_none() => Some("请先登记整改完成，再核查销号。"),
            // A list that came in tells the day alone; who verified is named afterwards.
            Self::Verification if problem.verified_on.is_some() && !problem.verified_by_two() => None,
            Self::Verification | Self::Ending if problem.verified_on.is_some() => Some("该问题已销号。"),
            Self::Start | Self::Completion | Self::Extension if problem.completed_on.is_some() => Some("该问题已登记整改完成。"),
            _ => None,
        }
    }
}

/// What taking a step back is called.
pub const fn way_back(step: LastStep) -> &'static str {
    match step {
        LastStep::Completed => "退回整改",
        LastStep::Verified => "撤回销号",
        LastStep::Ended => "撤回办结",
    }
}

#[derive(Template)]
#[template(path = "problems/step.html")]
struct StepPage {
    frame: Frame,
    form: Form,
    step: Step,
    problem: Problem,
    unit: Unit,
    endings: Vec<Choice>,
}

impl StepPage {
    fn due(&self) -> String {
        self.problem.due_on.map(dates::short).unwrap_or_default()
    }

    fn title(&self) -> &'static str {
        self.step.title(&self.problem)
    }

    /// Why a completion is taken back; of other steps there is only one reason.
    fn reasons(&self) -> Vec<Choice> {
        let asked = self.problem.last_step() == Some(LastStep::Completed);
        if asked { vec![Choice::new("failed", "核查未通过"), Choice::new("mistaken", "登记有误")] } else { Vec::new() }
    }
}

fn shown(visit: &Visit, form: Form, step: Step, problem: Problem, unit: Unit) -> StepPage {
    StepPage { frame: visit.frame(step.title(&problem)), form, step, problem, unit, endings: words::<EndedAs>() }
}

async fn allowed(visit: &mut Visit, id: Uuid) -> Result<(Problem, Unit), Error> {
    let (problem, unit) = problem_of(visit, id).await?;
    visit.insist_in::<Enter>(problem.county_id)?;
    Ok((problem, unit))
}

/// Why a step cannot be taken, if so: the problem is not ready for it, or something rests on the step that would be taken back.
async fn barred(visit: &mut Visit, step: Step, problem: &Problem) -> Result<Option<&'static str>, Error> {
    let barred = step.barred(problem);
    if barred.is_some() || step != Step::Return || problem.last_step() != Some(LastStep::Verified) {
        return Ok(barred);
    }
    let scope = visit.scope();
    if problems::recurred(visit.connection(), &scope, problem.id).await? {
        return Ok(Some("该问题已登记反弹，不能撤回销号。"));
    }
    let drawn = look_backs::drawn(visit.connection(), &scope, problem.id).await?;
    Ok(drawn.then_some("该问题已抽入回头看，不能撤回销号；未整改到位的，请在回头看中登记结果。"))
}

fn part(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// The fields of the plan that two people may change at once.
const PLAN: [(&str, &str); 6] = [
    ("plan_filed_on", "方案备案日期"),
    ("begun_on", "开工整改日期"),
    ("measures", "改正措施"),
    ("schedule", "工程进度"),
    ("funds", "资金保障"),
    ("responsible_person", "责任人员"),
];

/// The plan as it stands, as the cells of its form.
fn plan_of(problem: &Problem, today: NaiveDate) -> Cells {
    let day = |date: Option<NaiveDate>| date.map(dates::short).unwrap_or_default();
    let mut cells = Cells::new(today);
    cells
        .set("plan_filed_on", day(problem.plan_filed_on))
        .set("begun_on", day(problem.begun_on))
        .set("measures", part(&problem.measures))
        .set("schedule", part(&problem.plan_schedule))
        .set("funds", part(&problem.plan_funds))
        .set("responsible_person", part(&problem.responsible_person))
        .set("version", problem.version.to_string());
    cells
}

/// The form, with today where a day is asked.
pub async fn get(mut visit: Visit, Path((id, step)): Path<(Uuid, Step)>) -> Answer {
    let (problem, unit) = allowed(&mut visit, id).await?;
    if let Some(reason) = barred(&mut visit, step, &problem).await? {
        return Err(Error::Conflict(reason.to_owned()));
    }
    let mut cells = visit.cells();
    let today = dates::short(visit.today());
    match step {
        Step::Completion => cells.set("completed_on", today),
        Step::Verification => match problem.verified_on {
            None => cells.set("verified_on", today),
            Some(day) => cells
                .set("verified_on", dates::short(day))
                .set("verifier_1", problem.verifiers.first().cloned().unwrap_or_default())
                .set("note", part(&problem.verification_note))
                .set("version", problem.version.to_string()),
        },
        Step::Ending => cells.set("ended_on", today).set("ended_as", problem.to_be_ended().map_or("", EndedAs::code)),
        Step::Return => cells.set("returned_on", today).set("version", problem.version.to_string()),
        Step::Start => {
            cells = plan_of(&problem, visit.today());
            &mut cells
        }
        Step::Extension => &mut cells,
    };
    let form = visit.form(cells);
    page(&shown(&visit, form, step, problem, unit))
}

/// What was read from the form of a step.
enum Read {
    Start(Start),
    Completion(Completion),
    Verification(Verification),
    /// Who verified what is struck off already, and the version that was seen.
    Names(Verification, i32),
    Extension(Extension),
    Ending(Ending),
    Return(Return),
}

fn read(step: Step, cells: &mut Cells, problem: &Problem) -> Option<Read> {
    match step {
        Step::Start => Start::read(cells, problem).map(Read::Start),
        Step::Completion => Completion::read(cells, Some(problem)).map(Read::Completion),
        Step::Verification if problem.verified_on.is_some() => {
            let seen = cells.raw("version").parse().unwrap_or(0);
            Verification::read(cells, Some(problem)).map(|named| Read::Names(named, seen))
        }
        Step::Verification => Verification::read(cells, Some(problem)).map(Read::Verification),
        Step::Extension => Extension::read(cells, problem).map(Read::Extension),
        Step::Ending => Ending::read(cells, Some(problem)).map(Read::Ending),
        Step::Return => Return::read(cells, problem).map(Read::Return),
    }
}

async fn take(writing: &mut Writing, permit: &Permit<Enter>, problem: &Problem, read: &Read) -> Result<(), WriteError> {
    let id = problem.id;
    match (read, problem.due_on) {
        (Read::Start(step), _) => problems::start(writing, permit, id, step).await,
        (Read::Completion(step), _) => problems::complete(writing, permit, id, step).await,
        (Read::Verification(step), _) => problems::verify(writing, permit, id, step).await,
        (Read::Names(step, seen), _) => problems::name_verifiers(writing, permit, (id, *seen), step).await,
        (Read::Extension(step), Some(due)) => problems::extend(writing, permit, id, due, step).await,
        (Read::Extension(_), None) => Err(WriteError::Stale),
        (Read::Ending(step), _) => problems::end(writing, permit, id, step).await,
        (Read::Return(step), _) => problems::take_step_back(writing, permit, id, step).await,
    }
}

/// Takes the step.
pub async fn post(mut visit: Visit, Path((id, step)): Path<(Uuid, Step)>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let (problem, unit) = allowed(&mut visit, id).await?;
    if barred(&mut visit, step, &problem).await?.is_some() {
        // A second press of the same button goes where the first led.
        drop(visit.write(&form).await?);
        return again(&mut visit, form, id, step).await;
    }
    let Some(read) = read(step, &mut form.cells, &problem) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, step, problem, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(problem.county_id)?;
    match (take(&mut writing, &permit, &problem, &read).await, &read) {
        (Err(WriteError::Stale), Read::Start(start)) => {
            drop(writing);
            let seen = start.version.unwrap_or_default();
            let status = form.beaten(&mut visit, (id, seen), &problem, plan_of, &PLAN).await?;
            return page_with(status, &shown(&visit, form, step, problem, unit));
        }
        (Err(WriteError::Stale), _) => {
            drop(writing);
            return again(&mut visit, form, id, step).await;
        }
        (taken, _) => taken?,
    }
    let (to, more) = match step {
        // Two people and photographs: that is what a verification on the spot is known by.
        Step::Verification => (format!("{}#evidence", paths::problem(id)), "请添加现场照片。"),
        _ => (paths::problem(id), ""),
    };
    visit.done(writing, &form, &to, Flash::done(format!("{}：已保存。{more}", step.title(&problem)))).await
}

/// Somebody was quicker: the form with what was typed, over the problem as it stands.
async fn again(visit: &mut Visit, mut form: Form, id: Uuid, step: Step) -> Answer {
    let (problem, unit) = allowed(visit, id).await?;
    let beaten = "您打开此页之后，该问题已被他人修改，本次没有保存，未覆盖对方。请核对后再保存。";
    form.cells.refuse("", barred(visit, step, &problem).await?.unwrap_or(beaten));
    form.cells.set("version", problem.version.to_string());
    page_with(StatusCode::CONFLICT, &shown(visit, form, step, problem, unit))
}
