//! Queries on `accounts`.

use super::account::{Account, NewAccount};
use super::sessions;
use crate::base::ability::Administer;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, CountyId, Permit, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use sqlx::PgConnection;
use uuid::Uuid;

/// The account that the history names when the command line writes without `--as`.
pub fn system_actor() -> Actor {
    Actor {
        account: Uuid::from_u128(0x019b_0000_0000_7000_8000_0000_0000_0002),
        name: "系统".to_owned(),
        role: Role::System,
        county: CITY,
        legal_review: false,
    }
}

/// All accounts of people, by county and login.
pub async fn list(connection: &mut PgConnection) -> Result<Vec<Account>, sqlx::Error> {
    sqlx::query_as(
        "select a.* from accounts a join counties c on c.id = a.county_id where a.role <> 'system' order by c.rank, a.login",
    )
    .fetch_all(connection)
    .await
}

/// One account of a person.
pub async fn find(connection: &mut PgConnection, id: Uuid) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as("select * from accounts where id = $1 and role <> 'system'").bind(id).fetch_optional(connection).await
}

/// The account of a login, whatever the case of its letters.
pub async fn find_by_login(connection: &mut PgConnection, login: &str) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as("select * from accounts where login = $1 and role <> 'system'")
        .bind(login.trim().to_lowercase())
        .fetch_optional(connection)
        .await
}

/// Makes an account whose first password must be changed (`must_change`), or a demo account that need not.
pub async fn add(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    new: &NewAccount,
    password_hash: &str,
    must_change: bool,
) -> Result<Uuid, WriteError> {
    let id = new_id();
    let now = writing.recorded_at();
    sqlx::query(
        "insert into accounts (id, login, name, role, county_id, legal_review, phone, office, password_hash, must_change,
            password_changed_at, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $11)",
    )
    .bind(id)
    .bind(&new.login)
    .bind(&new.name)
    .bind(new.role.code())
    .bind(new.county)
    .bind(new.legal_review)
    .bind(&new.phone)
    .bind(&new.office)
    .bind(password_hash)
    .bind(must_change)
    .bind(now)
    .execute(writing.connection())
    .await
    .map_err(|e| match crate::platform::database::refused_by(&e) {
        Some("accounts_login_unique") => WriteError::refused("login", "该登录名已有人使用，请换一个。"),
        _ => e.into(),
    })?;
    record(writing, new.county, id, Action::Created).await?;
    Ok(id)
}

/// Gives a new one-time password and ends the account's sessions.
pub async fn reset(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    account: &Account,
    password_hash: &str,
) -> Result<(), WriteError> {
    set_password(writing, account, password_hash, true).await
}

/// Sets the password that the person chose and ends all the account's sessions.
pub async fn change_password(writing: &mut Writing, account: &Account, password_hash: &str) -> Result<(), WriteError> {
    set_password(writing, account, password_hash, false).await
}

async fn set_password(writing: &mut Writing, account: &Account, hash: &str, must_change: bool) -> Result<(), WriteError> {
    let now = writing.recorded_at();
    sqlx::query(
        "update accounts set password_hash = $2, must_change = $3, password_changed_at = $4, version = version + 1 where id = $1",
    )
    .bind(account.id)
    .bind(hash)
    .bind(must_change)
    .bind(now)
    .execute(writing.connection())
    .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account.county_id, account.id, Action::Changed).await
}

/// Replaces a hash by one of the same password with today's parameters.
pub async fn renew_hash(connection: &mut PgConnection, account: Uuid, password_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("update accounts set password_hash = $2 where id = $1")
        .bind(account)
        .bind(password_hash)
        .execute(connection)
        .await
        .map(drop)
}

/// Lets nobody sign in with an account any more, and ends its sessions.
pub async fn disable(writing: &mut Writing, _permit: &Permit<Administer>, account: &Account) -> Result<(), WriteError> {
    let now = writing.recorded_at();
    sqlx::query("update accounts set disabled_at = $2, version = version + 1 where id = $1 and disabled_at is null")
        .bind(account.id)
        .bind(now)
        .execute(writing.connection())
        .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account.county_id, account.id, Action::Changed).await
}

/// Opens a disabled account again.
pub async fn enable(writing: &mut Writing, _permit: &Permit<Administer>, account: &Account) -> Result<(), WriteError> {
    sqlx::query("update accounts set disabled_at = null, version = version + 1 where id = $1")
        .bind(account.id)
        .execute(writing.connection())
        .await?;
    record(writing, account.county_id, account.id, Action::Changed).await
}

/// Gives or takes 法规审核. The account's sessions end, because what it may do changed.
pub async fn set_legal_review(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    account: &Account,
    legal_review: bool,
) -> Result<(), WriteError> {
    let now = writing.recorded_at();
    sqlx::query("update accounts set legal_review = $2, version = version + 1 where id = $1")
        .bind(account.id)
        .bind(legal_review)
        .execute(writing.connection())
        .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account.county_id, account.id, Action::Changed).await
}

/// The account's row without its hash goes into its county's history.
async fn record(writing: &mut Writing, county: CountyId, id: Uuid, action: Action) -> Result<(), WriteError> {
    let (version, row): (i32, String) =
        sqlx::query_as("select version, (to_jsonb(a) - 'password_hash')::text from accounts a where id = $1")
            .bind(id)
            .fetch_one(writing.connection())
            .await?;
    let entry = Entry { action, record: "accounts", record_id: id, version, row: Some(row), note: None };
    writing.record(county, entry).await?;
    Ok(())
}
