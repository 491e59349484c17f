//! `/supervision/{id}/paper`: the order as it is printed, and as a file. Taking the file away is in the history.

use super::order_of;
use crate::base::ability::Download;
use crate::base::{CITY, new_id};
use crate::counties;
use crate::history::{Action, Entry, Writing};
use crate::platform::document::{Block, Document};
use crate::supervision::{self, Order};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Frame, Path, Visit, page, paper};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "supervision/paper.html")]
struct PaperPage {
    frame: Frame,
    order: Order,
    document: Document,
    file: Option<String>,
}

async fn document(visit: &mut Visit, order: &Order) -> Result<Document, Error> {
    let to = counties::body_on(visit.connection(), order.county_id, order.issued_on).await?;
    let from = counties::body_on(visit.connection(), CITY, order.issued_on).await?;
    let to = to.map_or_else(|| visit.app.directory.name(order.county_id), |body| body.full_name);
    let from = from.map_or_else(|| visit.campaign.issuer.clone(), |body| body.full_name);
    Ok(supervision::paper(order, &to, &from))
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let order = order_of(&mut visit, id).await?;
    let document = document(&mut visit, &order).await?;
    let file = visit.may::<Download>().then(|| paths::supervision_act(id, "paper.docx"));
    page(&PaperPage { frame: visit.frame(order.document_number.clone()), order, document, file })
}

/// Hands the file out.
pub async fn file(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Download>()?;
    let order = order_of(&mut visit, id).await?;
    let bytes = document(&mut visit, &order).await?.to_docx().map_err(|e| Error::Internal(e.into()))?;
    let (scope, app, actor) = (visit.scope(), visit.app.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken to write.
    drop(visit);
    let name = format!("{}{}.docx", order.level().paper(), order.document_number);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(order.county_id, Entry::event(Action::Disclosed, "files", new_id(), name.clone())).await?;
    writing.commit().await?;
    Ok(paper(bytes, &name, &format!("supervision-{}.docx", order.county_id)))
}
