//! 交叉执法: 迎检清单, the team's result sheet, what it brought back, and the county's claims held against it.

mod export;
mod list;
mod results;
mod sheet;
mod upload;

use crate::web::shell::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The routes of this room. A file is counted while it comes, under its own limit.
pub fn router() -> Router<App> {
    let results = get(results::get).post(upload::post).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/cross-checks", get(list::get))
        .route("/cross-checks.xlsx", get(export::get))
        .route("/cross-checks/sheet.xlsx", get(sheet::get))
        .route("/cross-checks/results", results)
        .route("/cross-checks/uploads/{id}", get(upload::show))
        .route("/cross-checks/uploads/{id}/confirm", post(upload::confirm))
}
