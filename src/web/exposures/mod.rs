//! 典型案例曝光: the text of a case, its way to the public, and the public pages.

mod edit;
mod list;
mod public;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/ledger/{id}/publication", get(edit::get).post(edit::post))
        .route("/exposures", get(list::get))
        .route("/exposures/{id}", get(show::get))
        .route("/exposures/{id}/review", post(show::review))
        .route("/exposures/{id}/publish", post(show::publish))
        .route("/exposures/{id}/withdraw", post(show::withdraw))
        .route("/public/cases", get(public::list))
        .route("/public/cases/{id}", get(public::one))
}
