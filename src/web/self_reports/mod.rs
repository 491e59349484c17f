//! 企业自报: the unit's own page without sign-in, and the clerk's who takes its report over.

mod list;
mod outside;
mod photos;
mod show;

use crate::attachments::MAX_BYTES;
use crate::web::shell::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Photographs that a unit sends at once are as large as this together.
const MOST_BYTES: usize = 3 * MAX_BYTES;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/self-reports", get(list::get))
        .route("/self-reports/{id}", get(show::get))
        .route("/self-reports/{id}/take", post(show::take))
        .route("/self-reports/{id}/set-aside", post(show::set_aside))
        .route("/public/units/{token}", get(outside::get))
        .route("/public/units/{token}/receipt", post(outside::receipt))
        .route("/public/units/{token}/report", post(outside::report))
        .route("/public/units/{token}/photos/{report}", post(photos::post).layer(DefaultBodyLimit::max(MOST_BYTES + 64 * 1024)))
}
