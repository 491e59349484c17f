//! 帮扶指导: the list, one act with what followed, and many units at once.

mod batch;
mod list;
mod new;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/guidance", get(list::get))
        .route("/guidance/new", get(new::get).post(new::post))
        .route("/guidance/batch", get(batch::get).post(batch::post))
        .route("/guidance/{id}", get(show::get).post(show::post))
}
