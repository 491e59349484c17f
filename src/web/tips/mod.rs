//! 举报转办: the register of tips, one page a tip, its answer, and the accounts by source.

mod accounts;
mod answer;
mod contact;
mod edit;
mod export;
mod list;
mod new;
mod problem;
mod show;

use crate::tips::{self, Tip};
use crate::web::shell::{App, Error, Visit};
use axum::Router;
use axum::routing::{get, post};
use uuid::Uuid;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/tips", get(list::get))
        .route("/tips.xlsx", get(export::get))
        .route("/tips/reconciliation", get(accounts::get))
        .route("/tips/new", get(new::get).post(new::post))
        .route("/tips/{id}", get(show::get))
        .route("/tips/{id}/edit", get(edit::get).post(edit::post))
        .route("/tips/{id}/answer", get(answer::get).post(answer::post))
        .route("/tips/{id}/problem", post(problem::post))
        .route("/tips/{id}/contact", get(contact::get).post(contact::post))
}

/// One tip within the viewer's scope.
async fn tip_of(visit: &mut Visit, id: Uuid) -> Result<Tip, Error> {
    let scope = visit.scope();
    tips::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}
