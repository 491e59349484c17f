//! Signing in and out, one's password, and the administrator's pages of accounts.

mod disable;
mod edit;
mod index;
mod legal_review;
mod login;
mod logout;
mod new;
mod password;
mod reset;
mod secret;
mod sessions;
mod show;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/login", get(login::get).post(login::post))
        .route("/logout", post(logout::post))
        .route("/password", get(password::get).post(password::post))
        .route("/sessions", get(sessions::get))
        .route("/sessions/end-others", post(sessions::end_others))
        .route("/sessions/{id}/end", post(sessions::end))
        .route("/accounts", get(index::get))
        .route("/accounts/new", get(new::get).post(new::post))
        .route("/accounts/{id}", get(show::get))
        .route("/accounts/{id}/edit", get(edit::get).post(edit::post))
        .route("/accounts/{id}/reset", post(reset::post))
        .route("/accounts/{id}/disable", post(disable::disable))
        .route("/accounts/{id}/enable", post(disable::enable))
        .route("/accounts/{id}/legal-review", post(legal_review::post))
}
