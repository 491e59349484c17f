//! 同一单位两个县: pairs of units that may be one, side by side; the city compares and says which.

mod list;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/twins", get(list::get))
        .route("/twins/compare", post(list::compare))
        .route("/twins/{id}", get(show::get).post(show::post))
}
