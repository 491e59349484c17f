//! Sessions: a random token in a cookie, its hash in the database. One statement looks it up and sets the scope.

use super::account::Account;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, CountyId, Scope};
use crate::campaigns::Campaign;
use crate::platform::database::{Database, Reader};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, PgConnection, Row};
use uuid::Uuid;

/// Minutes without a request after which a session ends.
pub const IDLE_MINUTES: i64 = 30;
/// Hours after which a session ends in any case.
pub const ABSOLUTE_HOURS: i64 = 8;
/// Minutes by which the clocks of two servers may differ. A session from later than that was dated by a clock that was wrong, and
/// would outlive its limits.
const AHEAD_MINUTES: i64 = 1;

/// The secret in the cookie: 256 random bits as hex. The database holds its hash only.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    fn random() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(bytes.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Reads a cookie; `None` when it cannot be a token.
    pub fn read(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// The text for the cookie, and for binding form tokens to the session.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What the database holds.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(secret)")
    }
}

/// A signed-in person, proved by a valid session: an [`Actor`] and what that person may see.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who.
    pub actor: Actor,
    /// What may be seen.
    pub scope: Scope,
    /// The name typed at sign-in.
    pub login: String,
    /// The name of the person's body today.
    pub body_name: String,
    /// Whether the password must be changed first.
    pub must_change: bool,
    /// When the password was set.
    pub password_changed_at: DateTime<Utc>,
    /// When the session was last used, as recorded.
    pub seen_at: DateTime<Utc>,
}

/// What one round trip brings: a connection with its scope set, the viewer, and the campaign asked for.
#[derive(Debug)]
pub struct Visiting {
    /// The connection; without a viewer no county can be read on it.
    pub reader: Reader,
    /// The person, if the session is valid.
    pub viewer: Option<Viewer>,
    /// The campaign, if there is one of that name.
    pub campaign: Option<Campaign>,
    /// The campaign of today, which is shown where none is asked for.
    pub current: Option<Uuid>,
}

const VISIT: &str = "
    select set_config('zhengzhi.counties', coalesce(v.counties, ''), false),
           v.account_id, v.login, v.name as account_name, v.role, v.account_county_id, v.legal_review, v.must_change, v.password_changed_at,
           v.seen_at, v.counties, v.body_name, c.*
    from (select 1) as one
    left join lateral (
        select a.id as account_id, a.login, a.name, a.role, a.county_id as account_county_id, a.legal_review, a.must_change,
               a.password_changed_at, s.seen_at,
               case when a.county_id = $1 then (select array_agg(id)::text from counties) else '{' || a.county_id || '}' end as counties,
               (select b.full_name from bodies b where b.county_id = a.county_id
                order by b.valid_from <= $2 desc, abs(b.valid_from - $2) limit 1) as body_name
        from sessions s join accounts a on a.id = s.account_id
        where s.token_hash = $3 and s.ended_at is null and a.disabled_at is null and s.seen_at > $4 and s.created_at > $5
          and greatest(s.seen_at, s.created_at) <= $7
    ) v on true
    left join lateral (
        select * from (
            select *, first_value(id) over (order by starts_on <= $2 desc, abs(starts_on - $2), id desc) as current_id from campaigns
        ) every where slug = $6 or $6::text is null and id = current_id
    ) c on true";

