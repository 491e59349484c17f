//! Queries on `submissions` and `submission_files`.

use super::submission::Submission;
use crate::base::{CountyId, Scope};
use crate::platform::database::find_row;
use sqlx::PgConnection;
use uuid::Uuid;

/// One submission within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Submission>, sqlx::Error> {
    find_row(connection, scope, "submissions", id).await
}

/// All submissions of a county in a campaign, the last first.
pub async fn of_county(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: Uuid,
) -> Result<Vec<Submission>, sqlx::Error> {
    sqlx::query_as("select * from submissions where county_id = any($1) and county_id = $2 and campaign_id = $3 order by id desc")
        .bind(scope.ids())
        .bind(county)
        .bind(campaign)
        .fetch_all(connection)
        .await
}

/// The last submission of each county that is neither void nor withdrawn.
pub async fn latest(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Submission>, sqlx::Error> {
    sqlx::query_as(
        "select distinct on (county_id) * from submissions
         where county_id = any($1) and campaign_id = $2 and state not in ('void', 'withdrawn') order by county_id, id desc",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}

/// The last submission of each county that the city has received.
pub async fn accepted(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Submission>, sqlx::Error> {
    sqlx::query_as(
        "select distinct on (county_id) * from submissions
         where county_id = any($1) and campaign_id = $2 and state in ('accepted', 'accepted_open') order by county_id, id desc",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}

/// The most reliable submission of each county that there is: the last that was received, whoever filed it, before one that waits
/// for review (of which a county has one at most).
pub async fn counting(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Submission>, sqlx::Error> {
    sqlx::query_as(
        "select distinct on (county_id) * from submissions
         where county_id = any($1) and campaign_id = $2 and state in ('accepted', 'accepted_open', 'filed')
         order by county_id, (state = 'filed'), id desc",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}

/// A file of a submission.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredFile {
    /// `annex1`, `annex2`, `summary`, `receipt`.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One file of a submission.
pub async fn file_of(
    connection: &mut PgConnection,
    scope: &Scope,
    submission: &Submission,
    kind: &str,
) -> Result<Option<StoredFile>, sqlx::Error> {
    sqlx::query_as(
        "select kind, name, sha256, bytes from submission_files
         where county_id = any($1) and county_id = $2 and submission_id = $3 and kind = $4",
    )
    .bind(scope.ids())
    .bind(submission.county_id)
    .bind(submission.id)
    .bind(kind)
    .fetch_optional(connection)
    .await
}
