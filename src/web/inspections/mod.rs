//! 排查: the list of visits, one visit with its photographs, many at once, on the spot with a telephone, and coverage by township.

mod batch;
mod coverage;
mod export;
mod fields;
mod grid;
mod list;
mod new;
mod on_site;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/inspections", get(list::get))
        .route("/inspections.xlsx", get(export::get))
        .route("/inspections/coverage", get(coverage::get))
        .route("/inspections/grid", get(grid::get).post(grid::post))
        .route("/inspections/on-site", get(on_site::get))
        .route("/inspections/new", get(new::get).post(new::post))
        .route("/inspections/batch", get(batch::get).post(batch::post))
        .route("/inspections/{id}", get(show::get).post(show::post))
}
