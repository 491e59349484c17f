//! What is posted is gathered before anything else is done for it. A page takes a connection of the database before it reads its
//! form, so that a few lines that send it drop by drop would stop everyone. Files are laid down by their own pages, which give
//! their connection back meanwhile.

use super::error::Error;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// How long a form may take on its way in.
const PATIENCE: Duration = Duration::from_secs(20);

/// Gathers the body of every request that may change something, but for files.
pub async fn gather(request: Request, next: Next) -> Response {
    if request.method().is_safe() || brings_files(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match gathered(Request::from_parts(parts.clone(), body), PATIENCE).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.into_response(),
    }
}

/// Whether a body is read in pieces, by the page that it goes to.
pub(super) fn brings_files(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().to_ascii_lowercase().starts_with(b"multipart/"))
}

async fn gathered(request: Request, patience: Duration) -> Result<Bytes, Error> {
    let came = tokio::time::timeout(patience, Bytes::from_request(request, &())).await.map_err(|_| Error::Slow)?;
    came.map_err(|e| if e.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Bad("body") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    /// A minute, for what comes at once.
    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_form_that_does_not_come_is_not_waited_for() {
        let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        assert!(matches!(gathered(Request::new(never), Duration::from_millis(1)).await, Err(Error::Slow)));
        assert_eq!(Error::Slow.into_response().status(), StatusCode::REQUEST_TIMEOUT);
    }

    #[tokio::test]
    async fn a_form_that_is_too_large_and_one_that_breaks_off_are_told_apart() {
        let large = vec![b'a'; 2 * 1024 * 1024 + 1];
        assert!(matches!(gathered(Request::new(Body::from(large)), LONG).await, Err(Error::TooLarge)));
        let broken = Body::from_stream(stream::iter([Err::<Bytes, _>(std::io::Error::other("the line broke"))]));
        assert!(matches!(gathered(Request::new(broken), LONG).await, Err(Error::Bad(_))));
        let whole = gathered(Request::new(Body::from("name=1")), LONG).await;
        assert!(matches!(whole, Ok(bytes) if bytes == "name=1"));
    }
}
