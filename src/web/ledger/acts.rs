//! Acts on a case that need no form of their own: 法规审核, 移送市局办理 and back, 撤除.

use super::form::{load, load_mine};
use crate::base::ability::LegalReview;
use crate::ledger;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Path, Posted, Visit};
use uuid::Uuid;

/// 法规审核 of a decided case.
pub async fn review(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let version = form.value("version").parse().unwrap_or(0);
    visit.insist::<LegalReview>()?;
    let county = load(&mut visit, id).await?.case.county_id;
    visit.insist_in::<LegalReview>(county)?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(county)?;
    ledger::review(&mut writing, &permit, id, version).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done("已登记法规审核，可以登记曝光。")).await
}

/// The county hands the case to the city's bureau.
pub async fn hand_to_city(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let county = load_mine(&mut visit, id).await?.case.county_id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(county)?;
    ledger::hand_to_city(&mut writing, &permit, id).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done("已移送市局办理，后续由市生态环境局登记。")).await
}

/// The city's bureau gives the case back to the county.
pub async fn hand_back(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let county = load_mine(&mut visit, id).await?.case.county_id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(county)?;
    ledger::hand_back(&mut writing, &permit, id).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done("已退回县（区）办理，后续由县（区）登记。")).await
}

/// Takes away a case entered by mistake.
pub async fn remove(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let county = load_mine(&mut visit, id).await?.case.county_id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(county)?;
    ledger::remove(&mut writing, &permit, id).await?;
    visit.done(writing, &form, paths::LEDGER, Flash::done("案件已撤除，问题仍在“问题与整改”中；操作日志留有原内容。")).await
}
