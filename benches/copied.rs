//! The bare side of a confirmed import: the very rows that confirming wrote, copied from memory into tables of the same columns
//! and indexes, in one transaction.
//!
//! What is compared: all rows of `units`, `unit_grams`, `self_inspections`, `problems` and `history` that the confirm made, in
//! binary, already sorted out and encoded. The bare tables are `like … including all` (the same columns, checks and indexes),
//! without row security and without foreign keys, and empty before the first round; the product's hold a whole register.

use crate::ground::Ground;
use crate::seconds;
use anyhow::ensure;
use futures::TryStreamExt;
use sqlx::postgres::{PgPool, PgPoolCopyExt, PgPoolOptions};
use uuid::Uuid;
use zhengzhi::base::CountyId;

/// Each table with the condition that picks the rows of a batch.
const TABLES: [(&str, &str); 5] = [
    ("units", "id in (select record_id from h where record = 'units')"),
    ("unit_grams", "unit_id in (select record_id from h where record = 'units')"),
    ("self_inspections", "id in (select record_id from h where record = 'self_inspections')"),
    ("problems", "id in (select record_id from h where record = 'problems')"),
    ("history", "batch_id = '$batch'"),
];

/// The bare tables.
pub struct Bare {
    pool: PgPool,
}

impl Bare {
    /// Makes them, empty.
    pub async fn prepare(ground: &Ground) -> anyhow::Result<Self> {
        let options = ground.endpoint.owner_options().options([("zhengzhi.counties", ground.whole()?.setting())]);
        let pool = PgPoolOptions::new().max_connections(2).connect_with(options).await?;
        for (table, _) in TABLES {
            let sql = format!("create table bare_copy_{table} (like {table} including all)");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&pool).await?;
        }
        Ok(Self { pool })
    }

    /// Copies what a batch wrote; how long that takes, and how many rows.
    pub async fn copy(&self, ground: &Ground, county: CountyId, batch: Uuid) -> anyhow::Result<(f64, u64)> {
        ground.settle().await?;
        let mut rows = Vec::new();
        for (table, condition) in TABLES {
            let condition = condition.replace("$batch", &batch.to_string());
            let sql = format!(
                "copy (with h as (select record, record_id from history where county_id = {county} and batch_id = '{batch}')
                 select * from {table} where county_id = {county} and {condition}) to stdout (format binary)"
            );
            let bytes = self.pool.copy_out_raw(&sql).await?;
            let bytes: Vec<u8> = bytes
                .try_fold(Vec::new(), async |mut all, piece| {
                    all.extend_from_slice(&piece);
                    Ok(all)
                })
                .await?;
            rows.push((table, bytes));
        }
        let mut copied = 0;
        let time = seconds(async {
            let mut transaction = self.pool.begin().await?;
            for (table, bytes) in &rows {
                let sql = format!("copy bare_copy_{table} from stdin (format binary)");
                let mut copy = transaction.copy_in_raw(&sql).await?;
                copy.send(bytes.as_slice()).await?;
                copied += copy.finish().await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await?;
        ensure!(copied > 0, "nothing was copied");
        Ok((time, copied))
    }
}
