//! What somebody typed into a form whose session had ended meanwhile: kept a day for the same account, and shown again after
//! signing in. Nobody's facts yet, so the history has nothing to say.

use super::sessions::SessionToken;
use crate::base::new_id;
use chrono::{DateTime, Duration, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Hours that a draft is kept.
const KEPT_HOURS: i64 = 24;

/// Keeps what was typed for the account of an ended session; `None` when the session was never one. Names and values in the
/// order of the form.
pub async fn keep_draft(
    connection: &mut PgConnection,
    token: &SessionToken,
    typed: &[(String, String)],
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query("delete from drafts where made_at < $1")
        .bind(now - Duration::hours(KEPT_HOURS))
        .execute(&mut *connection)
        .await?;
    // Texts of a form may hold what jsonb cannot: NUL. Such a text was no entry of a person's.
    let typed: Vec<_> = typed.iter().filter(|(name, value)| !name.contains('\0') && !value.contains('\0')).collect();
    sqlx::query_scalar(
        "insert into drafts (id, account_id, typed, made_at)
         select $1, s.account_id, $3, $4 from sessions s join accounts a on a.id = s.account_id
         where s.token_hash = $2 and a.disabled_at is null
         returning id",
    )
    .bind(new_id())
    .bind(token.hash())
    .bind(sqlx::types::Json(typed))
    .bind(now)
    .fetch_optional(connection)
    .await
}

/// What an account typed, if it did so within the day.
pub async fn draft(
    connection: &mut PgConnection,
    account: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Vec<(String, String)>>, sqlx::Error> {
    let typed: Option<sqlx::types::Json<Vec<(String, String)>>> =
        sqlx::query_scalar("select typed from drafts where id = $1 and account_id = $2 and made_at >= $3")
            .bind(id)
            .bind(account)
            .bind(now - Duration::hours(KEPT_HOURS))
            .fetch_optional(connection)
            .await?;
    Ok(typed.map(|t| t.0))
}
