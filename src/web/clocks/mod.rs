//! 法定期限: the list of clocks, next week's list for Friday, and the events that a clock depends on.

mod events;
mod export;
mod list;
mod transfer;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/clocks", get(list::get))
        .route("/clocks.xlsx", get(export::get))
        .route("/ledger/{id}/events/new", get(events::new).post(events::add))
        .route("/ledger/{id}/events/{event}/remove", post(events::remove))
        .route("/ledger/{id}/measures/{measure}/letter-review", post(events::review_letter))
        .route("/ledger/{id}/transfer.zip", get(transfer::get))
}
