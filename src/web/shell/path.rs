//! What an address names: an id that is none, a step that nobody knows, are like a page that is not there.

use super::error::Error;
use super::state::App;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Every name and value of the query. A NUL names nothing that there is: no text of the database can hold one.
pub(super) fn query(uri: &Uri) -> Result<Vec<(String, String)>, Error> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or("")).map_err(|_| Error::Bad("query"))?;
    if pairs.iter().any(|(_, value)| value.contains('\0')) { Err(Error::NotFound) } else { Ok(pairs) }
}

/// The parts of an address that a route leaves open; what cannot be read is a 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        match axum::extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(path) => Ok(Self(path.0)),
            Err(_) => Err(Error::NotFound),
        }
    }
}
