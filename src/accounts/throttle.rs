//! Slowing down guesses: per account in the database (it survives a restart), generous per address (a bureau shares one).

use chrono::{DateTime, Duration, DurationRound, Utc};
use sqlx::PgConnection;

/// How long the next try must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Seconds from now.
    pub seconds: i64,
}

const FREE_FAILURES: i32 = 5;
const LONGEST_SECONDS: i64 = 900;
/// Failures from which on the wait is the longest.
const SLOWEST: i32 = 15;
const LOGINS_A_MINUTE: i32 = 60;

/// Seconds after the last failure: five are free, then 1, 2, 4 … 900. Never a permanent lock.
fn delay(failures: i32) -> i64 {
    if failures < FREE_FAILURES {
        0
    } else {
        1_i64.checked_shl((failures - FREE_FAILURES).min(20).unsigned_abs()).unwrap_or(i64::MAX).min(LONGEST_SECONDS)
    }
}

/// Takes a try at a login's password, or says how long it must still wait. The try counts as a failure at once, in the statement
/// that allows it: of many that come together only the free ones pass. A success forgets it ([`forget_failures`]).
pub async fn attempt(connection: &mut PgConnection, login: &str, now: DateTime<Utc>) -> Result<Option<Wait>, sqlx::Error> {
    let counted = sqlx::query(
        "insert into login_failures as f (login, failures, last_failed_at) values ($1, 1, $2)
         on conflict (login) do update set failures = f.failures + 1, last_failed_at = excluded.last_failed_at
         where f.last_failed_at + make_interval(secs => ($3::bigint[])[least(f.failures + 1, array_length($3, 1))])
            <= excluded.last_failed_at
            -- counted by a clock that was wrong: nobody waits for a day that is not over
            or f.last_failed_at > excluded.last_failed_at + interval '1 minute'",
    )
    .bind(login)
    .bind(now)
    .bind((0..=SLOWEST).map(delay).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    if counted.rows_affected() > 0 {
        return Ok(None);
    }
    // Who was allowed in the meantime made the row go or move on.
    Ok(Some(waiting(connection, login, now).await?.unwrap_or(Wait { seconds: 1 })))
}

/// How long a login must still wait.
async fn waiting(connection: &mut PgConnection, login: &str, now: DateTime<Utc>) -> Result<Option<Wait>, sqlx::Error> {
    let row: Option<(i32, DateTime<Utc>)> =
        sqlx::query_as("select failures, last_failed_at from login_failures where login = $1")
            .bind(login)
            .fetch_optional(connection)
            .await?;
    let left = row.map_or(0, |(failures, last)| (last + Duration::seconds(delay(failures)) - now).num_milliseconds());
    Ok((left > 0).then_some(Wait { seconds: (left + 999) / 1000 }))
}

/// Forgets the failures after a success.
pub async fn forget_failures(connection: &mut PgConnection, login: &str) -> Result<(), sqlx::Error> {
    sqlx::query("delete from login_failures where login = $1").bind(login).execute(connection).await.map(drop)
}

/// Forgets the failures at logins that nobody tried for a day: no wait is longer than a quarter of an hour. How many were forgotten.
pub async fn forget_old_failures(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    let old = sqlx::query("delete from login_failures where last_failed_at < $1").bind(now - Duration::days(1));
    Ok(old.execute(connection).await?.rows_affected())
}

/// Counts a try from an address; whether it is still among the sixty of its minute.
pub async fn address_allowed(connection: &mut PgConnection, address: &str, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    let minute = now.duration_trunc(Duration::minutes(1)).unwrap_or(now);
    sqlx::query("delete from address_logins where minute < $1")
        .bind(minute - Duration::hours(1))
        .execute(&mut *connection)
        .await?;
    let logins: i32 = sqlx::query_scalar(
        "insert into address_logins as a (address, minute, logins) values ($1, $2, 1)
         on conflict (address, minute) do update set logins = a.logins + 1 returning logins",
    )
    .bind(address)
    .bind(minute)
    .fetch_one(connection)
    .await?;
    Ok(logins <= LOGINS_A_MINUTE)
}

/// Counts what somebody does for a purpose, often without an account; whether it is still among the `most` of its hour and address.
pub async fn try_allowed(
    connection: &mut PgConnection,
    purpose: &str,
    address: &str,
    most: i32,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let hour = now.duration_trunc(Duration::hours(1)).unwrap_or(now);
    sqlx::query("delete from guest_tries where hour < $1").bind(hour - Duration::hours(24)).execute(&mut *connection).await?;
    let tries: i32 = sqlx::query_scalar(
        "insert into guest_tries as g (purpose, address, hour, tries) values ($1, $2, $3, 1)
         on conflict (purpose, address, hour) do update set tries = g.tries + 1 returning tries",
    )
    .bind(purpose)
    .bind(address)
    .bind(hour)
    .fetch_one(connection)
    .await?;
    Ok(tries <= most)
}

#[cfg(test)]
mod tests {
    use super::delay;

    #[test]
    fn five_failures_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = [0, 4, 5, 6, 7, 14, 15, 100].into_iter().map(delay).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 512, 900, 900]);
        assert_eq!((delay(super::SLOWEST - 1), delay(super::SLOWEST)), (512, 900));
    }
}
