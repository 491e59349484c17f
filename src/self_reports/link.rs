//! The link of one unit: 160 bits, no account, one unit, an end, and a way to call it back. Stored is only its hash; the token
//! follows from the link's id and the server's key, so the same sheet can be printed again.

use crate::base::ability::Enter;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Action, Entry, Key, WriteError, Writing};
use chrono::{DateTime, NaiveDate, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::fmt::Write as _;
use uuid::Uuid;

/// Bytes of a token.
const TOKEN_BYTES: usize = 20;

/// A link as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// Its id.
    pub id: Uuid,
    /// The county of the unit.
    pub county_id: CountyId,
    /// The unit.
    pub unit_id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// The last day on which it opens.
    pub expires_on: NaiveDate,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

const COLUMNS: &str = "select id, county_id, unit_id, campaign_id, expires_on, made_by, made_at from unit_links";

/// The token of a link, as its address says it.
pub fn token(key: &Key, link: Uuid) -> String {
    let secret = key.derived("unit links");
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(link.as_bytes());
    mac.finalize().into_bytes().iter().take(TOKEN_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The link that a token opens today. One that is unknown, called back or over looks the same: none.
pub async fn find_link(connection: &mut PgConnection, token: &str, today: NaiveDate) -> Result<Option<Link>, sqlx::Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{COLUMNS} where token_hash = $1 and revoked_at is null and expires_on >= $2")))
        .bind(hash(token))
        .bind(today)
        .fetch_optional(connection)
        .await
}

/// The open links of these units in a campaign.
pub async fn links_of(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    units: &[Uuid],
) -> Result<Vec<Link>, sqlx::Error> {
    let sql = format!("{COLUMNS} where county_id = any($1) and campaign_id = $2 and unit_id = any($3) and revoked_at is null");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).bind(units).fetch_all(connection).await
}

/// Makes a link for each of these units that has none; how many.
pub async fn make_links(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    key: &Key,
    campaign: Uuid,
    units: &[Uuid],
    expires_on: NaiveDate,
) -> Result<usize, WriteError> {
    let (ids, at): (Vec<Uuid>, _) = (units.iter().map(|_| new_id()).collect(), writing.business_at());
    let hashes: Vec<Vec<u8>> = ids.iter().map(|id| hash(&token(key, *id))).collect();
    let made: Vec<Uuid> = sqlx::query_scalar(
        "insert into unit_links (id, county_id, unit_id, campaign_id, token_hash, expires_on, made_by, made_at)
         select n.id, $1, u.id, $2, n.hash, $6, $7, $8 from unnest($3::uuid[], $4::uuid[], $5::bytea[]) as n(id, unit, hash)
         join units u on u.county_id = $1 and u.id = n.unit
         on conflict (county_id, campaign_id, unit_id) where revoked_at is null do nothing returning unit_id",
    )
    .bind(permit.county())
    .bind(campaign)
    .bind(ids)
    .bind(units)
    .bind(hashes)
    .bind(expires_on)
    .bind(&permit.actor().name)
    .bind(at)
    .fetch_all(writing.connection())
    .await?;
    let entries = made.iter().map(|unit| Entry::event(Action::Created, "unit_links", *unit, "生成企业自报二维码"));
    writing.record_all(permit.county(), entries.collect()).await?;
    Ok(made.len())
}

/// Calls the link of a unit back: its code opens nothing from now on.
pub async fn revoke_link(writing: &mut Writing, permit: &Permit<Enter>, campaign: Uuid, unit: Uuid) -> Result<(), WriteError> {
    let at = writing.business_at();
    let revoked = sqlx::query(
        "update unit_links set revoked_at = $4 where county_id = $1 and campaign_id = $2 and unit_id = $3 and revoked_at is null",
    )
    .bind(permit.county())
    .bind(campaign)
    .bind(unit)
    .bind(at)
    .execute(writing.connection())
    .await?;
    if revoked.rows_affected() == 0 {
        return Err(WriteError::Missing);
    }
    writing.record(permit.county(), Entry::event(Action::Changed, "unit_links", unit, "作废企业自报二维码")).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_160_bits_and_is_the_same_when_printed_again() {
        let (key, link) = (Key::of(&[7; 32]), new_id());
        assert_eq!(token(&key, link).len(), 40);
        assert_eq!(token(&key, link), token(&key, link));
        assert_ne!(token(&key, link), token(&key, new_id()));
        assert_ne!(token(&key, link), token(&Key::of(&[8; 32]), link));
    }
}
