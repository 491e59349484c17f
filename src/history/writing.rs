//! One act of writing by one person: the only way from a page or a command to a changed row.

use super::chain::{Key, Sealed};
use super::entry::{Action, Entry};
use super::store::PastBatch;
use crate::base::ability::Ability;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, Clocks, CountyId, Permit, Scope, new_id};
use crate::platform::database::{Database, Writer, refused_by};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// A transaction with its actor, its two moments and its chain. Dropped without `commit`, it leaves nothing behind.
#[derive(Debug)]
pub struct Writing {
    writer: Writer,
    actor: Actor,
    key: Key,
    business_at: DateTime<FixedOffset>,
    recorded_at: DateTime<Utc>,
    batch: Option<Uuid>,
    heads: HashMap<CountyId, End>,
}

/// Where writing goes on in a county: the end of this account's chain, and the last entry of anybody.
#[derive(Clone, Debug, sqlx::FromRow)]
struct End {
    seq: i64,
    mac: Vec<u8>,
    last: Option<Uuid>,
}

impl End {
    /// The next entry's id. Entries are read in the order of their ids, which must not go back when the clock of a server does.
    fn next_id(&mut self) -> Uuid {
        let now = new_id();
        let id = match self.last {
            Some(last) if last >= now => Uuid::from_u128(last.as_u128() + 1 + u128::from(rand::random::<u32>())),
            _ => now,
        };
        self.last = Some(id);
        id
    }
}

/// Why a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The role may not do it.
    #[error("您的岗位无权进行此项操作。")]
    NotPermitted,
    /// Somebody else changed the row meanwhile.
    #[error("该记录已被他人修改。")]
    Stale,
    /// The row is not there, or not within the scope: the two look the same.
    #[error("未找到该记录。")]
    Missing,
    /// A rule of the room refuses: field (or empty) and sentence.
    #[error("{text}")]
    Refused {
        /// The field at which the person looks.
        field: &'static str,
        /// What is wrong and what to do.
        text: String,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl WriteError {
    /// A refusal at a field.
    pub fn refused(field: &'static str, text: impl Into<String>) -> Self {
        Self::Refused { field, text: text.into() }
    }

    /// The constraint that refused the write, if one did.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Database(error) => refused_by(error),
            _ => None,
        }
    }
}

const RECORD: &str = "insert into history (county_id, id, account_id, seq, actor_name, actor_role, actor_county_id, action, record, record_id,
        version, row, note, batch_id, business_at, recorded_at, mac)
    select $1, e.id, $2, e.seq, $3, $4, $5, e.action, e.record, e.record_id, e.version, e.row::jsonb, e.note, $6, $7, $8, e.mac
    from unnest($9::uuid[], $10::bigint[], $11::text[], $12::text[], $13::uuid[], $14::integer[], $15::text[], $16::text[], $17::bytea[])
        as e(id, seq, action, record, record_id, version, row, note, mac)";

impl Writing {
    /// Begins: opens the transaction with its scope and stamps the moment.
    pub async fn begin(db: &Database, key: &Key, clocks: Clocks, actor: Actor, scope: &Scope) -> Result<Self, sqlx::Error> {
        Ok(Self {
            writer: db.writer(scope).await?,
            actor,
            key: key.clone(),
            business_at: clocks.business.now(),
            recorded_at: clocks.wall.now(),
            batch: None,
            heads: HashMap::new(),
        })
    }

    /// The connection for the room's statements.
    pub fn connection(&mut self) -> &mut PgConnection {
        self.writer.connection()
    }

    /// Who writes.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The business moment of this act (北京时间).
    pub fn business_at(&self) -> DateTime<FixedOffset> {
        self.business_at
    }

    /// The business date of this act.
    pub fn today(&self) -> NaiveDate {
        self.business_at.date_naive()
    }

    /// The recorded moment of this act.
    pub fn recorded_at(&self) -> DateTime<Utc> {
        self.recorded_at
    }

    /// Asks the table of roles for the right to a write in `county`.
    pub fn permit<A: Ability>(&self, county: CountyId) -> Result<Permit<A>, WriteError> {
        Permit::ask(&self.actor, county).ok_or(WriteError::NotPermitted)
    }

