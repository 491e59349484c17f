//! A database that cannot be written, as when its disk is full.

use crate::support::{Served, TestApp};
use sqlx::{AssertSqlSafe, ConnectOptions};

#[tokio::test]
async fn pages_are_shown_and_what_would_be_saved_is_refused_in_words() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::query("update sessions set seen_at = seen_at - interval '5 minutes'").execute(&mut owner).await.unwrap();
    let options = app.endpoint.app_options();
    let sql = format!("alter database {} set default_transaction_read_only = on", options.get_database().unwrap());
    sqlx::query(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();

    let served = Served::start(&app, "Asia/Shanghai").await;
    let there = clerk.moved_to(&served.url);
    let form = there.open("/units/new").await;
    let refused = there.send(&form, "/units/new", &[("name", "漳泽水泥厂"), ("no_code_reason", "no_licence")]).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("已保存的内容不受影响"), "{}", refused.text());
    there.open("/units").await;
}
