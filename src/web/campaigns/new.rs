//! `/campaigns/new`: a further campaign; all areas report in it.

use super::edit::CampaignPage;
use crate::base::ability::Administer;
use crate::base::{CITY, Cells};
use crate::campaigns::{self, CampaignChanges};
use crate::history::WriteError;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Posted, Visit, page, page_with};
use axum::http::StatusCode;

/// The form; the contacts are left empty, so that nobody's number is made up.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<Administer>()?;
    let mut cells: Cells = visit.cells();
    cells.set("issuer", &*visit.viewer.body_name).set("ranking_floor", "20");
    page(&CampaignPage::of(&visit, visit.form(cells), None))
}

/// Opens it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let mut form = visit.posted(posted);
    let Some(new) = CampaignChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &CampaignPage::of(&visit, form, None));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    match campaigns::add(&mut writing, &permit, &new).await {
        Ok(_) => visit.done(writing, &form, paths::CAMPAIGNS, Flash::done(format!("已新增“{}”。", new.title))).await,
        Err(WriteError::Refused { field, text }) => {
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &CampaignPage::of(&visit, form, None))
        }
        Err(error) => Err(error.into()),
    }
}
