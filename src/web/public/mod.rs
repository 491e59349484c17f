//! What the public sees without an account: the campaign, what is asked of units, how to report; and a form to report by.

mod index;
mod tip;

use crate::web::shell::App;
use axum::Router;
use axum::routing::get;

/// The routes of this room. Where the public may not report by a form (`tips`) there is none: not a byte of a report is read.
pub fn router(tips: bool) -> Router<App> {
    let router = Router::new().route("/public", get(index::get));
    if tips { router.route("/public/tip", get(tip::get).post(tip::post)) } else { router }
}
