//! A server's clock that was wrong for a while.

use crate::support::{PASSWORD, Person, TestApp};
use sqlx::{AssertSqlSafe, ConnectOptions};
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

/// Dates what a table says by a clock that goes wrong by an interval.
async fn dated(app: &TestApp, table: &str, column: &str, by: &str) {
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    let sql = format!("update {table} set {column} = {column} + interval '{by}'");
    let changed = sqlx::query(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();
    assert!(changed.rows_affected() > 0, "{table} says nothing");
}

#[tokio::test]
async fn nobody_waits_for_a_day_that_is_not_over() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    let wrong = [("login", "wang"), ("password", "不对")];
    let right = [("login", "wang"), ("password", PASSWORD)];
    for _ in 0..5 {
        assert_eq!(person.post("/login", &wrong).await.status, 422);
    }
    dated(&app, "login_failures", "last_failed_at", "1 day").await;
    assert_eq!(person.post("/login", &wrong).await.status, 422, "it is looked at, and counted on today's clock");
    assert_eq!(person.post("/login", &wrong).await.status, 429);
    dated(&app, "login_failures", "last_failed_at", "1 day").await;
    assert_eq!(person.post("/login", &right).await.status, 303);
}

#[tokio::test]
async fn a_reset_lets_in_at_once() {
    let app = TestApp::start().await;
    let actor = app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    for _ in 0..5 {
        person.post("/login", &[("login", "wang"), ("password", "不对")]).await;
    }
    // A little ahead, as long waits are.
    dated(&app, "login_failures", "last_failed_at", "30 seconds").await;
    assert_eq!(person.post("/login", &[("login", "wang"), ("password", PASSWORD)]).await.status, 429);
    let path = format!("/accounts/{}", actor.account);
    let page = app.admin().await.fill_to(&path, &format!("{path}/reset"), &[]).await;
    let secret = page.texts("#secret-password").remove(0);
    assert_eq!(person.post("/login", &[("login", "wang"), ("password", &secret)]).await.status, 303);
}

#[tokio::test]
async fn a_session_from_tomorrow_is_none() {
    let app = TestApp::start().await;
    for column in ["created_at", "seen_at"] {
        let clerk = app.clerk(140403).await;
        dated(&app, "sessions", column, "30 seconds").await;
        assert_eq!(clerk.get("/").await.status, 200, "clocks of servers differ a little");
        dated(&app, "sessions", column, "1 day").await;
        assert_eq!(clerk.get("/").await.status, 303, "{column}");
    }
}
