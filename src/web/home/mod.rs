//! `/`: the viewer's home. It opens with one sentence: what is due, and what is still missing.

mod index;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/", get(index::get))
}
