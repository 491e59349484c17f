//! 问题与整改: the list of problems, one page a problem, and the steps of its rectification.

mod batch;
mod edit;
mod export;
mod list;
mod new;
mod show;
mod step;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/problems", get(list::get))
        .route("/problems.xlsx", get(export::get))
        .route("/problems/next-gap", get(list::next_gap))
        .route("/problems/new", get(new::get).post(new::post))
        .route("/problems/batch", get(batch::get).post(batch::post))
        .route("/problems/{id}", get(show::get))
        .route("/problems/{id}/edit", get(edit::get).post(edit::post))
        .route("/problems/{id}/{step}", get(step::get).post(step::post))
}
