//! Where the chains of the history ended when a county filed: kept with the submission and printed on the receipt, so that a chain
//! that is cut later is missed.

use super::submission::Submission;
use crate::base::{Scope, hex};
use crate::history::Head;
use sqlx::PgConnection;

/// Digits of a code on paper: nobody without the key makes others that begin so.
const PRINTED: usize = 16;

/// The end of one chain, as the receipt says it.
#[derive(sqlx::FromRow)]
pub(super) struct Ended {
    actor_name: String,
    seq: i64,
    mac: Vec<u8>,
}

impl Ended {
    /// 张三第12条（3f9a…）.
    pub fn printed(&self) -> String {
        let code = hex::write(&self.mac);
        format!("{}第{}条（{}）", self.actor_name, self.seq, code.get(..PRINTED).unwrap_or(&code))
    }
}

/// Keeps the ends of the county's chains with a submission that is filed, before this filing itself is recorded.
pub(super) async fn keep(connection: &mut PgConnection, submission: &Submission) -> Result<Vec<Ended>, sqlx::Error> {
    sqlx::query_as(
        "with kept as (
            insert into submission_heads (county_id, submission_id, account_id, seq, mac)
            select county_id, $2, account_id, seq, mac from history_heads where county_id = $1 and seq > 0
            returning county_id, account_id, seq, mac)
         select h.actor_name, k.seq, k.mac from kept k
         join history h on h.county_id = k.county_id and h.account_id = k.account_id and h.seq = k.seq
         order by h.id",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .fetch_all(connection)
    .await
}

/// The ends that receipts hold, each with the receipt's number.
pub async fn receipt_heads(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<(String, Head)>, sqlx::Error> {
    #[derive(sqlx::FromRow)]
    struct Kept {
        receipt_number: Option<String>,
        #[sqlx(flatten)]
        head: Head,
    }
    let kept: Vec<Kept> = sqlx::query_as(
        "select s.receipt_number, h.county_id, h.account_id, h.seq, h.mac from submission_heads h
         join submissions s on s.county_id = h.county_id and s.id = h.submission_id
         where h.county_id = any($1) order by h.county_id, h.submission_id",
    )
    .bind(scope.ids())
    .fetch_all(connection)
    .await?;
    Ok(kept.into_iter().map(|kept| (format!("回执{}", kept.receipt_number.unwrap_or_default()), kept.head)).collect())
}
