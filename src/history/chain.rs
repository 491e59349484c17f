//! The HMAC chain: each entry's code covers the one before it, so that a changed, moved or missing row shows.

use crate::base::CountyId;
use crate::base::role::Actor;
use chrono::{DateTime, FixedOffset, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use uuid::Uuid;

/// The secret of the chain: a 0600 file in the data folder. A backup carries it, so a backup is a secret.
#[derive(Clone)]
pub struct Key(Vec<u8>);

/// Why the key cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("无法读写日志密钥 {path}：{source}")]
pub struct KeyError {
    path: String,
    source: std::io::Error,
}

impl Key {
    /// Reads the key, or makes it on the first start.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError { path: path.display().to_string(), source };
        match std::fs::read(path) {
            Ok(bytes) if bytes.len() >= 32 => return Ok(Self(bytes)),
            Ok(_) => return Err(failed(std::io::Error::other("文件过短"))),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(failed(e)),
        }
        let bytes: [u8; 32] = rand::random();
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        Ok(Self(bytes.to_vec()))
    }

    /// A key of these bytes: a test's, or a backup's.
    pub fn of(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// A secret for another purpose: it tells nothing of this one, and is the same wherever this key is.
    pub fn derived(&self, purpose: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(b"derived:");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// What the database keeps to know the key by.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        self.derived("fingerprint")
    }

    /// The code of one entry after `previous`.
    pub(super) fn mac(&self, previous: &[u8], sealed: &Sealed<'_>) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        let mut put = |part: &[u8]| {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        };
        put(previous);
        put(&sealed.county.0.to_be_bytes());
        put(&sealed.seq.to_be_bytes());
        put(sealed.actor.account.as_bytes());
        put(sealed.actor.name.as_bytes());
        put(sealed.actor.role.code().as_bytes());
        put(&sealed.actor.county.0.to_be_bytes());
        put(sealed.id.as_bytes());
        put(sealed.action.as_bytes());
        put(sealed.record.as_bytes());
        put(sealed.record_id.as_bytes());
        put(&sealed.version.to_be_bytes());
        put(sealed.row.unwrap_or("").as_bytes());
        put(sealed.note.unwrap_or("").as_bytes());
        put(sealed.batch.as_ref().map_or(&[][..], |b| b.as_bytes()));
        put(&sealed.business_at.timestamp_micros().to_be_bytes());
        put(&sealed.recorded_at.timestamp_micros().to_be_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(secret)")
    }
}

/// What one code covers.
pub(super) struct Sealed<'a> {
    pub county: CountyId,
    pub id: Uuid,
    pub seq: i64,
    pub actor: &'a Actor,
    pub action: &'a str,
    pub record: &'a str,
    pub record_id: Uuid,
    pub version: i32,
    pub row: Option<&'a str>,
    pub note: Option<&'a str>,
    pub batch: Option<Uuid>,
    pub business_at: DateTime<FixedOffset>,
    pub recorded_at: DateTime<Utc>,
}
