//! Queries on `uploads`.

use super::lines::Lines;
use super::preview::Preview;
use crate::base::ability::Import;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{WriteError, Writing};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Days that a file's lines are kept.
const KEPT_DAYS: i64 = 30;

/// A file that was read, with what would become of its lines.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The county it is for.
    pub county: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub file_name: String,
    /// Its lines.
    pub lines: Lines,
    /// What would become of them, and after 确认 what did.
    pub preview: Preview,
    /// When it was confirmed, in business time.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The batch that confirming made.
    pub batch: Option<Uuid>,
}

/// Lays a file's lines down with their preview, and clears the county's old ones away. Nothing here is a fact yet, so the
/// history has nothing to say.
pub async fn lay_down(
    writing: &mut Writing,
    permit: &Permit<Import>,
    file_name: &str,
    lines: &Lines,
    preview: &Preview,
) -> Result<Uuid, WriteError> {
    let id = new_id();
    let now = writing.recorded_at();
    sqlx::query("delete from uploads where county_id = $1 and made_at < $2")
        .bind(permit.county())
        .bind(now - chrono::Duration::days(KEPT_DAYS))
        .execute(writing.connection())
        .await?;
    sqlx::query(
        "insert into uploads (county_id, id, account_id, kind, file_name, lines, preview, made_at)
         values ($1, $2, $3, 'units', $4, $5::json, $6::json, $7)",
    )
    .bind(permit.county())
    .bind(id)
    .bind(permit.actor().account)
    .bind(file_name)
    .bind(json(lines)?)
    .bind(json(preview)?)
    .bind(now)
    .execute(writing.connection())
    .await?;
    Ok(id)
}

const FIND: &str = "select county_id, id, file_name, lines::text as lines, preview::text as preview, confirmed_at, batch_id
     from uploads where county_id = any($1) and id = $2";

/// One upload.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Upload>, sqlx::Error> {
    let row: Option<UploadRow> = sqlx::query_as(FIND).bind(scope.ids()).bind(id).fetch_optional(connection).await?;
    row.map(Upload::try_from).transpose()
}

/// One upload, locked until the transaction ends: who confirms second waits, and sees that it is done.
pub(super) async fn lock(writing: &mut Writing, permit: &Permit<Import>, id: Uuid) -> Result<Upload, WriteError> {
    let row: Option<UploadRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!("{FIND} for update")))
        .bind(vec![permit.county()])
        .bind(id)
        .fetch_optional(writing.connection())
        .await?;
    Ok(Upload::try_from(row.ok_or(WriteError::Missing)?)?)
}

/// Marks an upload as confirmed, with what became of its lines.
pub(super) async fn confirmed(
    writing: &mut Writing,
    permit: &Permit<Import>,
    id: Uuid,
    preview: &Preview,
    batch: Option<Uuid>,
) -> Result<(), WriteError> {
    let now = writing.business_at();
    sqlx::query("update uploads set preview = $3::json, confirmed_at = $4, batch_id = $5 where county_id = $1 and id = $2")
        .bind(permit.county())
        .bind(id)
        .bind(json(preview)?)
        .bind(now)
        .bind(batch)
        .execute(writing.connection())
        .await?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|e| sqlx::Error::Encode(e.into()))
}

#[derive(sqlx::FromRow)]
struct UploadRow {
    county_id: CountyId,
    id: Uuid,
    file_name: String,
    lines: String,
    preview: String,
    confirmed_at: Option<DateTime<Utc>>,
    batch_id: Option<Uuid>,
}

impl TryFrom<UploadRow> for Upload {
    type Error = sqlx::Error;

    fn try_from(row: UploadRow) -> Result<Self, sqlx::Error> {
        let undone = |e: serde_json::Error| sqlx::Error::Decode(e.into());
        Ok(Self {
            county: row.county_id,
            id: row.id,
            file_name: row.file_name,
            lines: serde_json::from_str(&row.lines).map_err(undone)?,
            preview: serde_json::from_str(&row.preview).map_err(undone)?,
            confirmed_at: row.confirmed_at,
            batch: row.batch_id,
        })
    }
}
