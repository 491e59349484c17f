//! `/blacklist/new?unit=`: proposing a unit, with the grounds that the rules give as a first draft.

use crate::base::ability::Review;
use crate::blacklist;
use crate::history::WriteError;
use crate::units::{self, Unit};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "blacklist/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    unit: Unit,
    area: String,
}

impl NewPage {
    fn of(visit: &Visit, form: Form, unit: Unit) -> Self {
        Self { frame: visit.frame("拟列入名单"), form, area: visit.app.directory.name(unit.county_id), unit }
    }
}

async fn unit(visit: &mut Visit, typed: Option<&str>) -> Result<Unit, Error> {
    let id = typed.and_then(|id| Uuid::try_parse(id).ok()).ok_or(Error::NotFound)?;
    let scope = visit.scope();
    units::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Review>()?;
    let asked = visit.asked("unit").map(str::to_owned);
    let unit = unit(&mut visit, asked.as_deref()).await?;
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let rules = blacklist::rules(visit.connection()).await?;
    let found = blacklist::candidates(visit.connection(), &scope, campaign, (today, &rules), Some(unit.id)).await?;
    let mut cells = visit.cells();
    cells.set("unit", unit.id.to_string());
    cells.set("grounds", found.first().map(|c| c.grounds(&rules)).unwrap_or_default());
    let form = visit.form(cells);
    page(&NewPage::of(&visit, form, unit))
}

/// Proposes it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let typed = form.value("unit").to_owned();
    let unit = unit(&mut visit, Some(&typed)).await?;
    let Some(grounds) = form.cells.required("grounds", "请写明列入事由。") else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(unit.county_id)?;
    match blacklist::propose(&mut writing, &permit, (visit.campaign.id, unit.id), &grounds).await {
        Ok(id) => visit.done(writing, &form, &paths::blacklisting(id), Flash::done("已登记为拟列入名单（内部研究）。")).await,
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form, unit))
        }
        Err(error) => Err(error.into()),
    }
}
