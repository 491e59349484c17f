//! Two who freeze the city's figures at once.

use super::county;
use crate::support::TestApp;
use sqlx::{ConnectOptions, Connection};

#[tokio::test]
async fn the_second_reads_that_the_first_was_quicker_and_sees_the_figures() {
    let app = TestApp::start().await;
    county(&app).await;
    let (one, two) = (app.reviewer().await, app.reviewer().await);
    let (first, second) = (one.open("/today").await, two.open("/today").await);
    let mut hold = app.endpoint.owner_options().connect().await.unwrap();
    let mut lock = hold.begin().await.unwrap();
    sqlx::query("lock table snapshot_files in access exclusive mode").execute(&mut *lock).await.unwrap();
    let let_go = async {
        // The first waits for our lock, the second for the first.
        app.until_waiting(2).await;
        lock.rollback().await.unwrap();
    };
    let (first, second, ()) =
        tokio::join!(one.send(&first, "/today/freeze", &[]), two.send(&second, "/today/freeze", &[]), let_go);
    let (done, beaten) = if first.status == 303 { (first, second) } else { (second, first) };
    assert_eq!((done.status, beaten.status), (303, 409), "{}", beaten.text());
    assert!(beaten.text().contains("他人刚刚冻结了同一号快照，本次没有冻结"), "{}", beaten.text());
    assert!(!beaten.table("#figures").is_empty() && beaten.text().contains("市级快照第1号"), "{}", beaten.text());
    app.history_holds().await;
}
