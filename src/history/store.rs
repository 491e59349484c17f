//! Reading the history, and checking its chains.

use super::chain::{Key, Sealed};
use super::entry::{Action, Past};
use super::head::{Head, heads};
use crate::base::role::{Actor, Role};
use crate::base::{CountyId, Scope};
use crate::platform::database::find_row;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// What a reader of the history looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One county.
    pub county: Option<CountyId>,
    /// One kind of act.
    pub action: Option<Action>,
    /// Part of the actor's name.
    pub actor: Option<String>,
    /// Entries older than this one.
    pub after: Option<Uuid>,
}

/// Everything that happened to one row, newest first, each with the row before it. What happened to it that no row of its own
/// holds (a code printed for a unit) stands under its id as another record.
pub async fn of_record(connection: &mut PgConnection, scope: &Scope, record_id: Uuid) -> Result<Vec<Past>, sqlx::Error> {
    sqlx::query_as(
        "select h.*, lag(h.row) over (partition by h.record order by h.id) as previous from history h
         where h.county_id = any($1) and h.record_id = $2 order by h.id desc limit 200",
    )
    .bind(scope.ids())
    .bind(record_id)
    .fetch_all(connection)
    .await
}

/// One page of 50 entries of all rooms, newest first (ids are ordered by time).
pub async fn list(connection: &mut PgConnection, scope: &Scope, filter: &Filter) -> Result<Vec<Past>, sqlx::Error> {
    sqlx::query_as(
        "select h.*, (select p.row from history p where p.county_id = h.county_id and p.record_id = h.record_id
                        and p.record = h.record and p.id < h.id order by p.id desc limit 1) as previous
         from unnest($1::integer[]) as c(id)
         cross join lateral (
            select * from history where county_id = c.id
              and ($2::integer is null or county_id = $2) and ($3::text is null or action = $3)
              and ($4::text is null or position($4 in actor_name) > 0) and ($5::uuid is null or history.id < $5)
            order by history.id desc limit 51
         ) h order by h.id desc limit 51",
    )
    .bind(scope.ids())
    .bind(filter.county)
    .bind(filter.action.map(Action::code))
    .bind(&filter.actor)
    .bind(filter.after)
    .fetch_all(connection)
    .await
}

/// The last change of each row of which some batch entries tell.
pub async fn last_of(connection: &mut PgConnection, scope: &Scope, entries: &[Past]) -> Result<Vec<Past>, sqlx::Error> {
    sqlx::query_as(
        "select h.*, null::jsonb as previous
         from (select distinct record, id from unnest($2::text[], $3::uuid[]) as r(record, id)) r
         cross join lateral (select * from history where county_id = any($1) and record_id = r.id and record = r.record
                             order by id desc limit 1) h",
    )
    .bind(scope.ids())
    .bind(entries.iter().map(|past| past.record.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|past| past.record_id).collect::<Vec<_>>())
    .fetch_all(connection)
    .await
}

/// One entry.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Past>, sqlx::Error> {
    sqlx::query_as("select h.*, null::jsonb as previous from history h where h.county_id = any($1) and h.id = $2")
        .bind(scope.ids())
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The row as it was at a version: what a second editor started from.
pub async fn before(
    connection: &mut PgConnection,
    scope: &Scope,
    record_id: Uuid,
    version: i32,
) -> Result<Option<serde_json::Value>, sqlx::Error> {
    sqlx::query_scalar(
        "select row from history where county_id = any($1) and record_id = $2 and version = $3 order by id desc limit 1",
    )
    .bind(scope.ids())
    .bind(record_id)
    .bind(version)
    .fetch_optional(connection)
    .await
}

/// Several rows changed by one act.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PastBatch {
    /// Whose it is: a county's, or the city's over cases of several.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// What was done, in words.
    pub title: String,
    /// Rows that it was to write.
    pub rows: i32,
    /// When it was done.
    pub made_at: DateTime<Utc>,
    /// When it was done, in business time; none of old ones.
    pub business_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// When it was taken back, in business time.
    pub undone_business_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub undone_by: Option<String>,
    /// 代录: the city entered it for the county.
    pub on_behalf: bool,
    /// When the county confirmed what the city entered.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl PastBatch {
    /// When it was done, as people tell it.
    pub fn done_at(&self) -> DateTime<Utc> {
        self.business_at.unwrap_or(self.made_at)
    }

    /// Who took it back, and when, as people tell it.
    pub fn undone(&self) -> Option<(&str, DateTime<Utc>)> {
        let at = self.undone_business_at.or(self.undone_at)?;
        Some((self.undone_by.as_deref().unwrap_or_default(), at))
    }

    /// Whether the county is still to confirm what the city entered for it.
    pub fn waits(&self) -> bool {
        self.on_behalf && self.confirmed_at.is_none() && self.undone_at.is_none()
    }
}

/// What the city entered for counties in sight and nobody there has confirmed yet, the last first.
pub async fn to_confirm(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<PastBatch>, sqlx::Error> {
    sqlx::query_as(
        "select * from batches where county_id = any($1) and on_behalf and confirmed_at is null and undone_at is null
         order by made_at desc, id limit 50",
    )
    .bind(scope.ids())
    .fetch_all(connection)
    .await
}

/// Whether the last word on a record is the city's for the county, and waits to be confirmed (市局代录，待县确认).
pub async fn waits_for_county(connection: &mut PgConnection, scope: &Scope, record: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select 1 from history h join batches b on b.county_id = h.county_id and b.id = h.batch_id
                        where h.county_id = any($1) and h.record_id = $2
                          and b.on_behalf and b.confirmed_at is null and b.undone_at is null)",
    )
    .bind(scope.ids())
    .bind(record)
    .fetch_one(connection)
    .await
}

