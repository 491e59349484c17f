//! `/ledger/new?unit=`: a new violation of a unit and its case, in one form and one transaction.

use super::form::{CaseFields, county_name, refused};
use crate::base::ability::EnterCase;
use crate::history::{WriteError, Writing};
use crate::ledger::{self, CaseChanges, CaseProblem, Grounds, NewCase};
use crate::problems::{self, NewProblem, ProblemChanges};
use crate::self_inspections;
use crate::units::{self, Unit};
use crate::vocabulary::{Source, kinds};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/violation.html")]
struct ViolationPage {
    frame: Frame,
    form: Form,
    fields: CaseFields,
    unit: Unit,
    county: String,
    problems: Vec<CaseProblem>,
    kinds: Vec<Choice>,
    sources: Vec<Choice>,
    sent_down: String,
}

async fn shown(visit: &mut Visit, form: Form, unit: Unit) -> Result<ViolationPage, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let problems = ledger::problems_of_unit(visit.connection(), &scope, campaign, unit.id).await?;
    let sent_down = Source::ALL.iter().filter(|s| s.sent_down()).map(|s| s.code()).collect::<Vec<_>>().join("|");
    Ok(ViolationPage {
        frame: visit.frame("登记案件"),
        fields: CaseFields::of(visit, None),
        county: county_name(visit, unit.county_id),
        kinds: choices(kinds().iter().map(|k| (k.code, k.title()))),
        sources: choices(Source::ALL.iter().map(|s| (s.code(), s.label()))),
        sent_down: format!("source={sent_down}"),
        form,
        unit,
        problems,
    })
}

/// The form, and the unit's problems that stand already.
pub async fn get(mut visit: Visit, unit: &str) -> Answer {
    let unit = find(&mut visit, unit).await?;
    let mut cells = visit.cells();
    cells
        .set("unit", unit.id.to_string())
        .set("respondent", &*unit.name)
        .set("handled_by", Grounds::of(&visit.viewer.actor, &[]).handler.code());
    let form = visit.form(cells);
    page(&shown(&mut visit, form, unit).await?)
}

/// Makes both.
pub async fn post(mut visit: Visit, mut form: Form) -> Answer {
    let unit = find(&mut visit, form.value("unit")).await?;
    let grounds = Grounds::typed(&visit.viewer.actor, &form.cells);
    let problem = ProblemChanges::read(&mut form.cells);
    let case = CaseChanges::read(&mut form.cells, &grounds);
    let (Some(mut problem), Some(case)) = (problem, case) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, unit).await?);
    };
    // The form's one remark is the case's.
    problem.remark = None;
    let new = NewProblem { campaign: visit.campaign.id, unit: unit.id, recurrence_of: None, facts: problem };
    let mut writing = visit.write(&form).await?;
    match make(&mut writing, &unit, &new, case).await {
        Ok(id) => visit.done(writing, &form, &paths::case(id), Flash::done("问题和案件已登记。")).await,
        Err(error) => {
            drop(writing);
            refused(&mut form, error)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, unit).await?)
        }
    }
}

async fn make(writing: &mut Writing, unit: &Unit, new: &NewProblem, facts: CaseChanges) -> Result<Uuid, WriteError> {
    let permit = writing.permit::<EnterCase>(unit.county_id)?;
    let problem = problems::add(writing, &permit, new).await?;
    if new.facts.source == Some(Source::SelfInspection) {
        self_inspections::found_some(writing, &permit, new.campaign, unit.id, new.facts.found_on).await?;
    }
    ledger::add(writing, &permit, &NewCase { campaign_id: new.campaign, problems: vec![problem], facts }).await
}

/// The unit, if the viewer may see it: else 404.
async fn find(visit: &mut Visit, id: &str) -> Result<Unit, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let scope = visit.scope();
    units::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}
