//! 告知: the list, one notification with its proof, many at once, and the sheets that are handed over.

mod batch;
mod export;
mod fields;
mod links;
mod list;
mod new;
mod sheets;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/notifications", get(list::get))
        .route("/notifications.xlsx", get(export::get))
        .route("/notifications/new", get(new::get).post(new::post))
        .route("/notifications/batch", get(batch::get).post(batch::post))
        .route("/notifications/sheets", get(sheets::get))
        .route("/notifications/links", post(links::post))
        .route("/notifications/links/revoke", post(links::revoke))
        .route("/notifications/{id}", get(show::get).post(show::post))
}
