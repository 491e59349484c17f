//! 排污单位: the register, one page a unit and batch entry over its list.

mod batch;
mod edit;
mod export;
mod fields;
mod list;
mod new;
mod phone;
mod self_inspection;
mod show;
mod status;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/units", get(list::get))
        .route("/units.xlsx", get(export::get))
        .route("/units/next-gap", get(list::next_gap))
        .route("/units/new", get(new::get).post(new::post))
        .route("/units/batch", get(batch::get).post(batch::post))
        .route("/units/{id}", get(show::get))
        .route("/units/{id}/phone", get(phone::get).post(phone::post))
        .route("/units/{id}/edit", get(edit::get).post(edit::post))
        .route("/units/{id}/status", get(status::get).post(status::post))
        .route("/units/{id}/self-inspection", get(self_inspection::get).post(self_inspection::post))
}
