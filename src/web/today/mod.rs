//! 今日出数: the one page of 17:30, snapshots and the bulletin.

mod show;
mod snapshot;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/today", get(show::get))
        .route("/today/freeze", post(show::freeze))
        .route("/snapshots/{id}", get(snapshot::get))
        .route("/snapshots/{id}/files/{kind}", get(snapshot::file))
}
