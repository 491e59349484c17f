//! `/tips/{id}/contact`: who reported. That somebody looked is in the history before the page is shown; the page is not kept.

use super::tip_of;
use crate::base::ability::SeeReporter;
use crate::tips::{self, Contact, Tip};
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Path, Posted, Visit, page, see};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "tips/contact.html")]
struct ContactPage {
    frame: Frame,
    tip: Tip,
    contact: Contact,
}

/// Back to the tip: the address of a page that is not kept was opened again.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    tip_of(&mut visit, id).await?;
    Ok(see(&paths::tip(id)))
}

/// Shows it once.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<SeeReporter>()?;
    let tip = tip_of(&mut visit, id).await?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<SeeReporter>(tip.county_id)?;
    let contact = tips::contact(&mut writing, &permit, &tip).await?;
    visit.keep(writing, &form, &paths::tip(id)).await?;
    page(&ContactPage { frame: visit.frame("举报人联系方式"), tip, contact })
}
