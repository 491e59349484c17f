//! What the public reads: one table without a county, with nothing in it but published texts.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A published text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Published {
    /// Its id in addresses.
    pub id: Uuid,
    /// The title.
    pub title: String,
    /// The county's name.
    pub area: String,
    /// The kinds of violation in words.
    pub kinds: String,
    /// The text.
    pub text: String,
    /// When it was published.
    pub published_on: NaiveDate,
}

impl Published {
    /// Its paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// The published texts, the newest first; at most two hundred.
pub async fn published_cases(connection: &mut PgConnection) -> Result<Vec<Published>, sqlx::Error> {
    sqlx::query_as("select * from published_cases order by published_on desc, id desc limit 200").fetch_all(connection).await
}

/// One of them.
pub async fn published(connection: &mut PgConnection, id: Uuid) -> Result<Option<Published>, sqlx::Error> {
    sqlx::query_as("select * from published_cases where id = $1").bind(id).fetch_optional(connection).await
}