/// One batch within the scope.
pub async fn batch(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<PastBatch>, sqlx::Error> {
    find_row(connection, scope, "batches", id).await
}

/// Several batches within the scope.
pub async fn batches(connection: &mut PgConnection, scope: &Scope, ids: &[Uuid]) -> Result<Vec<PastBatch>, sqlx::Error> {
    sqlx::query_as("select * from batches where county_id = any($1) and id = any($2) order by made_at, id")
        .bind(scope.ids())
        .bind(ids)
        .fetch_all(connection)
        .await
}

/// What happened to each of some records, newest first, each with the row before it; without what some batches did.
pub async fn changes_of(
    connection: &mut PgConnection,
    scope: &Scope,
    records: &[Uuid],
    without: &[Uuid],
) -> Result<Vec<Past>, sqlx::Error> {
    sqlx::query_as(
        "select h.* from (select distinct id from unnest($2::uuid[]) as r(id)) r
         cross join lateral (
            select x.*, lag(x.row) over (partition by x.record order by x.id) as previous from history x
            where x.county_id = any($1) and x.record_id = r.id order by x.id desc limit 50) h
         where coalesce(h.batch_id <> all($3), true) order by h.id desc",
    )
    .bind(scope.ids())
    .bind(records)
    .bind(without)
    .fetch_all(connection)
    .await
}

/// What a batch did, newest first, each with the row before it.
pub async fn batch_rows(connection: &mut PgConnection, scope: &Scope, batch: Uuid) -> Result<Vec<Past>, sqlx::Error> {
    sqlx::query_as(
        "select h.*, (select p.row from history p where p.county_id = h.county_id and p.record_id = h.record_id
                        and p.record = h.record and p.id < h.id order by p.id desc limit 1) as previous
         from history h where h.county_id = any($1) and h.batch_id = $2 order by h.id desc",
    )
    .bind(scope.ids())
    .bind(batch)
    .fetch_all(connection)
    .await
}

#[derive(sqlx::FromRow)]
struct Link {
    county_id: CountyId,
    id: Uuid,
    account_id: Uuid,
    seq: i64,
    actor_name: String,
    actor_role: String,
    actor_county_id: CountyId,
    action: String,
    record: String,
    record_id: Uuid,
    version: i32,
    row: Option<String>,
    note: Option<String>,
    batch_id: Option<Uuid>,
    business_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    mac: Vec<u8>,
}

/// A chain from its start.
const CHAIN: &str =
    "select county_id, id, account_id, seq, actor_name, actor_role, actor_county_id, action, record, record_id, version,
        row::text as row, note, batch_id, business_at, recorded_at, mac
    from history where county_id = $1 and account_id = $2 order by seq";

/// Whether a key made the first entry of a chain.
pub(super) async fn begins_with(connection: &mut PgConnection, chain: &Head, key: &Key) -> Result<bool, sqlx::Error> {
    let first: Option<Link> = sqlx::query_as(AssertSqlSafe(format!("{CHAIN} limit 1")))
        .bind(chain.county_id)
        .bind(chain.account_id)
        .fetch_optional(connection)
        .await?;
    Ok(first.is_some_and(|first| first.mac == mac_of(key, &[], &first)))
}

/// Walks every chain from its start. The number of entries, or the first one that does not hold. The connection must see one
/// moment: what is written meanwhile would be a broken end.
pub async fn verify(connection: &mut PgConnection, scope: &Scope, key: &Key) -> Result<Result<u64, String>, sqlx::Error> {
    let mut checked = 0;
    for Head { county_id: county, account_id: account, seq: last, mac: head } in heads(connection, scope).await? {
        let mut rows = sqlx::query_as::<_, Link>(CHAIN).bind(county).bind(account).fetch(&mut *connection);
        let (mut seq, mut previous) = (0, Vec::new());
        while let Some(link) = rows.try_next().await? {
            seq += 1;
            if link.seq != seq || link.mac != mac_of(key, &previous, &link) {
                return Ok(Err(format!("{county} 的日志自第{seq}条起不连续（记录 {}）。", link.id)));
            }
            previous = link.mac;
            checked += 1;
        }
        if seq != last || previous != head {
            return Ok(Err(format!("{county} 的日志末尾缺失：应有{last}条，实有{seq}条。")));
        }
    }
    let held: i64 = sqlx::query_scalar("select count(*) from history where county_id = any($1)")
        .bind(scope.ids())
        .fetch_one(connection)
        .await?;
    if held.unsigned_abs() != checked {
        return Ok(Err(format!("日志末尾登记缺失：共有{held}条，可核验{checked}条。")));
    }
    Ok(Ok(checked))
}

fn mac_of(key: &Key, previous: &[u8], link: &Link) -> Vec<u8> {
    let actor = Actor {
        account: link.account_id,
        name: link.actor_name.clone(),
        role: Role::from_code(&link.actor_role).unwrap_or(Role::System),
        county: link.actor_county_id,
        legal_review: false,
    };
    let sealed = Sealed {
        county: link.county_id,
        id: link.id,
        seq: link.seq,
        actor: &actor,
        action: &link.action,
        record: &link.record,
        record_id: link.record_id,
        version: link.version,
        row: link.row.as_deref(),
        note: link.note.as_deref(),
        batch: link.batch_id,
        business_at: link.business_at.fixed_offset(),
        recorded_at: link.recorded_at,
    };
    key.mac(previous, &sealed)
}
