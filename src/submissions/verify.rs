//! Whether every frozen copy is what was frozen: rows, figures and files against their hashes, and the hash against the history.

use super::freeze::digest;
use super::lines::lines;
use super::submission::Submission;
use crate::base::Scope;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// Checks every submission within the scope: how many hold, or a sentence that names the first that does not.
pub async fn verify(connection: &mut PgConnection, scope: &Scope) -> Result<Result<u64, String>, sqlx::Error> {
    let all: Vec<Submission> = sqlx::query_as("select * from submissions where county_id = any($1) order by county_id, id")
        .bind(scope.ids())
        .fetch_all(&mut *connection)
        .await?;
    let mut checked = 0;
    for submission in all {
        let of = format!("{} {}（版本码{}）", submission.county_id, submission.title(), submission.version_code);
        let rows = lines(connection, scope, submission.county_id, submission.id, None).await?;
        if digest(&submission, &rows) != submission.content_hash {
            return Ok(Err(format!("{of}的内容与定稿时的校验值不符。")));
        }
        let recorded: Option<String> = sqlx::query_scalar(
            "select row ->> 'content_hash' from history
             where county_id = $1 and record = 'submissions' and record_id = $2 and action = 'created' order by id limit 1",
        )
        .bind(submission.county_id)
        .bind(submission.id)
        .fetch_optional(&mut *connection)
        .await?
        .flatten();
        if recorded.as_deref() != Some(&*format!("\\x{}", submission.hash())) {
            return Ok(Err(format!("{of}的校验值与操作日志不符。")));
        }
        let files: Vec<(String, Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "select name, sha256, bytes from submission_files where county_id = $1 and submission_id = $2 order by kind",
        )
        .bind(submission.county_id)
        .bind(submission.id)
        .fetch_all(&mut *connection)
        .await?;
        if let Some((name, ..)) = files.iter().find(|(_, sum, bytes)| Sha256::digest(bytes).as_slice() != sum.as_slice()) {
            return Ok(Err(format!("{of}的文件“{name}”与校验值不符。")));
        }
        checked += 1;
    }
    Ok(Ok(checked))
}
