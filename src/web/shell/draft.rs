//! A form that comes in after its session has ended: what was typed is kept, and stands in the form again after signing in.

use super::error::Error;
use super::state::App;
use super::visit::cookie_name;
use crate::accounts::{self, SessionToken};
use crate::web::paths;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use uuid::Uuid;

/// The name in the query under which a form page is given its draft.
pub const QUERY: &str = "draft";

/// Where a lost post should go on; put on the answer by [`Error::SignIn`].
#[derive(Clone, Debug)]
pub struct Lost {
    /// The page of the form.
    pub page: String,
}

/// Names that are never kept: secrets, and what belonged to the session that ended.
const NEVER: [&str; 6] = ["password", "current", "new", "again", "form_token", "login"];

/// Whether an address brings a draft back.
pub fn names_draft(page: &str) -> bool {
    page.split_once('?').is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with("draft=")))
}

/// Keeps what a form carried when the answer is that nobody is signed in.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let token = CookieJar::from_headers(request.headers()).get(cookie_name(&app)).and_then(|c| SessionToken::read(c.value()));
    let Some(token) = token else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    // It was gathered before, under the same limit.
    let Ok(bytes) = to_bytes(body, super::FORM_BYTES).await else { return Error::TooLarge.into_response() };
    let response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    let Some(lost) = response.extensions().get::<Lost>() else { return response };
    match store(&app, &token, &bytes).await {
        Ok(Some(id)) => {
            let (path, query) = lost.page.split_once('?').unwrap_or((&lost.page, ""));
            let asked = serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default();
            let id = id.to_string();
            let mut pairs: Vec<(&str, &str)> =
                asked.iter().map(|(n, v)| (n.as_str(), v.as_str())).filter(|p| p.0 != QUERY).collect();
            pairs.push((QUERY, &id));
            Error::SignIn { next: paths::with(path, &pairs), lost: None }.into_response()
        }
        Ok(None) => response,
        Err(error) => {
            tracing::warn!(%error, "what was typed could not be kept");
            response
        }
    }
}

async fn store(app: &App, token: &SessionToken, bytes: &Bytes) -> Result<Option<Uuid>, sqlx::Error> {
    let Ok(mut typed) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(bytes) else { return Ok(None) };
    if typed.iter().any(|(name, _)| name == "password" || name == "current") {
        return Ok(None);
    }
    typed.retain(|(name, _)| !NEVER.contains(&name.as_str()));
    let mut door = app.db.doorstep().await?;
    accounts::keep_draft(door.connection(), token, &typed, app.clocks.wall.now()).await
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

/// Where to go on after a lost post: the page of its form, which most often has the same address; else where it came from.
pub fn page_of(parts: &Parts) -> String {
    let path = parts.uri.path();
    if paths::is_page(path) {
        return parts.uri.path_and_query().map_or(path, |p| p.as_str()).to_owned();
    }
    own_referer(&parts.headers)
        .filter(|page| page.split('?').next().is_some_and(paths::is_page))
        .unwrap_or_else(|| "/".to_owned())
}

/// The page that a request says it comes from, if it is one of ours: a path with its query.
pub fn own_referer(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let (referer, host) = (text(header::REFERER)?, text(header::HOST)?);
    let after = referer.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host))?;
    (after.starts_with('/') && !after.starts_with("//")).then(|| after.to_owned())
}
