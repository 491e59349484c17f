//! What pages share: the application's state, the visit (who asks, with which connection), forms, errors, the frame.

mod assets;
mod changes;
pub mod column;
mod conflict;
mod draft;
mod error;
mod evidence;
pub mod export;
mod file;
mod flash;
mod form;
mod frame;
mod gather;
mod guest;
mod headers;
pub mod incoming;
mod listing;
mod once;
mod path;
mod proof;
mod refusal;
mod register;
mod state;
mod stay;
mod visit;

pub use assets::{Assets, asset};
pub use changes::{ChangeLine, column_label, is_field_record, is_technical, lines, record_label, title_of, value_in_words};
pub use conflict::{Clash, Conflict, Origin};
pub use draft::{keep as keep_draft, names_draft};
pub use error::{Error, dress};
pub use evidence::{EvidencePanel, EvidenceRights};
pub use file::{attachment, paper, picture, to_save};
pub use flash::Flash;
pub use form::{Choice, Form, Posted, choices, words};
pub use frame::{Frame, Plain};
pub use gather::gather;
pub use guest::Guest;
pub use headers::secure;
pub use listing::{Asked, ListView, Look, Walk, picked_in, to_next_gap};
pub use once::forget_old_uses;
pub use path::Path;
pub use proof::{Proof, hashed, prove};
pub use refusal::REFUSALS_AN_HOUR;
pub use register::{asked_units, picked_units};
pub use state::{App, Inner};
pub use stay::stay;
pub use visit::{Visit, clear_flash, client_address, cookie_name};

/// Largest form in bytes.
pub const FORM_BYTES: usize = 10 * 1024 * 1024;

/// The answer of a page.
pub type Answer = Result<axum::response::Response, Error>;

/// Renders a page struct.
pub fn page(template: &impl askama::Template) -> Answer {
    page_with(axum::http::StatusCode::OK, template)
}

/// Renders a page struct with a status: 422 for a form to be mended, 409 for a conflict.
pub fn page_with(status: axum::http::StatusCode, template: &impl askama::Template) -> Answer {
    use axum::response::IntoResponse;
    let html = template.render().map_err(|e| Error::Internal(e.into()))?;
    Ok((status, axum::response::Html(html)).into_response())
}

/// 303 to another page.
pub fn see(location: &str) -> axum::response::Response {
    use axum::response::IntoResponse;
    axum::response::Redirect::to(location).into_response()
}
