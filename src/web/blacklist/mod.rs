//! 黑名单: candidates by rule, entries on their way, and the list that goes to the credit platform.

mod acts;
mod files;
mod index;
mod new;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/blacklist", get(index::get))
        .route("/blacklist.xlsx", get(files::xlsx))
        .route("/blacklist.csv", get(files::csv))
        .route("/blacklist/rules", post(index::set_rule))
        .route("/blacklist/new", get(new::get).post(new::post))
        .route("/blacklist/{id}", get(show::get))
        .route("/blacklist/{id}/notice", post(acts::notice))
        .route("/blacklist/{id}/objection", post(acts::objection))
        .route("/blacklist/{id}/review", post(acts::review))
        .route("/blacklist/{id}/decide", post(acts::decide))
        .route("/blacklist/{id}/withdraw", post(acts::withdraw))
}
