//! 回头看: the draw, what was drawn, and what was found.

mod index;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/look-backs", get(index::get).post(index::post))
        .route("/look-backs/{id}", get(show::get).post(show::post))
}
