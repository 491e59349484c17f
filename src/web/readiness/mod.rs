//! 核对规则: what is checked before filing, and the numbers that the city sets.

mod rules;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new().route("/readiness/rules", get(rules::get).post(rules::post))
}
