//! `/public/cases`: what the public reads, without sign-in. The same page is the same bytes, so a browser and a proxy may keep it
//! for five minutes and ask by its ETag afterwards.

use crate::exposures::{self, Published};
use crate::web::shell::{Answer, Error, Guest, Path, Plain};
use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exposures/public_list.html")]
struct ListPage {
    plain: Plain,
    cases: Vec<Published>,
}

#[derive(Template)]
#[template(path = "exposures/public_case.html")]
struct CasePage {
    plain: Plain,
    case: Published,
}

/// All published texts.
pub async fn list(mut guest: Guest, headers: HeaderMap) -> Answer {
    let cases = exposures::published_cases(guest.connection()).await?;
    cached(&headers, &ListPage { plain: guest.plain("环境违法典型案例"), cases })
}

/// One of them.
pub async fn one(mut guest: Guest, Path(id): Path<Uuid>, headers: HeaderMap) -> Answer {
    let case = exposures::published(guest.connection(), id).await?.ok_or(Error::NotFound)?;
    cached(&headers, &CasePage { plain: guest.plain(&case.title), case })
}

fn cached(asked: &HeaderMap, template: &impl Template) -> Answer {
    let html = template.render().map_err(|e| Error::Internal(e.into()))?;
    let hash = Sha256::digest(html.as_bytes()).iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    // Weak: a proxy may compress the same words differently.
    let tag = format!("W/\"{hash}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let fresh = known.is_some_and(|tags| tags.split(',').any(|t| t.trim() == tag || t.trim() == "*"));
    let headers = [(header::ETAG, tag), (header::CACHE_CONTROL, "public, max-age=300".to_owned())];
    if fresh {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, Html(html)).into_response())
}
