//! Single-use form tokens: a random number and its code under a secret of whoever is shown the form, so that nothing is stored
//! on GET; used when the form is written, so that a double click makes one row.

use super::error::Error;
use crate::history::Writing;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// A new token under a secret.
pub(super) fn issue(secret: &[u8]) -> String {
    let nonce = Uuid::new_v4().simple().to_string();
    let code = code(secret, &nonce);
    format!("{nonce}.{code}")
}

/// Whether a token was issued under a secret.
pub(super) fn issued(secret: &[u8], token: &str) -> bool {
    let Some((nonce, said)) = token.split_once('.') else { return false };
    nonce.len() == 32 && same(&code(secret, nonce), said)
}

/// Uses a token up. A replay goes (303) to what the first made.
pub(super) async fn claim(writing: &mut Writing, token: &str, account: Uuid) -> Result<(), Error> {
    let (hash, at) = (Sha256::digest(token.as_bytes()).to_vec(), writing.recorded_at());
    let used = sqlx::query("insert into form_uses (token_hash, account_id, used_at) values ($1, $2, $3) on conflict do nothing")
        .bind(&hash)
        .bind(account)
        .bind(at)
        .execute(writing.connection())
        .await?;
    if used.rows_affected() == 1 {
        return Ok(());
    }
    let location: Option<String> = sqlx::query_scalar("select location from form_uses where token_hash = $1")
        .bind(&hash)
        .fetch_one(writing.connection())
        .await?;
    Err(Error::Replayed { location: location.unwrap_or_else(|| "/".into()) })
}

/// Notes where a replay of the token goes, and commits.
pub(super) async fn settle(mut writing: Writing, token: &str, location: &str) -> Result<(), Error> {
    sqlx::query("update form_uses set location = $2 where token_hash = $1")
        .bind(Sha256::digest(token.as_bytes()).to_vec())
        .bind(location)
        .execute(writing.connection())
        .await?;
    Ok(writing.commit().await?)
}

/// Days for which the use of a form is known: forms of a session live for hours, and nobody sends one of the public twice after a
/// month.
const KNOWN_DAYS: i64 = 30;

/// Forgets which forms were used long ago. How many were forgotten.
pub async fn forget_old_uses(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    let old = sqlx::query("delete from form_uses where used_at < $1").bind(now - Duration::days(KNOWN_DAYS));
    Ok(old.execute(connection).await?.rows_affected())
}

fn code(secret: &[u8], nonce: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(nonce.as_bytes());
    mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
}

/// Compares without telling by time where the two differ.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
