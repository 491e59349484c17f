//! `/bodies`: the reporting bodies with their dated names and seals, for the administrator.

mod change;
mod index;
mod phone;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/bodies", get(index::get))
        .route("/bodies/{county}", post(change::post))
        .route("/bodies/{county}/report-phone", post(phone::post))
}
