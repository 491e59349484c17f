//! `/bodies/{county}/report-phone`: 举报电话 of a body, as the public page shows it.

use super::index::BodiesPage;
use crate::base::ability::Administer;
use crate::base::{CITY, CountyId};
use crate::counties;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit, page_with};
use axum::http::StatusCode;

/// Saves it; an empty one takes it off the public page.
pub async fn post(mut visit: Visit, Path(code): Path<String>, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let county = CountyId::from_code(&code).filter(|id| visit.app.directory.find(*id).is_some()).ok_or(Error::NotFound)?;
    let mut form = visit.posted(posted);
    let phone = form.cells.text("report_phone").unwrap_or_default();
    let sign = |c: char| c.is_ascii_digit() || " -—()（）、，,转".contains(c);
    if phone.chars().count() > 60 || !phone.chars().all(sign) {
        form.cells.refuse("report_phone", "请填写电话号码，多个号码用顿号分开。");
        let shown = BodiesPage::of(&mut visit, form, Some(county)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    counties::set_report_phone(&mut writing, &permit, county, &phone).await?;
    visit.done(writing, &form, paths::BODIES, Flash::done("举报电话已保存。")).await
}
