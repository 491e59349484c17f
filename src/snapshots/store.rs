//! Queries on `snapshots` and `snapshot_files`.

use super::freeze::Frozen;
use super::reconciliation::SourceTally;
use crate::base::ability::Review;
use crate::base::{CITY, CountyId, Permit, Scope};
use crate::figures::Values;
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::find_row;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// A kept snapshot.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// 第N号.
    pub number: i32,
    /// 数据截止日期 of what was live.
    pub data_date: NaiveDate,
    /// Who froze it.
    pub made_by: String,
    /// When, in business time.
    pub made_at: DateTime<Utc>,
    /// One entry a body.
    pub bodies: Value,
    /// 来源对账.
    pub sources: Json<Vec<SourceTally>>,
    /// Over bodies and accounts.
    pub content_hash: Vec<u8>,
}

impl Kept {
    /// The bodies: county, basis in words, figures.
    pub fn bodies(&self) -> Vec<(CountyId, String, Values)> {
        let body = |b: &Value| {
            let county = i32::try_from(b.get("county")?.as_i64()?).ok()?;
            let basis = b.get("basis")?.as_str()?.to_owned();
            Some((CountyId(county), basis, Values::from_json(b.get("values")?)))
        };
        self.bodies.as_array().into_iter().flatten().filter_map(body).collect()
    }

    /// The hash in hexadecimal.
    pub fn hash(&self) -> String {
        self.content_hash.iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Keeps a snapshot with its files.
pub async fn keep(writing: &mut Writing, permit: &Permit<Review>, campaign: Uuid, frozen: &Frozen) -> Result<Uuid, WriteError> {
    if permit.county() != CITY {
        return Err(WriteError::NotPermitted);
    }
    let (by, at) = (permit.actor().name.clone(), writing.business_at());
    let row: String = sqlx::query_scalar(
        "insert into snapshots as s (county_id, id, campaign_id, number, data_date, made_by, made_at, bodies, sources, content_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning (to_jsonb(s) - 'bodies' - 'sources')::text",
    )
    .bind(CITY)
    .bind(frozen.id)
    .bind(campaign)
    .bind(frozen.number)
    .bind(frozen.date)
    .bind(by)
    .bind(at)
    .bind(&frozen.bodies)
    .bind(Json(&frozen.sources))
    .bind(&frozen.hash)
    .fetch_one(writing.connection())
    .await
    .map_err(taken)?;
    for (kind, name, bytes) in &frozen.files {
        sqlx::query(
            "insert into snapshot_files (county_id, snapshot_id, kind, name, sha256, bytes) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(CITY)
        .bind(frozen.id)
        .bind(*kind)
        .bind(name)
        .bind(Sha256::digest(bytes).to_vec())
        .bind(bytes)
        .execute(writing.connection())
        .await?;
    }
    let entry = Entry::created("snapshots", frozen.id, row).with_note(format!("市级快照第{}号", frozen.number));
    writing.record(CITY, entry).await?;
    Ok(frozen.id)
}

fn taken(error: sqlx::Error) -> WriteError {
    match crate::platform::database::refused_by(&error) {
        Some("snapshots_number_unique") => {
            WriteError::refused("", "他人刚刚冻结了同一号快照，本次没有冻结。仍需再出一号的，请核对本页后重新冻结。")
        }
        _ => error.into(),
    }
}

/// The snapshots of a campaign, the last first.
pub async fn list(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Kept>, sqlx::Error> {
    sqlx::query_as("select * from snapshots where county_id = any($1) and campaign_id = $2 order by number desc")
        .bind(scope.ids())
        .bind(campaign)
        .fetch_all(connection)
        .await
}

/// One snapshot.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Kept>, sqlx::Error> {
    find_row(connection, scope, "snapshots", id).await
}

/// A file of a snapshot: its name and its bytes.
pub async fn file_of(
    connection: &mut PgConnection,
    scope: &Scope,
    id: Uuid,
    kind: &str,
) -> Result<Option<(String, Vec<u8>)>, sqlx::Error> {
    sqlx::query_as("select name, bytes from snapshot_files where county_id = any($1) and snapshot_id = $2 and kind = $3")
        .bind(scope.ids())
        .bind(id)
        .bind(kind)
        .fetch_optional(connection)
        .await
}
