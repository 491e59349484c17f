//! `/logout`: ends the session at once.

use crate::accounts;
use crate::history::{Action, Entry};
use crate::web::shell::{Error, Flash, Posted, Visit, cookie_name};
use axum::response::Response;
use axum_extra::extract::cookie::Cookie;

/// Signs out.
pub async fn post(mut visit: Visit, posted: Posted) -> Result<(axum_extra::extract::CookieJar, Response), Error> {
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let now = writing.recorded_at();
    accounts::end(writing.connection(), visit.token(), now).await?;
    let actor = visit.viewer.actor.clone();
    writing.record(actor.county, Entry::event(Action::SignedOut, "sessions", actor.account, "")).await?;
    let response = visit.done(writing, &form, "/login", Flash::done("已退出登录。")).await?;
    let gone = Cookie::build((cookie_name(&visit.app), "")).path("/").removal().build();
    Ok((axum_extra::extract::CookieJar::new().add(gone), response))
}
