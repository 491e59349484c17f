//! A form: what was typed, by field name, with the sentences beside the fields. Domain inputs read it cell by cell.

use super::conflict::Conflict;
use super::error::Error;
use super::gather::brings_files;
use super::state::App;
use crate::base::{Cells, Message};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use chrono::NaiveDate;

/// What was posted, in order, as names and texts.
#[derive(Clone, Debug, Default)]
pub struct Posted(pub Vec<(String, String)>);

impl FromRequest<App> for Posted {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        // A body in pieces was not gathered, and is not waited for here: the page holds a connection.
        if brings_files(request.headers()) {
            return Err(Error::Bad("form"));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Error::Bad("body"))?;
        serde_urlencoded::from_bytes(&bytes).map(Self).map_err(|_| Error::Bad("form"))
    }
}

/// One line of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// One line.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// Lines from pairs of value and label.
pub fn choices<V: Into<String>, L: Into<String>>(pairs: impl IntoIterator<Item = (V, L)>) -> Vec<Choice> {
    pairs.into_iter().map(|(value, label)| Choice::new(value, label)).collect()
}

/// A form as a page shows it. Templates ask it field by field.
#[derive(Clone, Debug)]
pub struct Form {
    /// The cells; domain inputs read these.
    pub cells: Cells,
    /// When somebody else changed the row meanwhile: base, theirs and mine.
    pub conflict: Option<Conflict>,
    token: String,
    /// Whether it is shown for the first time: then the cursor stands in its first field. On a page that came back the summary of
    /// errors takes the focus.
    fresh: bool,
}

impl Form {
    /// A form with its single-use token.
    pub fn new(cells: Cells, token: String) -> Self {
        Self { cells, conflict: None, token, fresh: true }
    }

    /// A form that was posted. If it comes back for mending it keeps its token: a refused form has made nothing.
    pub fn posted(posted: Posted, today: NaiveDate) -> Self {
        let token = posted.0.iter().find(|(n, _)| n == "form_token").map(|(_, v)| v.clone()).unwrap_or_default();
        Self::new(Cells::from_pairs(posted.0, today), token).came_back()
    }

    /// The same form, posted.
    fn came_back(mut self) -> Self {
        self.fresh = false;
        self
    }

    /// Whether the cursor belongs into its first field.
    pub fn fresh(&self) -> bool {
        self.fresh && self.cells.clean()
    }

    /// The text of a field.
    pub fn value(&self, name: &str) -> &str {
        self.cells.raw(name)
    }

    /// Whether a field holds a value, also among several.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.cells.all(name).any(|v| v == value)
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.cells.error(name)
    }

    /// What is asked about a field.
    pub fn question(&self, name: &str) -> Option<&str> {
        self.cells.question(name)
    }

    /// What an amount was understood as.
    pub fn echo(&self, name: &str) -> Option<String> {
        self.cells.echo(name)
    }

    /// All sentences for the summary on top: errors, then questions.
    pub fn errors(&self) -> Vec<&Message> {
        self.cells.errors().iter().chain(self.cells.questions()).collect()
    }

    /// The single-use token.
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// The words of a vocabulary to choose from.
pub fn words<V: crate::vocabulary::Vocabulary>() -> Vec<Choice> {
    choices(V::ALL.iter().map(|word| (word.code(), word.label())))
}
