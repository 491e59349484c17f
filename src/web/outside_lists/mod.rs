//! Lists from outside held against the register, and the account of what was sent down (来源对账).

mod index;
mod sent_down;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Largest list, in bytes.
const MOST_BYTES: usize = 20 * 1024 * 1024;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/outside-lists", get(index::get).post(index::post).layer(DefaultBodyLimit::max(MOST_BYTES + 64 * 1024)))
        .route("/outside-lists/{id}", get(show::get))
        .route("/outside-lists/{id}/lines/{line}", post(show::decide))
        .route("/sent-down", get(sent_down::get))
}
