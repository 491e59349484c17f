//! `/login`: delays grow after five failures, never a lock; an unknown name takes as long as a wrong password.

use crate::accounts::{self, Account, SessionToken};
use crate::base::{CITY, Cells, Scope};
use crate::history::{Action, Entry, Writing};
use crate::web::shell::{
    Answer, App, Error, Form, Plain, Posted, Proof, client_address, cookie_name, names_draft, page, page_with, prove, see,
};
use askama::Template;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    plain: Plain,
    form: Form,
    next: String,
    wait: Option<i64>,
    late: bool,
    kept: bool,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

/// The sign-in page; somebody who came from another page reads that the time ran out.
pub async fn get(State(app): State<App>, Query(wanted): Query<Wanted>) -> Answer {
    let form = Form::new(Cells::new(app.clocks.business.today()), String::new());
    let next = own_page(&wanted.next);
    let (late, kept) = (next != "/", names_draft(&next));
    page(&LoginPage { plain: Plain::of(&app, "登录"), form, next, wait: None, late, kept })
}

/// Signs in.
pub async fn post(State(app): State<App>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let address = client_address(&app, &parts);
    let queried = Query::<Wanted>::try_from_uri(&parts.uri).map(|q| q.0.next).unwrap_or_default();
    let posted = Posted::from_request(Request::from_parts(parts, body), &app).await?;
    let mut form = Form::new(Cells::from_pairs(posted.0, app.clocks.business.today()), String::new());
    let next = own_page(if form.value("next").is_empty() { &queried } else { form.value("next") });
    let login = accounts::typed_login(form.value("login"));
    let password = form.value("password").to_owned();
    form.cells.set("password", "");

    let now = app.clocks.wall.now();
    let mut door = app.db.doorstep().await?;
    if !accounts::address_allowed(door.connection(), &address, now).await? {
        return Err(Error::Throttled);
    }
    let account = accounts::find_by_login(door.connection(), &login).await?.filter(|a| a.disabled_at.is_none());
    drop(door);
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    let (account, old) = match (prove(&app, &login, stored, &password).await?, account) {
        (Proof::Right { old }, Some(account)) => (account, old),
        (Proof::Wait(seconds), _) => {
            form.cells.refuse("password", format!("连续多次未成功，请{seconds}秒后再试。账号没有被锁定。"));
            let page = LoginPage { plain: Plain::of(&app, "登录"), form, next, wait: Some(seconds), late: false, kept: false };
            return page_with(StatusCode::TOO_MANY_REQUESTS, &page);
        }
        _ => {
            note(&app, None, Action::SignInFailed, &format!("登录名{login}，来自{address}")).await?;
            form.cells.refuse("login", "登录名或密码不正确。如忘记密码，请联系市局管理员重置。");
            let page = LoginPage { plain: Plain::of(&app, "登录"), form, next, wait: None, late: false, kept: false };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let Some(token) = open(&app, &account, &address, old.then_some(&*password)).await? else {
        form.cells.refuse("password", "账号或密码刚刚有变更，请重新登录。");
        let page = LoginPage { plain: Plain::of(&app, "登录"), form, next, wait: None, late: false, kept: false };
        return page_with(StatusCode::CONFLICT, &page);
    };
    let cookie = Cookie::build((cookie_name(&app), token.secret().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.behind_https())
        .build();
    let to = if account.must_change { crate::web::paths::PASSWORD } else { &next };
    Ok((CookieJar::new().add(cookie), see(to)).into_response())
}

/// Opens the session with its line of history, if the account is still as it was; a hash with old parameters is made anew.
async fn open(app: &App, account: &Account, address: &str, rehash: Option<&str>) -> Result<Option<SessionToken>, Error> {
    let hash = match rehash {
        Some(password) => Some(app.hasher.hash(password).await?),
        None => None,
    };
    let scope = Scope::county(account.county_id);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, account.actor(), &scope).await?;
    let now = writing.recorded_at();
    let Some(token) = accounts::sign_in(writing.connection(), account, address, now).await? else { return Ok(None) };
    if let Some(hash) = hash {
        accounts::renew_hash(writing.connection(), account.id, &hash).await?;
    }
    let entry = Entry::event(Action::SignedIn, "sessions", account.id, format!("来自{address}"));
    writing.record(account.county_id, entry).await?;
    writing.commit().await?;
    Ok(Some(token))
}

/// A line of history for what nobody in particular did.
async fn note(app: &App, account: Option<&Account>, action: Action, text: &str) -> Result<(), Error> {
    let actor = account.map_or_else(accounts::system_actor, Account::actor);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor.clone(), &Scope::county(CITY)).await?;
    writing.record(CITY, Entry::event(action, "sessions", actor.account, text)).await?;
    writing.commit().await?;
    Ok(())
}

/// Only pages of this server: a path, not another host. Browsers drop tabs and line ends from an address, and read `\` as `/`.
fn own_page(next: &str) -> String {
    let safe = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if safe { next.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn nobody_is_sent_to_another_host() {
        assert_eq!(own_page("/units?q=焦化"), "/units?q=焦化");
        for evil in ["//evil.cn", "https://evil.cn", "/\\evil.cn", "/\t/evil.cn", "\t//evil.cn", "/\n/evil.cn", "/units\0", ""] {
            assert_eq!(own_page(evil), "/", "{evil:?}");
        }
    }
}
