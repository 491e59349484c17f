//! 佐证材料: files beside records of all rooms, added, looked at and taken off.

mod file;
mod new;

use crate::attachments::MAX_BYTES;
use crate::web::shell::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Files that one form may bring are as large as this together.
const MOST_BYTES: usize = 5 * MAX_BYTES;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/evidence/{id}", get(file::get))
        .route("/evidence/{id}/small", get(file::small))
        .route("/evidence/{id}/remove", post(new::remove))
        .route("/evidence/{id}/of/{record}", post(new::post).layer(DefaultBodyLimit::max(MOST_BYTES + 64 * 1024)))
}
