//! Typed errors of pages: each becomes a kind Chinese page with a request id and a way back; internals go to the log.

use super::draft::{Lost, own_referer};
use super::frame::{Frame, Plain};
use super::refusal;
use super::state::App;
use super::visit::Visit;
use crate::accounts::PasswordError;
use crate::consolidated::BookError;
use crate::history::WriteError;
use crate::platform::sheet::SheetError;
use crate::platform::{self, database};
use crate::submissions::FreezeError;
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

/// Why a page is not shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not signed in: to the sign-in page, and back afterwards.
    #[error("not signed in")]
    SignIn {
        /// Where the person wanted to go.
        next: String,
        /// Set when a form was lost with it.
        lost: Option<Lost>,
    },
    /// The password must be changed first.
    #[error("password must be changed")]
    MustChange,
    /// No such page or row, or somebody else's.
    #[error("not found")]
    NotFound,
    /// Not there yet, and why.
    #[error("not there: {0}")]
    Absent(&'static str),
    /// A page of one's own scope that the role may not use.
    #[error("forbidden")]
    Forbidden,
    /// The form was not given by this session, or is too old.
    #[error("unknown form")]
    UnknownForm,
    /// The same form came before: to what it made.
    #[error("replayed")]
    Replayed {
        /// What the first made.
        location: String,
    },
    /// Cannot be understood.
    #[error("bad request: {0}")]
    Bad(&'static str),
    /// A sentence that the person needs, as a page of its own.
    #[error("{0}")]
    Conflict(String),
    /// Too many tries.
    #[error("throttled")]
    Throttled,
    /// The body did not come in time.
    #[error("too slow")]
    Slow,
    /// Too large a body.
    #[error("too large")]
    TooLarge,
    /// The database is away or busy.
    #[error("unavailable: {0}")]
    Unavailable(sqlx::Error),
    /// The disk is full: what needs room is refused, the rest goes on.
    #[error("no room: {0}")]
    Full(anyhow::Error),
    /// Anything else.
    #[error(transparent)]
    Internal(anyhow::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            error if database::is_full(&error) => Self::Full(error.into()),
            error if database::is_unavailable(&error) => Self::Unavailable(error),
            error => Self::Internal(error.into()),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        if platform::is_full(&error) { Self::Full(error.into()) } else { Self::Internal(error.into()) }
    }
}

impl From<SheetError> for Error {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Io(error) => error.into(),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<BookError> for Error {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Database(error) => error.into(),
            BookError::Sheet(error) => error.into(),
            BookError::Io(error) => error.into(),
        }
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::NotPermitted => Self::Forbidden,
            WriteError::Missing => Self::NotFound,
            WriteError::Stale => Self::Conflict("您打开此页之后，该记录已被他人修改。请返回重新打开，核对后再操作。".into()),
            WriteError::Refused { text, .. } => Self::Conflict(text),
            WriteError::Database(error) => error.into(),
        }
    }
}

