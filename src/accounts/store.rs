//! Queries on `accounts`.

use super::account::{Account, AccountChanges, NewAccount};
use super::{sessions, throttle};
use crate::base::ability::Administer;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, Permit, new_id};
use crate::history::{Entry, WriteError, Writing};
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

/// Whom the history names for what came from outside without an account (企业自报, 群众举报): the system, under the name of who
/// stands there.
pub fn outside_actor(who: &str) -> Actor {
    Actor { name: who.to_owned(), ..system_actor() }
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
    let row: String = sqlx::query_scalar(
        "insert into accounts as a (id, login, name, role, county_id, legal_review, phone, office, password_hash, must_change,
            password_changed_at, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $11) returning (to_jsonb(a) - 'password_hash')::text",
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
    .fetch_one(writing.connection())
    .await
    .map_err(|e| match crate::platform::database::refused_by(&e) {
        Some("accounts_login_unique") => WriteError::refused("login", "该登录名已有人使用，请换一个。"),
        _ => e.into(),
    })?;
    writing.record(new.county, Entry::created("accounts", id, row)).await?;
    Ok(id)
}

/// Changes name, telephone and 科室; a stale version is refused.
pub async fn change(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    account: &Account,
    changes: &AccountChanges,
) -> Result<(), WriteError> {
    let row: Option<(i32, String)> = sqlx::query_as(
        "update accounts a set name = $3, phone = $4, office = $5, version = version + 1 where id = $1 and version = $2
         returning version, (to_jsonb(a) - 'password_hash')::text",
    )
    .bind(account.id)
    .bind(changes.version)
    .bind(&changes.name)
    .bind(&changes.phone)
    .bind(&changes.office)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, account, row).await
}

/// Gives a new one-time password, ends the account's sessions and forgets what failed before.
pub async fn reset(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    account: &Account,
    password_hash: &str,
) -> Result<(), WriteError> {
    not_oneself(writing, account, "自己的密码请在右上角“修改密码”中修改。")?;
    throttle::forget_failures(writing.connection(), &account.login).await?;
    set_password(writing, account, password_hash, true).await
}

/// Sets the password that the person chose and ends all the account's sessions.
pub async fn change_password(writing: &mut Writing, account: &Account, password_hash: &str) -> Result<(), WriteError> {
    set_password(writing, account, password_hash, false).await
}

async fn set_password(writing: &mut Writing, account: &Account, hash: &str, must_change: bool) -> Result<(), WriteError> {
    let now = writing.recorded_at();
    let row: Option<(i32, String)> = sqlx::query_as(
        "update accounts a set password_hash = $3, must_change = $4, password_changed_at = $5, version = version + 1
         where id = $1 and version = $2 returning version, (to_jsonb(a) - 'password_hash')::text",
    )
    .bind(account.id)
    .bind(account.version)
    .bind(hash)
    .bind(must_change)
    .bind(now)
    .fetch_optional(writing.connection())
    .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account, row).await
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

/// Lets nobody sign in with an account any more, and ends its sessions. Nobody does it to the own account, so that one
/// administrator always remains. An account that is disabled stays so.
pub async fn disable(writing: &mut Writing, _permit: &Permit<Administer>, account: &Account) -> Result<(), WriteError> {
    not_oneself(writing, account, "不能停用自己的账号，请由另一名管理员操作。")?;
    if account.disabled_at.is_some() {
        return Ok(());
    }
    let now = writing.recorded_at();
    let row: Option<(i32, String)> = sqlx::query_as(
        "update accounts a set disabled_at = $3, version = version + 1 where id = $1 and version = $2
         returning version, (to_jsonb(a) - 'password_hash')::text",
    )
    .bind(account.id)
    .bind(account.version)
    .bind(now)
    .fetch_optional(writing.connection())
    .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account, row).await
}

/// Opens a disabled account again.
pub async fn enable(writing: &mut Writing, _permit: &Permit<Administer>, account: &Account) -> Result<(), WriteError> {
    if account.disabled_at.is_none() {
        return Ok(());
    }
    let row: Option<(i32, String)> = sqlx::query_as(
        "update accounts a set disabled_at = null, version = version + 1 where id = $1 and version = $2
         returning version, (to_jsonb(a) - 'password_hash')::text",
    )
    .bind(account.id)
    .bind(account.version)
    .fetch_optional(writing.connection())
    .await?;
    record(writing, account, row).await
}

/// Gives or takes 法规审核. The account's sessions end, because what it may do changed. Nobody gives it to or takes it from
/// the own account, and an auditor never holds it.
pub async fn set_legal_review(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    account: &Account,
    legal_review: bool,
) -> Result<(), WriteError> {
    not_oneself(writing, account, "不能变更自己的法规审核权限，请由另一名管理员操作。")?;
    if legal_review && account.role() == Role::Auditor {
        return Err(WriteError::refused("legal_review", "审计员不能兼任法规审核。"));
    }
    if account.legal_review == legal_review {
        return Ok(());
    }
    let now = writing.recorded_at();
    let row: Option<(i32, String)> = sqlx::query_as(
        "update accounts a set legal_review = $3, version = version + 1 where id = $1 and version = $2
         returning version, (to_jsonb(a) - 'password_hash')::text",
    )
    .bind(account.id)
    .bind(account.version)
    .bind(legal_review)
    .fetch_optional(writing.connection())
    .await?;
    sessions::end_all(writing.connection(), account.id, now).await?;
    record(writing, account, row).await
}

fn not_oneself(writing: &Writing, account: &Account, text: &str) -> Result<(), WriteError> {
    if writing.actor().account == account.id { Err(WriteError::refused("", text)) } else { Ok(()) }
}

/// The changed row without its hash goes into its county's history; without a row, somebody was faster.
async fn record(writing: &mut Writing, account: &Account, row: Option<(i32, String)>) -> Result<(), WriteError> {
    let (version, row) = row.ok_or(WriteError::Stale)?;
    writing.record(account.county_id, Entry::changed("accounts", account.id, version, row)).await?;
    Ok(())
}