    /// Opens a batch of `rows` rows: what follows can be undone together. What the city enters for a county (代录) waits for the
    /// county to confirm it.
    pub async fn open_batch(&mut self, county: CountyId, title: &str, rows: usize) -> Result<Uuid, sqlx::Error> {
        let id = new_id();
        let on_behalf = self.actor.role == Role::CityReviewer && county != CITY;
        sqlx::query(
            "insert into batches (county_id, id, account_id, title, rows, made_at, on_behalf, business_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(county)
        .bind(id)
        .bind(self.actor.account)
        .bind(title)
        .bind(i32::try_from(rows).unwrap_or(i32::MAX))
        .bind(self.recorded_at)
        .bind(on_behalf)
        .bind(self.business_at)
        .execute(self.writer.connection())
        .await?;
        self.batch = Some(id);
        Ok(id)
    }

    /// Goes on inside a batch that another transaction of the same act opened.
    pub fn within_batch(&mut self, batch: Uuid) {
        self.batch = Some(batch);
    }

    /// Marks a batch as undone; `false` when there is none or it was undone before.
    pub async fn close_batch(&mut self, county: CountyId, batch: Uuid) -> Result<bool, sqlx::Error> {
        let closed = sqlx::query(
            "update batches set undone_at = $3, undone_business_at = $4, undone_by = $5
             where county_id = $1 and id = $2 and undone_at is null",
        )
        .bind(county)
        .bind(batch)
        .bind(self.recorded_at)
        .bind(self.business_at)
        .bind(&self.actor.name)
        .execute(self.writer.connection())
        .await?;
        Ok(closed.rows_affected() == 1)
    }

    /// Notes that the county confirms what the city entered for it; `false` when there is nothing to confirm.
    pub async fn confirm_batch(&mut self, batch: &PastBatch) -> Result<bool, sqlx::Error> {
        let confirmed = sqlx::query(
            "update batches set confirmed_at = $3
             where county_id = $1 and id = $2 and on_behalf and confirmed_at is null and undone_at is null",
        )
        .bind(batch.county_id)
        .bind(batch.id)
        .bind(self.recorded_at)
        .execute(self.writer.connection())
        .await?;
        if confirmed.rows_affected() == 0 {
            return Ok(false);
        }
        let note = format!("确认{}", batch.title);
        self.record(batch.county_id, Entry::event(Action::Changed, "uploads", batch.id, note)).await?;
        Ok(true)
    }

    /// Records one change in the county's history.
    pub async fn record(&mut self, county: CountyId, entry: Entry) -> Result<(), sqlx::Error> {
        self.record_all(county, vec![entry]).await
    }

    /// Records many changes in the county's history, in order, with one statement.
    pub async fn record_all(&mut self, county: CountyId, entries: Vec<Entry>) -> Result<(), sqlx::Error> {
        let mut end = self.end(county).await?;
        let (mut ids, mut seqs, mut macs) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &entries {
            end.seq += 1;
            let id = end.next_id();
            let sealed = Sealed {
                county,
                id,
                seq: end.seq,
                actor: &self.actor,
                action: entry.action.code(),
                record: entry.record,
                record_id: entry.record_id,
                version: entry.version,
                row: entry.row.as_deref(),
                note: entry.note.as_deref(),
                batch: self.batch,
                business_at: self.business_at,
                recorded_at: self.recorded_at,
            };
            end.mac = self.key.mac(&end.mac, &sealed);
            ids.push(id);
            seqs.push(end.seq);
            macs.push(end.mac.clone());
        }
        sqlx::query(RECORD)
            .bind(county)
            .bind(self.actor.account)
            .bind(&self.actor.name)
            .bind(self.actor.role.code())
            .bind(self.actor.county)
            .bind(self.batch)
            .bind(self.business_at)
            .bind(self.recorded_at)
            .bind(ids)
            .bind(seqs)
            .bind(entries.iter().map(|e| e.action.code()).collect::<Vec<_>>())
            .bind(entries.iter().map(|e| e.record).collect::<Vec<_>>())
            .bind(entries.iter().map(|e| e.record_id).collect::<Vec<_>>())
            .bind(entries.iter().map(|e| e.version).collect::<Vec<_>>())
            .bind(entries.iter().map(|e| e.row.as_deref()).collect::<Vec<_>>())
            .bind(entries.iter().map(|e| e.note.as_deref()).collect::<Vec<_>>())
            .bind(macs)
            .execute(self.writer.connection())
            .await?;
        self.heads.insert(county, end);
        Ok(())
    }

    /// Records a row as it was before its first recorded change, where a migration laid it down and no history holds it: so
    /// that the change is read with old and new, and a second editor has something to compare with.
    pub async fn record_before(
        &mut self,
        county: CountyId,
        record: &'static str,
        record_id: Uuid,
        version: i32,
        row: String,
    ) -> Result<(), sqlx::Error> {
        let known = super::store::before(self.connection(), &Scope::county(county), record_id, version).await?;
        if known.is_some() {
            return Ok(());
        }
        let entry = Entry::changed(record, record_id, version, row).with_note("首次修改前的内容，随系统预置。");
        self.record(county, entry).await
    }

    /// Makes everything last; the heads of the chains go in last, so that they are locked shortest.
    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        let heads = std::mem::take(&mut self.heads);
        for (county, End { seq, mac, .. }) in heads {
            sqlx::query("update history_heads set seq = $3, mac = $4 where county_id = $1 and account_id = $2")
                .bind(county)
                .bind(self.actor.account)
                .bind(seq)
                .bind(mac)
                .execute(self.writer.connection())
                .await?;
        }
        self.writer.commit().await
    }

    /// Where writing goes on in a county; the end of this account's chain is locked until the transaction ends.
    async fn end(&mut self, county: CountyId) -> Result<End, sqlx::Error> {
        if let Some(end) = self.heads.get(&county) {
            return Ok(end.clone());
        }
        sqlx::query_as(
            "insert into history_heads as h (county_id, account_id, seq, mac) values ($1, $2, 0, '')
             on conflict (county_id, account_id) do update set seq = h.seq
             returning h.seq, h.mac, (select id from history where county_id = $1 order by id desc limit 1) as last",
        )
        .bind(county)
        .bind(self.actor.account)
        .fetch_one(self.writer.connection())
        .await
    }
}
