//! Whether a program has the key that the chains of a database are made with.

use super::chain::Key;
use super::head::heads;
use super::store::begins_with;
use crate::base::Scope;
use crate::platform::database::{Database, is_unavailable};
use sqlx::PgConnection;

/// Whether this key is the one of the chains, as the database says it. It says nothing before anybody came with a key: then any fits.
pub async fn key_fits(connection: &mut PgConnection, key: &Key) -> Result<bool, sqlx::Error> {
    // A backup is taken of a database that is older than this program, too.
    let known: bool = sqlx::query_scalar("select to_regclass('history_key') is not null").fetch_one(&mut *connection).await?;
    if !known {
        return Ok(true);
    }
    let said: Option<Vec<u8>> = sqlx::query_scalar("select fingerprint from history_key").fetch_optional(connection).await?;
    Ok(said.is_none_or(|said| said == key.fingerprint()))
}

/// The same, and says it where the database does not say yet: of chains that are there already, the key must have made the first
/// entry of one.
pub async fn settle_key(db: &Database, whole: &Scope, key: &Key) -> Result<bool, sqlx::Error> {
    let mut writer = db.writer(whole).await?;
    let connection = writer.connection();
    let said: bool = sqlx::query_scalar("select exists (select 1 from history_key)").fetch_one(&mut *connection).await?;
    if !said {
        let chain = heads(connection, whole).await?.into_iter().find(|head| head.seq > 0);
        if let Some(chain) = chain
            && !begins_with(connection, &chain, key).await?
        {
            return Ok(false);
        }
        let insert =
            sqlx::query("insert into history_key (fingerprint) values ($1) on conflict do nothing").bind(key.fingerprint());
        match insert.execute(&mut *connection).await {
            // A database that takes nothing at present shows its pages all the same.
            Err(error) if is_unavailable(&error) => return Ok(true),
            said => said.map(drop)?,
        }
    }
    let fits = key_fits(connection, key).await?;
    writer.commit().await?;
    Ok(fits)
}
