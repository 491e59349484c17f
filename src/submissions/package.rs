//! The files of a submission as one archive to mail or stamp.

use super::submission::Submission;
use crate::base::Scope;
use sqlx::PgConnection;
use std::io::{Cursor, Write};
use zip::DateTime;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Why no archive came out.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The archive could not be written.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// The same.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// 附件1, 附件2, 总结 and 回执 of a submission; the same bytes every time.
pub async fn package(connection: &mut PgConnection, scope: &Scope, submission: &Submission) -> Result<Vec<u8>, PackageError> {
    let files: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select name, bytes from submission_files where county_id = any($1) and county_id = $2 and submission_id = $3 order by kind",
    )
    .bind(scope.ids())
    .bind(submission.county_id)
    .bind(submission.id)
    .fetch_all(connection)
    .await?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The moment of packing is nobody's concern: a fixed one keeps the bytes the same.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
