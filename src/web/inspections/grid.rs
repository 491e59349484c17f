//! `/inspections/grid?township=`: who keeps a township (网格员), which officers go there, and when.

use crate::base::ability::Enter;
use crate::history::WriteError;
use crate::inspections::{self, Grid, GridChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "inspections/grid.html")]
struct GridPage {
    frame: Frame,
    form: Form,
    township: String,
}

fn shown(visit: &Visit, form: Form, township: String) -> GridPage {
    GridPage { frame: visit.frame("网格与计划"), form, township }
}

/// The township of the viewer's county that is meant; one that no list knows may be a unit's own word.
fn township(said: Option<&str>) -> Result<String, Error> {
    said.map(crate::base::text::tidy).filter(|t| !t.is_empty() && t.chars().count() <= 40).ok_or(Error::NotFound)
}

/// The form.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    visit.asked_county()?;
    let township = township(visit.asked("township"))?;
    let (scope, county, campaign) = (visit.scope(), visit.viewer.actor.county, visit.campaign.id);
    let kept = inspections::grid_of(visit.connection(), &scope, county, campaign, &township).await?;
    let cells = kept.unwrap_or_else(|| Grid { township: township.clone(), ..Grid::default() }).cells(visit.today());
    page(&shown(&visit, visit.form(cells), township))
}

/// Keeps it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let township = township(Some(form.value("township")))?;
    let Some(changes) = GridChanges::read(&mut form.cells, &township) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, township));
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    match inspections::keep_grid(&mut writing, &permit, visit.campaign.id, &changes).await {
        Ok(()) => visit.done(writing, &form, paths::COVERAGE, Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            form.cells.refuse("", "您编辑期间，他人修改了本网格。您填写的内容尚未保存，请打开本网格的新内容核对后重新填写。");
            page_with(StatusCode::CONFLICT, &shown(&visit, form, township))
        }
        Err(error) => Err(error.into()),
    }
}
