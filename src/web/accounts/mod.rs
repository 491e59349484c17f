//! Signing in and out, one's password, and the administrator's pages of accounts.

mod login;
mod logout;
mod password;

use crate::web::shell::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/login", get(login::get).post(login::post))
        .route("/logout", post(logout::post))
        .route("/password", get(password::get).post(password::post))
}
