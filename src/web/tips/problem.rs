//! `/tips/{id}/problem`: a true tip becomes a problem of a unit, in one click.

use super::show::ShowPage;
use super::tip_of;
use crate::base::ability::Enter;
use crate::tips;
use crate::units;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit, page_with};
use axum::http::StatusCode;
use uuid::Uuid;

/// Makes it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let tip = tip_of(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    if let Some(why) = tip.problem_barred() {
        // A second press of the same button goes where the first led.
        drop(visit.write(&form).await?);
        form.cells.refuse("", format!("{why}本次没有另行登记。"));
        return page_with(StatusCode::CONFLICT, &ShowPage::of(&mut visit, form, tip).await?);
    }
    let scope = visit.scope();
    let unit = form.value("unit").parse().map_err(|_| Error::NotFound)?;
    let unit = units::find(visit.connection(), &scope, unit).await?.ok_or(Error::NotFound)?;
    let campaign = visit.campaign.id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(tip.county_id)?;
    let problem = tips::turn_into_problem(&mut writing, &permit, (campaign, &tip, unit.id)).await?;
    let flash = Flash::done("已转为问题，请补充问题类型、整改措施和时限。");
    visit.done(writing, &form, &paths::problem(problem), flash).await
}
