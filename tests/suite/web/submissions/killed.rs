//! A server that dies in the middle of a filing, far from Beijing.

use super::{COUNTY, county, filed, handed_over};
use crate::support::{Served, TestApp};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::pin::pin;
use std::time::Duration;

/// Comes back when somebody waits for a lock on receipts.
async fn somebody_waits(watch: &mut PgConnection) {
    let waits = "select exists (select 1 from pg_locks where relation = 'submission_files'::regclass and not granted)";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut *watch).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn stamped(app: &TestApp) -> i64 {
    let stamped = "select count(*) from submissions where state = 'filed' or filed_at is not null";
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar(stamped).fetch_one(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_a_filing_has_filed_nothing_and_the_next_press_files_once() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let mut served = Served::start(&app, "America/Los_Angeles").await;
    let there = clerk.moved_to(&served.url);
    assert!(there.open("/submissions").await.text().contains("2019年6月20日"), "Beijing's day, wherever the server stands");

    let mut hold = app.endpoint.owner_options().connect().await.unwrap();
    let mut watch = app.endpoint.owner_options().connect().await.unwrap();
    let mut lock = hold.begin().await.unwrap();
    sqlx::query("lock table submission_files in access exclusive mode").execute(&mut *lock).await.unwrap();
    // The submission is stamped in the transaction already; its receipt waits for us.
    let file = format!("{}/file", frozen.path);
    let signed = [("signer_3", "张某某"), ("signed_on_3", "6.20")];
    let form = there.open(&file).await;
    {
        let mut press = pin!(there.send(&form, &file, &signed));
        tokio::select! {
            answer = &mut press => panic!("it was filed under our lock: {}", answer.status),
            () = somebody_waits(&mut watch) => served.kill().await,
        }
    }
    lock.rollback().await.unwrap();

    assert_eq!(stamped(&app).await, 0, "nothing half done");
    let shown = filed(&clerk, &frozen).await;
    assert!(shown.text().contains("2019-06-20 10:00") && shown.text().contains("按时"), "{}", shown.text());
    assert_eq!(stamped(&app).await, 1, "once");
    app.history_holds().await;
}
