//! 宣传: the log by channel, one page an entry.

mod edit;
mod export;
mod list;
mod new;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/publicity", get(list::get))
        .route("/publicity.xlsx", get(export::get))
        .route("/publicity/new", get(new::get).post(new::post))
        .route("/publicity/{id}", get(show::get))
        .route("/publicity/{id}/edit", get(edit::get).post(edit::post))
}
