//! 督办: the list of orders, one page an order, its steps, its paper; and what changed since the last report.

mod act;
mod changes;
mod export;
mod list;
mod new;
mod paper;
mod show;

use crate::supervision::{self, Order};
use crate::web::shell::{App, Error, Visit};
use axum::Router;
use axum::routing::get;
use uuid::Uuid;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/supervision", get(list::get))
        .route("/supervision.xlsx", get(export::get))
        .route("/supervision/new", get(new::get).post(new::post))
        .route("/supervision/changes", get(changes::get))
        .route("/supervision/{id}", get(show::get))
        .route("/supervision/{id}/reply", get(act::reply).post(act::post_reply))
        .route("/supervision/{id}/check", get(act::check).post(act::post_check))
        .route("/supervision/{id}/escalate", get(act::escalate).post(act::post_escalate))
        .route("/supervision/{id}/paper", get(paper::get))
        .route("/supervision/{id}/paper.docx", get(paper::file))
}

/// One order within the viewer's scope.
async fn order_of(visit: &mut Visit, id: Uuid) -> Result<Order, Error> {
    let scope = visit.scope();
    supervision::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}