impl From<FreezeError> for Error {
    fn from(error: FreezeError) -> Self {
        match error {
            FreezeError::Database(error) => error.into(),
            FreezeError::Book(error) => error.into(),
            FreezeError::Io(error) => error.into(),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        Self::Internal(error.into())
    }
}

/// What the dressing middleware turns into a page.
#[derive(Clone, Debug)]
struct Plight {
    code: StatusCode,
    detail: Option<String>,
    beyond_rights: bool,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let beyond_rights = matches!(self, Self::Forbidden);
        let (code, detail) = match self {
            Self::SignIn { next, lost } => {
                let mut response = Redirect::to(&crate::web::paths::login(&next)).into_response();
                if let Some(lost) = lost {
                    response.extensions_mut().insert(lost);
                }
                return response;
            }
            Self::MustChange => return Redirect::to(crate::web::paths::PASSWORD).into_response(),
            Self::Replayed { location } => return Redirect::to(&location).into_response(),
            Self::NotFound => (StatusCode::NOT_FOUND, None),
            Self::Absent(why) => (StatusCode::NOT_FOUND, Some(why.to_owned())),
            Self::Forbidden => (StatusCode::FORBIDDEN, None),
            Self::UnknownForm => (
                StatusCode::FORBIDDEN,
                Some("此页面打开时间过长或不是由本次登录打开的，内容没有保存。请返回并刷新页面后重新提交。".to_owned()),
            ),
            Self::Bad(what) => {
                tracing::info!(what, "bad request");
                (StatusCode::BAD_REQUEST, None)
            }
            Self::Conflict(text) => (StatusCode::CONFLICT, Some(text)),
            Self::Throttled => (StatusCode::TOO_MANY_REQUESTS, None),
            Self::Slow => (StatusCode::REQUEST_TIMEOUT, None),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, None),
            Self::Unavailable(error) => {
                tracing::warn!(%error, "database unavailable");
                (StatusCode::SERVICE_UNAVAILABLE, None)
            }
            Self::Full(error) => {
                tracing::error!(error = format!("{error:#}"), "no room left");
                let told = "服务器存储空间不足，本次操作没有完成；已保存的内容不受影响，仍可查看。请联系市局管理员清理。";
                (StatusCode::SERVICE_UNAVAILABLE, Some(told.to_owned()))
            }
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, None)
            }
        };
        let mut response = code.into_response();
        if matches!(code, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(Plight { code, detail, beyond_rights });
        response
    }
}

struct Shown {
    code: u16,
    /// The role may not do it.
    beyond_rights: bool,
    detail: Option<String>,
    request_id: String,
    back: String,
}

#[derive(Template)]
#[template(path = "_shell/error.html")]
struct ErrorPage {
    plain: Plain,
    error: Shown,
}

#[derive(Template)]
#[template(path = "_shell/error_within.html")]
struct ErrorWithin {
    frame: Frame,
    error: Shown,
}

/// The page of a failure: within the frame for whoever is signed in, so that the menu leads on.
async fn shown(app: &App, mut parts: Parts, error: Shown) -> Result<String, askama::Error> {
    // What a person asked for is at fault, not the system: then the session can be read.
    let signed_in = error.code < 500 && error.code != 429;
    if signed_in && let Ok(visit) = Visit::from_request_parts(&mut parts, app).await {
        if error.beyond_rights
            && let Err(failed) = refusal::note(&visit, &parts).await
        {
            // The answer does not wait for a database that only reads.
            tracing::warn!(error = %failed, "a refusal could not be noted");
        }
        return ErrorWithin { frame: visit.frame("无法显示"), error }.render();
    }
    ErrorPage { plain: Plain::of(app, "无法显示"), error }.render()
}

/// Gives every failure that has no page of its own the page of its kind: also those of routing, limits and panics.
pub async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request.headers().get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let back = own_referer(request.headers()).unwrap_or_else(|| "/".into());
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    let code = response.status();
    let plight = response.extensions().get::<Plight>().cloned();
    let has_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if !(code.is_client_error() || code.is_server_error()) || (plight.is_none() && has_page) {
        return response;
    }
    let plight = plight.unwrap_or(Plight { code, detail: None, beyond_rights: false });
    let code = plight.code.as_u16();
    let error = Shown { code, beyond_rights: plight.beyond_rights, detail: plight.detail, request_id: id, back };
    let mut dressed = (plight.code, Html(shown(&app, parts, error).await.unwrap_or_default())).into_response();
    if let Some(after) = response.headers().get(header::RETRY_AFTER) {
        dressed.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    dressed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn a_full_disk_is_told_whoever_wrote_to_it() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let sheet = SheetError::from(zip::result::ZipError::Io(full()));
        let told: [Error; 4] = [full().into(), sheet.into(), sqlx::Error::Io(full()).into(), BookError::Io(full()).into()];
        for error in told {
            assert!(matches!(error, Error::Full(_)), "{error:?}");
            let response = error.into_response();
            let said = response.extensions().get::<Plight>().and_then(|plight| plight.detail.clone());
            assert_eq!(
                (response.status(), said.is_some_and(|d| d.contains("空间不足"))),
                (StatusCode::SERVICE_UNAVAILABLE, true)
            );
        }
        let broken: Error = io::Error::from(io::ErrorKind::NotFound).into();
        assert_eq!(broken.into_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
