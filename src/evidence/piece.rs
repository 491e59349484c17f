//! One piece of evidence.

use crate::attachments::FileKind;
use crate::base::CountyId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A file beside a record.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Piece {
    /// Whose.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The table of the record.
    pub record: String,
    /// The record.
    pub record_id: Uuid,
    /// The stored file.
    pub attachment_id: Uuid,
    /// What it shows, in words.
    pub caption: Option<String>,
    /// Who added it.
    pub added_by: String,
    /// When (business time).
    pub added_at: DateTime<Utc>,
    /// What the file is, as a code.
    pub kind: String,
    /// What it was called when it came.
    pub original_name: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
}

impl Piece {
    /// What the file is.
    pub fn kind(&self) -> FileKind {
        FileKind::from_code(&self.kind).unwrap_or(FileKind::Pdf)
    }

    /// The caption, or the name of the file.
    pub fn title(&self) -> &str {
        self.caption.as_deref().unwrap_or(&self.original_name)
    }
}
