//! `/history`: who did what, when: all of it for the auditor and the administrator, one record's for everyone of its county.

mod entry;
mod index;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/history", get(index::get)).route("/history/{id}", get(show::get))
}
