//! The ledger's pages: the list of cases, a case with its problems and measures, and what may be done to it.

mod acts;
mod batch;
mod clash;
mod edit;
mod export;
mod exposure;
mod form;
mod list;
mod measures;
mod new;
mod pick;
mod problems;
mod show;
mod violation;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/ledger", get(list::get))
        .route("/ledger.xlsx", get(export::get))
        .route("/ledger/next-gap", get(list::next_gap))
        .route("/ledger/batch", get(batch::get).post(batch::post))
        .route("/ledger/new", get(new::get).post(new::post))
        .route("/problems/{id}/to-ledger", post(new::to_ledger))
        .route("/ledger/{id}", get(show::get))
        .route("/ledger/{id}/edit", get(edit::get).post(edit::post))
        .route("/ledger/{id}/problems", get(problems::get).post(problems::post))
        .route("/ledger/{id}/measures/new", get(measures::new).post(measures::add))
        .route("/ledger/{id}/measures/{measure}/edit", get(measures::edit).post(measures::change))
        .route("/ledger/{id}/measures/{measure}/remove", post(measures::remove))
        .route("/ledger/{id}/review", post(acts::review))
        .route("/ledger/{id}/to-city", post(acts::hand_to_city))
        .route("/ledger/{id}/to-county", post(acts::hand_back))
        .route("/ledger/{id}/remove", post(acts::remove))
        .route("/ledger/{id}/exposure", get(exposure::get).post(exposure::post))
}
