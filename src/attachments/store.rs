//! Queries on `attachments`.

use super::folder::{Folder, Laid, Refused};
use super::kind::FileKind;
use crate::base::ability::Ability;
use crate::base::{CountyId, Permit, Scope};
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::find_row;
use sqlx::PgConnection;
use std::collections::HashSet;
use uuid::Uuid;

/// A file without a row is swept away when it is older than this, in seconds. A row commits within a request; the week is for whoever
/// brought the wrong copy of the database back.
const ORPHAN_AFTER: u64 = 7 * 24 * 60 * 60;

/// A stored file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Attachment {
    /// Whose.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// What it is, as a code.
    pub kind: String,
    /// What it was called when it came.
    pub original_name: String,
    /// Its size.
    pub bytes: i64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Who brought it.
    pub made_by: String,
}

impl Attachment {
    /// What it is.
    pub fn kind(&self) -> FileKind {
        FileKind::from_code(&self.kind).unwrap_or(FileKind::Pdf)
    }
}

/// Lays a file of a county down. A picture is drawn anew, which takes its time: neither a transaction nor a connection waits for it.
pub async fn lay(folder: &Folder, county: CountyId, bytes: Vec<u8>) -> Result<Laid, WriteError> {
    let place = folder.clone();
    let laid = tokio::task::spawn_blocking(move || place.lay(county, &bytes)).await.map_err(|e| sqlx::Error::Io(e.into()))?;
    laid.map_err(|refused| match refused {
        Refused::Content(sentence) => WriteError::refused("file", sentence),
        Refused::Io(error) => sqlx::Error::Io(error).into(),
    })
}

/// The row of a file that lies there.
pub async fn add<A: Ability>(writing: &mut Writing, permit: &Permit<A>, name: &str, laid: Laid) -> Result<Uuid, WriteError> {
    let county = permit.county();
    if laid.county != county {
        return Err(WriteError::NotPermitted);
    }
    let size = i64::try_from(laid.bytes).unwrap_or(i64::MAX);
    let row: String = sqlx::query_scalar(
        "insert into attachments as a (county_id, id, kind, original_name, bytes, sha256, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning to_jsonb(a)::text",
    )
    .bind(county)
    .bind(laid.id)
    .bind(laid.kind.code())
    .bind(name)
    .bind(size)
    .bind(laid.sha256)
    .bind(&permit.actor().name)
    .bind(writing.business_at())
    .fetch_one(writing.connection())
    .await?;
    writing.record(county, Entry::created("attachments", laid.id, row)).await?;
    Ok(laid.id)
}

/// One stored file within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Attachment>, sqlx::Error> {
    find_row(connection, scope, "attachments", id).await
}

/// Throws files away whose rows never came (refused with others, or of a request that died); how many. Where more files are unknown
/// than known, the folder is another database's, or the database an old copy: nothing is thrown away.
pub async fn sweep(connection: &mut PgConnection, scope: &Scope, folder: &Folder) -> Result<usize, sqlx::Error> {
    let (mut kept, mut orphans) = (0, Vec::new());
    for county in scope.ids().into_iter().map(CountyId) {
        let old: Vec<Uuid> = folder.older(county, ORPHAN_AFTER)?.into_iter().collect();
        let known: Vec<Uuid> = sqlx::query_scalar("select id from attachments where county_id = $1 and id = any($2)")
            .bind(county)
            .bind(&old)
            .fetch_all(&mut *connection)
            .await?;
        let known: HashSet<Uuid> = known.into_iter().collect();
        kept += known.len();
        orphans.extend(old.into_iter().filter(|id| !known.contains(id)).map(|id| (county, id)));
    }
    if orphans.len() > kept {
        tracing::warn!(kept, unknown = orphans.len(), "too many stored files are unknown: none is thrown away");
        return Ok(0);
    }
    for (county, id) in &orphans {
        folder.remove(*county, *id);
    }
    Ok(orphans.len())
}
