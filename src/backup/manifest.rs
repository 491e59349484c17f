//! What a backup says of itself.

use crate::base::hex;
use crate::platform::database::Applied;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The form of the file that this program writes, and the newest that it reads.
pub(super) const FORMAT: u32 = 1;
/// Every member's name begins with this: by it a backup is told from any other file.
pub(super) const PREFIX: &str = "zhengzhi-backup/";
/// The manifest's own member.
pub(super) const MANIFEST: &str = "zhengzhi-backup/manifest.json";
/// The member with the key of the history.
pub(super) const KEY: &str = "zhengzhi-backup/history.key";

/// A backup's list of contents.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub format: u32,
    /// The program's version.
    pub program: String,
    /// When the snapshot was taken, in 北京时间.
    pub made_at: DateTime<FixedOffset>,
    /// The migrations that had run, each with its checksum.
    pub migrations: Vec<Migration>,
    /// The tables, each with its count.
    pub tables: Vec<Table>,
    /// Stored files, without thumbnails.
    pub attachments: usize,
    /// Stored files that were missing or not what their rows say: those cannot be brought back.
    pub unsound: Vec<String>,
    /// What the chains of the history and the frozen submissions gave when they were checked: nothing, or the first that did not hold.
    pub broken: Option<String>,
    /// The ends of all chains of the history.
    pub heads: Vec<String>,
    /// Every member but this one, in the order of the file.
    pub members: Vec<Member>,
}

/// A migration that had run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Migration {
    version: i64,
    checksum: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of its lines.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: u64,
}

/// A member of the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Manifest {
    /// The migrations that had run.
    pub fn applied(&self) -> Vec<Applied> {
        self.migrations.iter().map(|m| (m.version, hex::read(&m.checksum).unwrap_or_default())).collect()
    }

    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

impl From<Applied> for Migration {
    fn from((version, checksum): Applied) -> Self {
        Self { version, checksum: hex::write(&checksum) }
    }
}

impl Table {
    /// The member with its lines.
    pub fn member(&self) -> String {
        format!("{PREFIX}tables/{}", self.name)
    }
}
