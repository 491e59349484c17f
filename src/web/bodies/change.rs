//! `/bodies/{county}`: the name that a body bears from a day on. The same day again corrects that name.

use super::index::BodiesPage;
use crate::base::ability::Administer;
use crate::base::{CITY, CountyId};
use crate::counties::{self, BodyChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit, page_with};
use axum::http::StatusCode;

/// Saves it.
pub async fn post(mut visit: Visit, Path(code): Path<String>, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let county = CountyId::from_code(&code).filter(|id| visit.app.directory.find(*id).is_some()).ok_or(Error::NotFound)?;
    let mut form = visit.posted(posted);
    let Some(changes) = BodyChanges::read(&mut form.cells) else {
        let shown = BodiesPage::of(&mut visit, form, Some(county)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    counties::change_body(&mut writing, &permit, county, &changes).await?;
    let flash = Flash::done(format!("已保存：{}自{}起使用。", changes.full_name, crate::base::dates::long(changes.valid_from)));
    visit.done(writing, &form, paths::BODIES, flash).await
}
