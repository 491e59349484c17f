//! 工作日历: the days off and the days worked in exchange, which the statutory clocks count by.

mod index;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/calendar", get(index::get).post(index::post)).route("/calendar/{id}/remove", post(index::remove))
}