/// Looks the session up, sets the scope on the connection and reads the campaign: one statement.
pub async fn visit(
    db: &Database,
    token: Option<&SessionToken>,
    campaign: Option<&str>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Visiting, sqlx::Error> {
    let mut reader = db.for_session_lookup().await?;
    let row = sqlx::query(VISIT)
        .bind(CITY)
        .bind(today)
        .bind(token.map_or_else(Vec::new, SessionToken::hash))
        .bind(now - Duration::minutes(IDLE_MINUTES))
        .bind(now - Duration::hours(ABSOLUTE_HOURS))
        .bind(campaign)
        .bind(now + Duration::minutes(AHEAD_MINUTES))
        .fetch_one(reader.connection())
        .await?;
    let campaign = match row.try_get::<Option<Uuid>, _>("id")? {
        Some(_) => Some(Campaign::from_row(&row)?),
        None => None,
    };
    let viewer = match row.try_get::<Option<Uuid>, _>("account_id")? {
        Some(account) => Some(viewer(&row, account)?),
        None => None,
    };
    Ok(Visiting { reader, viewer, campaign, current: row.try_get("current_id")? })
}

fn viewer(row: &sqlx::postgres::PgRow, account: Uuid) -> Result<Viewer, sqlx::Error> {
    let unreadable = |what: &str| sqlx::Error::Decode(what.to_owned().into());
    let role = Role::from_code(row.try_get("role")?).ok_or_else(|| unreadable("role"))?;
    let counties: String = row.try_get("counties")?;
    let ids = counties.trim_matches(['{', '}']).split(',').filter_map(|id| id.parse().ok().map(CountyId)).collect();
    let scope = Scope::counties(ids).ok_or_else(|| unreadable("counties"))?;
    Ok(Viewer {
        actor: Actor {
            account,
            name: row.try_get("account_name")?,
            role,
            county: row.try_get("account_county_id")?,
            legal_review: row.try_get("legal_review")?,
        },
        scope,
        login: row.try_get("login")?,
        body_name: row.try_get::<Option<String>, _>("body_name")?.unwrap_or_default(),
        must_change: row.try_get("must_change")?,
        password_changed_at: row.try_get("password_changed_at")?,
        seen_at: row.try_get("seen_at")?,
    })
}

/// Notes that a session is in use; callers do so about once a minute.
pub async fn touch(connection: &mut PgConnection, token: &SessionToken, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query("update sessions set seen_at = $2 where token_hash = $1")
        .bind(token.hash())
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Opens a session with a new token and notes time and place. `None` when the account is no longer as it was when its password was
/// checked: a password that changes ends all sessions, and one that is being opened would outlive it.
pub async fn sign_in(
    connection: &mut PgConnection,
    account: &Account,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Option<SessionToken>, sqlx::Error> {
    // The row stays locked until the session is there: whoever changes the account waits, and ends the session as well.
    let still = sqlx::query(
        "update accounts set last_login_at = $2, last_login_from = $3 where id = $1 and version = $4 and disabled_at is null",
    )
    .bind(account.id)
    .bind(now)
    .bind(address)
    .bind(account.version)
    .execute(&mut *connection)
    .await?;
    if still.rows_affected() == 0 {
        return Ok(None);
    }
    let token = SessionToken::random();
    sqlx::query("delete from sessions where created_at < $1").bind(now - Duration::days(7)).execute(&mut *connection).await?;
    sqlx::query("insert into sessions (token_hash, account_id, created_at, seen_at, address) values ($1, $2, $3, $3, $4)")
        .bind(token.hash())
        .bind(account.id)
        .bind(now)
        .bind(address)
        .execute(connection)
        .await?;
    Ok(Some(token))
}

/// Ends one session.
pub async fn end(connection: &mut PgConnection, token: &SessionToken, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query("update sessions set ended_at = $2 where token_hash = $1")
        .bind(token.hash())
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Ends every session of an account, as when its password changes or it is disabled.
pub async fn end_all(connection: &mut PgConnection, account: Uuid, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query("update sessions set ended_at = $2 where account_id = $1 and ended_at is null")
        .bind(account)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// A session that is not over, as its own person sees it.
#[derive(Clone, Debug, FromRow)]
pub struct OpenSession {
    /// Its name in forms; it opens nothing.
    pub id: Uuid,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last used, as recorded.
    pub seen_at: DateTime<Utc>,
    /// The address it was opened from.
    pub address: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The sessions of an account that [`visit`] would accept, the one that asks first.
pub async fn open_sessions(
    connection: &mut PgConnection,
    account: Uuid,
    token: &SessionToken,
    now: DateTime<Utc>,
) -> Result<Vec<OpenSession>, sqlx::Error> {
    sqlx::query_as(
        "select id, created_at, seen_at, address, token_hash = $2 as current from sessions
         where account_id = $1 and ended_at is null and seen_at > $3 and created_at > $4 and greatest(seen_at, created_at) <= $5
         order by current desc, seen_at desc, id",
    )
    .bind(account)
    .bind(token.hash())
    .bind(now - Duration::minutes(IDLE_MINUTES))
    .bind(now - Duration::hours(ABSOLUTE_HOURS))
    .bind(now + Duration::minutes(AHEAD_MINUTES))
    .fetch_all(connection)
    .await
}

/// Ends another session of the account that asks, and tells when and from where it was opened. `None` when the account has no such
/// session that goes on; the one that asks is ended by signing out.
pub async fn end_other(
    connection: &mut PgConnection,
    account: Uuid,
    token: &SessionToken,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<(DateTime<Utc>, String)>, sqlx::Error> {
    sqlx::query_as(
        "update sessions set ended_at = $4 where id = $3 and account_id = $1 and token_hash <> $2 and ended_at is null
         returning created_at, address",
    )
    .bind(account)
    .bind(token.hash())
    .bind(id)
    .bind(now)
    .fetch_optional(connection)
    .await
}
