//! `/campaigns`: the administrator's pages of campaigns: dates, deadline, contacts and parameters.

mod edit;
mod index;
mod new;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/campaigns", get(index::get))
        .route("/campaigns/new", get(new::get).post(new::post))
        .route("/campaigns/{id}", get(edit::get).post(edit::post))
}
