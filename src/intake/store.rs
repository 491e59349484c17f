//! Queries on `uploads`; below it those on the lines and on the headings that were learned.

mod learned;
mod lines;
mod packed;

pub use learned::{learn, learned};
pub use lines::{Choices, Told, Which, choose, correct, counties_of, counts, lines};
pub(super) use lines::{keep_lines, next_lines};

use super::kind::Kind;
use super::line::About;
use crate::base::ability::Import;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{WriteError, Writing};
use chrono::{DateTime, Duration, Utc};
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

/// Days that a file's lines are kept.
const KEPT_DAYS: i64 = 30;
/// Seconds without a sign of life after which a job is taken for dead: the server was stopped.
const DEAD_AFTER: i64 = 60;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its rows are being read and compared.
    Reading,
    /// It waits for 确认.
    Ready,
    /// Its rows are being written.
    Writing,
    /// Written.
    Done,
    /// It could not be read.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl State {
    const ALL: [Self; 6] = [Self::Reading, Self::Ready, Self::Writing, Self::Done, Self::Failed, Self::Cancelled];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Writing => "writing",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A file that came in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The county it is for; the city's own number where the file says for each line.
    pub county: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Who brought it.
    pub account: Uuid,
    /// The campaign it is for.
    pub campaign: Uuid,
    /// What it lists.
    pub kind: Kind,
    /// The file's name.
    pub file_name: String,
    /// How far it has come.
    pub state: State,
    /// Why it failed, or went back to the preview.
    pub reason: Option<String>,
    /// Rows read, or written, so far.
    pub rows_done: i32,
    /// Rows that the file says it has, as far as it says so.
    pub rows_expected: Option<i32>,
    /// When the job over it began.
    pub begun_at: DateTime<Utc>,
    /// What it holds besides its lines.
    pub about: About,
    /// When it came.
    pub made_at: DateTime<Utc>,
    /// When it came, in business time.
    pub came_at: DateTime<Utc>,
    /// The last sign of life of the job over it.
    pub worked_at: DateTime<Utc>,
    /// When it was confirmed, in business time.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The batches that confirming made.
    pub batches: Vec<Uuid>,
}

impl Upload {
    /// How long the job will go on, as far as can be told from how far it has come. `total`: lines in all.
    pub fn left(&self, total: Option<usize>, now: DateTime<Utc>) -> Option<Duration> {
        let total = total.and_then(|n| i32::try_from(n).ok()).or(self.rows_expected)?;
        let (done, spent) = (self.rows_done, now - self.begun_at);
        (done > 0 && total > done).then(|| spent * (total - done) / done)
    }

    /// Whether a job is at work on it; one without a sign of life for a minute is none.
    pub fn at_work(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, State::Reading | State::Writing) && now - self.worked_at < Duration::seconds(DEAD_AFTER)
    }

    /// Whether confirming may begin: it waits for it, or a job that wrote it died (and so wrote nothing).
    pub fn confirmable(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Ready || (self.state == State::Writing && !self.at_work(now))
    }
}

/// Lays a file down before its rows are read, and clears the county's old ones away. Nothing here is a fact yet, so the history
/// has nothing to say.
pub async fn lay_down(
    writing: &mut Writing,
    permit: &Permit<Import>,
    campaign: Uuid,
    kind: Kind,
    file_name: &str,
) -> Result<Uuid, WriteError> {
    let id = new_id();
    let now = writing.recorded_at();
    sqlx::query("delete from uploads where county_id = $1 and made_at < $2")
        .bind(permit.county())
        .bind(now - Duration::days(KEPT_DAYS))
        .execute(writing.connection())
        .await?;
    sqlx::query(
        "insert into uploads (county_id, id, account_id, campaign_id, kind, file_name, state, rows_done, about, made_at, begun_at, worked_at,
            business_at)
         values ($1, $2, $3, $4, $5, $6, 'reading', 0, $7::json, $8, $8, $8, $9)",
    )
    .bind(permit.county())
    .bind(id)
    .bind(permit.actor().account)
    .bind(campaign)
    .bind(kind.code())
    .bind(file_name)
    .bind(json(&About::default())?)
    .bind(now)
    .bind(writing.business_at())
    .execute(writing.connection())
    .await?;
    Ok(id)
}

/// Notes how far a job has come; `false` when it is to stop, because the file is in another state by now.
pub(super) async fn beat(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    state: State,
    rows: i32,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let noted = sqlx::query("update uploads set rows_done = $4, worked_at = $5 where county_id = $1 and id = $2 and state = $3")
        .bind(county)
        .bind(id)
        .bind(state.code())
        .bind(rows)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(noted.rows_affected() == 1)
}

