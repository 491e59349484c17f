//! 持证 (三.1): units by the state of their permit, and the queue of those whose permit is owed or over.

mod index;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/permits", get(index::get)).route("/permits/problem", post(index::problem))
}
