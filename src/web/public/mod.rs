//! What the public sees without an account: the campaign, what is asked of units, how to report; and a form to report by.

mod index;
mod tip;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/public", get(index::get)).route("/public/tip", get(tip::get).post(tip::post))
}
