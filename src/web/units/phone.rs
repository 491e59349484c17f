//! `/units/{id}/phone`: the whole telephone of a unit. That somebody looked is in the history before the page is shown; the page is
//! not kept.

use super::show::UnitPage;
use crate::base::ability::Download;
use crate::units;
use crate::web::paths;
use crate::web::shell::{Answer, Path, Posted, Visit, page, see};
use uuid::Uuid;

/// Back to the unit: the address of a page that is not kept was opened again.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.unit(id).await?;
    Ok(see(&paths::unit(id)))
}

/// Shows it once.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Download>()?;
    let unit = visit.unit(id).await?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Download>(unit.county_id)?;
    units::disclose_phone(&mut writing, &permit, &unit).await?;
    visit.keep(writing, &form, &paths::unit(id)).await?;
    page(&UnitPage::of(&mut visit, unit).await?.with_whole_phone())
}