/// Moves a file from one state to another, if it is in the first; with a sentence where there is something to say.
pub(super) async fn turn(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    (from, to): (State, State),
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let turned =
        sqlx::query("update uploads set state = $4, reason = $5, worked_at = $6 where county_id = $1 and id = $2 and state = $3")
            .bind(county)
            .bind(id)
            .bind(from.code())
            .bind(to.code())
            .bind(reason)
            .bind(now)
            .execute(connection)
            .await?;
    Ok(turned.rows_affected() == 1)
}

/// Keeps what a file holds besides its lines.
pub async fn keep_about(connection: &mut PgConnection, (county, id): (CountyId, Uuid), about: &About) -> Result<(), sqlx::Error> {
    sqlx::query("update uploads set about = $3::json where county_id = $1 and id = $2")
        .bind(county)
        .bind(id)
        .bind(json(about)?)
        .execute(connection)
        .await
        .map(drop)
}

/// Claims a file for writing; `false` when somebody else has. A job that died may be claimed again: it wrote nothing.
pub(super) async fn claim(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let claimed = sqlx::query(
        "update uploads set state = 'writing', rows_done = 0, reason = null, begun_at = $3, worked_at = $3
         where county_id = $1 and id = $2 and (state = 'ready' or (state = 'writing' and worked_at < $4))",
    )
    .bind(county)
    .bind(id)
    .bind(now)
    .bind(now - Duration::seconds(DEAD_AFTER))
    .execute(connection)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Marks a file as written, within the transaction that wrote it; `false` when it was stopped meanwhile.
pub(super) async fn written(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    at: DateTime<Utc>,
    batches: &[Uuid],
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "update uploads set state = 'done', confirmed_at = $3, batches = $4 where county_id = $1 and id = $2 and state = 'writing'",
    )
    .bind(county)
    .bind(id)
    .bind(at)
    .bind(batches)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Stops a file that is not written yet.
pub async fn cancel(connection: &mut PgConnection, (county, id): (CountyId, Uuid)) -> Result<bool, sqlx::Error> {
    let stopped = sqlx::query(
        "update uploads set state = 'cancelled' where county_id = $1 and id = $2 and state in ('reading', 'ready', 'writing')",
    )
    .bind(county)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(stopped.rows_affected() == 1)
}

/// One file within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Upload>, sqlx::Error> {
    let sql = "select *, about::text as about_text from uploads where county_id = any($1) and id = $2";
    let row: Option<UploadRow> = sqlx::query_as(sql).bind(scope.ids()).bind(id).fetch_optional(connection).await?;
    row.map(Upload::try_from).transpose()
}

/// The file whose import made a batch.
pub async fn of_batch(connection: &mut PgConnection, scope: &Scope, batch: Uuid) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar("select id from uploads where county_id = any($1) and $2 = any(batches)")
        .bind(scope.ids())
        .bind(batch)
        .fetch_optional(connection)
        .await
}

/// The files of a county, the last first.
pub async fn recent(connection: &mut PgConnection, scope: &Scope, county: CountyId) -> Result<Vec<Upload>, sqlx::Error> {
    let rows: Vec<UploadRow> = sqlx::query_as(
        "select *, about::text as about_text from uploads where county_id = any($1) and county_id = $2
         order by made_at desc, id desc limit 50",
    )
    .bind(scope.ids())
    .bind(county)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Upload::try_from).collect()
}

fn json(value: &impl serde::Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|e| sqlx::Error::Encode(e.into()))
}

fn of_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, sqlx::Error> {
    serde_json::from_slice(text).map_err(|e| sqlx::Error::Decode(e.into()))
}

#[derive(sqlx::FromRow)]
struct UploadRow {
    county_id: CountyId,
    id: Uuid,
    account_id: Uuid,
    campaign_id: Uuid,
    kind: String,
    file_name: String,
    state: String,
    reason: Option<String>,
    rows_done: i32,
    rows_expected: Option<i32>,
    begun_at: DateTime<Utc>,
    about_text: String,
    made_at: DateTime<Utc>,
    business_at: Option<DateTime<Utc>>,
    worked_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    batches: Vec<Uuid>,
}

impl TryFrom<UploadRow> for Upload {
    type Error = sqlx::Error;

    fn try_from(row: UploadRow) -> Result<Self, sqlx::Error> {
        let unknown = |what: &str| sqlx::Error::Decode(what.to_owned().into());
        Ok(Self {
            county: row.county_id,
            id: row.id,
            account: row.account_id,
            campaign: row.campaign_id,
            kind: Kind::from_code(&row.kind).ok_or_else(|| unknown("kind"))?,
            file_name: row.file_name,
            state: State::ALL.into_iter().find(|s| s.code() == row.state).ok_or_else(|| unknown("state"))?,
            reason: row.reason,
            rows_done: row.rows_done,
            rows_expected: row.rows_expected,
            begun_at: row.begun_at,
            about: of_json(row.about_text.as_bytes())?,
            made_at: row.made_at,
            came_at: row.business_at.unwrap_or(row.made_at),
            worked_at: row.worked_at,
            confirmed_at: row.confirmed_at,
            batches: row.batches,
        })
    }
}
