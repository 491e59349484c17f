//! `/dashboard`: the board of all bodies for the city, one's own row for a county; every figure leads to exactly its rows.

mod board;
mod charts;
mod columns;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/dashboard", get(board::get))
}
