//! `/ledger/new`: a case over a problem that stands, or (`violation.rs`) over a new one; and 转入台账, the one
//! click from a problem's page.

use super::form::{CaseFields, refused};
use super::{pick, violation};
use crate::base::ability::EnterCase;
use crate::ledger::{self, CaseChanges, CaseProblem, Grounds, NewCase};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    fields: CaseFields,
    problem: CaseProblem,
}

impl NewPage {
    fn of(visit: &Visit, form: Form, problem: CaseProblem) -> Self {
        Self { frame: visit.frame("登记案件"), form, fields: CaseFields::of(visit, None), problem }
    }
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<EnterCase>()?;
    let (asked, unit) = (visit.asked("problem").map(str::to_owned), visit.asked("unit").map(str::to_owned));
    let Some(asked) = asked else {
        return match unit {
            Some(unit) => violation::get(visit, &unit).await,
            None => pick::get(visit).await,
        };
    };
    let over = problem(&mut visit, &asked).await?;
    let mut cells = visit.cells();
    cells.set("handled_by", Grounds::of(&visit.viewer.actor, &[]).handler.code());
    cells.set("problem_id", over.id.to_string()).set("respondent", &*over.unit_name);
    cells.set("clue_received_on", over.clue_day().map(crate::base::dates::short).unwrap_or_default());
    let form = visit.form(cells);
    page(&NewPage::of(&visit, form, over))
}

/// Makes the case.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<EnterCase>()?;
    let mut form = visit.posted(posted);
    if form.value("problem_id").is_empty() {
        return violation::post(visit, form).await;
    }
    let over = problem(&mut visit, form.value("problem_id")).await?;
    let grounds = Grounds::of(&visit.viewer.actor, std::slice::from_ref(&over));
    let Some(facts) = CaseChanges::read(&mut form.cells, &grounds) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form, over));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(over.county_id)?;
    let new = NewCase { campaign_id: over.campaign_id, problems: vec![over.id], facts };
    match ledger::add(&mut writing, &permit, &new).await {
        Ok(id) => visit.done(writing, &form, &paths::case(id), Flash::done("案件已登记。")).await,
        Err(error) => {
            drop(writing);
            refused(&mut form, error)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form, over))
        }
    }
}

/// Makes a case over a problem at once. A problem that is in the ledger already is shown there: a second case over it is
/// made on the page of a new case.
pub async fn to_ledger(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<EnterCase>()?;
    let form = visit.posted(posted);
    let over = problem(&mut visit, &id.to_string()).await?;
    let scope = visit.scope();
    let standing = ledger::of_problem(visit.connection(), &scope, id).await?;
    let mut writing = visit.write(&form).await?;
    if let Some(case) = standing.first() {
        let flash = Flash::warn("该问题已在台账中，已为您打开原案件；确需另立一案的，请使用“另立案件”。");
        return visit.done(writing, &form, &paths::case(case.id), flash).await;
    }
    let permit = writing.permit(over.county_id)?;
    let handler = Grounds::of(&visit.viewer.actor, &[]).handler;
    let facts = CaseChanges::blank(handler, Some(over.unit_name.clone()), over.clue_day());
    let new = NewCase { campaign_id: over.campaign_id, problems: vec![id], facts };
    let case = ledger::add(&mut writing, &permit, &new).await?;
    visit.done(writing, &form, &paths::case(case), Flash::done("已转入台账，请补充办案信息。")).await
}

/// The problem, if the viewer may see it: else 404.
async fn problem(visit: &mut Visit, id: &str) -> Result<CaseProblem, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let scope = visit.scope();
    ledger::problem(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}
