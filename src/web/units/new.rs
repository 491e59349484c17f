//! `/units/new`: a unit, and its first problem on the same page.

use super::fields::Lists;
use crate::base::ability::Enter;
use crate::history::{WriteError, Writing};
use crate::problems::{self, NewProblem, ProblemChanges};
use crate::self_inspections;
use crate::units::{self, NewUnit, Unit};
use crate::vocabulary::{Source, kinds};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Posted, Visit, choices, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    lists: Lists,
    kinds: Vec<Choice>,
    sources: Vec<Choice>,
    county_name: String,
    same: Option<Unit>,
}

/// What 保存并录下一条 keeps.
const KEPT: [&str; 4] = ["township", "industry", "status", "permit_class"];

fn shown(visit: &Visit, form: Form, same: Option<Unit>) -> NewPage {
    let county = visit.viewer.actor.county;
    NewPage {
        frame: visit.frame("新增排污单位"),
        form,
        lists: Lists::of(visit, county),
        kinds: choices(kinds().iter().map(|k| (k.code, k.title()))),
        sources: words::<Source>(),
        county_name: visit.app.directory.name(county),
        same,
    }
}

/// The form; what the last entry shares with the next is filled in.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let mut cells = visit.cells();
    cells.set("status", "operating").set("source", Source::SelfInspection.code());
    // A line of a list from outside brings its own name, code and address.
    for name in KEPT.into_iter().chain(["name", "credit_code", "address"]) {
        if let Some(value) = visit.asked(name) {
            cells.set(name, value);
        }
    }
    page(&shown(&visit, visit.form(cells), None))
}

/// Registers the unit, and its first problem in the same transaction.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let county = visit.viewer.actor.county;
    form.cells.set("county", county.to_string());
    let unit = NewUnit::read(&mut form.cells, |text| visit.app.directory.read(text));
    // What was typed of a problem is meant, ticked or not; a script that hides the fields does not send them.
    let typed = ["problem", "problem_kind"].iter().any(|name| !form.value(name).trim().is_empty());
    let with_problem = typed || form.cells.tick("with_problem");
    if with_problem {
        form.cells.set("with_problem", "yes");
    }
    let problem = if with_problem { ProblemChanges::read(&mut form.cells) } else { None };
    let same = match &unit {
        Some(unit) => units::same_as(visit.connection(), county, &unit.facts).await?,
        None => None,
    };
    if let Some(same) = &same {
        // A form that comes again finds what it made itself: it is sent there, and not told that somebody was quicker.
        drop(visit.write(&form).await?);
        let field = if same.credit_code.is_some() { "credit_code" } else { "name" };
        form.cells.refuse(field, format!("该单位已登记为“{}”。请打开已有记录；确为另一厂区的，请填写“厂区”。", same.title()));
    }
    let (Some(unit), true) = (unit, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, same));
    };
    let mut writing = visit.write(&form).await?;
    let id = match save(&mut writing, &visit, &unit, problem).await {
        Ok(id) => id,
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, None));
        }
        Err(error) => return Err(error.into()),
    };
    let name = &unit.facts.name;
    if form.value("then") == "next" {
        let kept: Vec<(&str, &str)> = KEPT.iter().map(|n| (*n, form.value(n))).collect();
        let next = paths::with(paths::UNITS_NEW, &kept);
        return visit.done(writing, &form, &next, Flash::done(format!("已登记“{name}”，请录下一条。"))).await;
    }
    visit.done(writing, &form, &paths::unit(id), Flash::done(format!("已登记“{name}”。"))).await
}

async fn save(writing: &mut Writing, visit: &Visit, unit: &NewUnit, problem: Option<ProblemChanges>) -> Result<Uuid, WriteError> {
    let permit = writing.permit::<Enter>(unit.county)?;
    let id = units::add(writing, &permit, unit).await?;
    if let Some(facts) = problem {
        let own = facts.source == Some(Source::SelfInspection);
        let (campaign, found_on) = (visit.campaign.id, facts.found_on);
        problems::add(writing, &permit, &NewProblem { campaign, unit: id, recurrence_of: None, facts }).await?;
        if own {
            self_inspections::found_some(writing, &permit, campaign, id, found_on).await?;
        }
    }
    Ok(id)
}
