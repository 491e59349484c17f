//! What a batch did (批量, 导入, 代录): shown, confirmed by the county that the city entered it for, and taken back.

mod show;
mod undo;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/batches/{id}", get(show::get))
        .route("/batches/{id}/confirm", post(show::confirm))
        .route("/batches/{id}/undo", get(undo::get).post(undo::post))
}
