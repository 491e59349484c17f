//! `/problems/new?unit=`: a problem of a unit; `?recurrence_of=` ties it to the one whose 销号 did not last.

use crate::base::ability::Enter;
use crate::history::{WriteError, Writing};
use crate::problems::{self, NewProblem, Problem, ProblemChanges};
use crate::self_inspections;
use crate::units::{self, Unit};
use crate::vocabulary::{Source, VerifiedAs, kinds};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Posted, Visit, choices, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// What a problem form offers to choose from.
#[derive(Clone, Debug)]
pub struct Lists {
    /// 问题类型.
    pub kinds: Vec<Choice>,
    /// 问题来源.
    pub sources: Vec<Choice>,
    /// 核实情况.
    pub answers: Vec<Choice>,
    /// The sources that are sent down, for the questions that only they have.
    pub sent_down: String,
}

impl Lists {
    /// The lists.
    pub fn all() -> Self {
        let sent: Vec<&str> = Source::ALL.iter().filter(|s| s.sent_down()).map(|s| s.code()).collect();
        Self {
            kinds: choices(kinds().iter().map(|k| (k.code, k.title()))),
            sources: words::<Source>(),
            answers: words::<VerifiedAs>(),
            sent_down: sent.join("|"),
        }
    }
}

#[derive(Template)]
#[template(path = "problems/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    lists: Lists,
    unit: Unit,
}

/// What 保存并录下一条 keeps.
const KEPT: [&str; 4] = ["source", "found_on", "due_on", "supervisor"];

async fn unit_asked(visit: &mut Visit, id: Option<Uuid>) -> Result<Unit, Error> {
    let scope = visit.scope();
    let unit = units::find(visit.connection(), &scope, id.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
    visit.insist_in::<Enter>(unit.county_id)?;
    Ok(unit)
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let Some(id) = visit.asked("unit").and_then(|id| id.parse().ok()) else {
        return Ok(crate::web::shell::see(paths::UNITS));
    };
    let unit = unit_asked(&mut visit, Some(id)).await?;
    let mut cells = visit.cells();
    cells.set("unit", unit.id.to_string()).set("source", Source::SelfInspection.code());
    for name in KEPT.into_iter().chain(["recurrence_of"]) {
        if let Some(value) = visit.asked(name) {
            cells.set(name, value);
        }
    }
    // What came back is mostly the same again.
    if let Some(old) = visit.asked("recurrence_of").and_then(|id| id.parse().ok()) {
        let (old, _) = problem_of(&mut visit, old).await?;
        cells.set("problem_kind", old.kind.unwrap_or_default()).set("problem", old.description.unwrap_or_default());
        if cells.raw("found_on").is_empty() {
            cells.set("found_on", crate::base::dates::short(visit.today()));
        }
    }
    let form = visit.form(cells);
    page(&NewPage { frame: visit.frame("登记问题"), form, lists: Lists::all(), unit })
}

/// Records it; a self-found problem also says that the unit has inspected itself.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let asked = form.value("unit").parse().ok();
    let unit = unit_asked(&mut visit, asked).await?;
    let Some(facts) = ProblemChanges::read(&mut form.cells) else {
        let page = NewPage { frame: visit.frame("登记问题"), form, lists: Lists::all(), unit };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let recurrence_of = form.value("recurrence_of").parse().ok();
    let mut writing = visit.write(&form).await?;
    let new = NewProblem { campaign: visit.campaign.id, unit: unit.id, recurrence_of, facts };
    let id = record(&mut writing, &unit, &new).await?;
    if form.value("then") == "next" {
        let unit_id = unit.id.to_string();
        let mut kept: Vec<(&str, &str)> = vec![("unit", &unit_id)];
        kept.extend(KEPT.iter().map(|n| (*n, form.value(n))));
        let next = paths::with(paths::PROBLEMS_NEW, &kept);
        return visit.done(writing, &form, &next, Flash::done("问题已登记，请录下一条。")).await;
    }
    visit.done(writing, &form, &paths::problem(id), Flash::done("问题已登记。")).await
}

async fn record(writing: &mut Writing, unit: &Unit, new: &NewProblem) -> Result<Uuid, WriteError> {
    let permit = writing.permit::<Enter>(unit.county_id)?;
    let id = problems::add(writing, &permit, new).await?;
    if new.facts.source == Some(Source::SelfInspection) {
        self_inspections::found_some(writing, &permit, new.campaign, unit.id, new.facts.found_on).await?;
    }
    Ok(id)
}

/// The problem of a path within the viewer's scope, with its unit.
pub async fn problem_of(visit: &mut Visit, id: Uuid) -> Result<(Problem, Unit), Error> {
    let scope = visit.scope();
    let problem = problems::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let unit = units::find(visit.connection(), &scope, problem.unit_id).await?.ok_or(Error::NotFound)?;
    Ok((problem, unit))
}
