//! Who asks for what the role may not do is refused, and the auditor reads of it.

use crate::support::{Person, Served, TestApp};
use zhengzhi::web::shell::REFUSALS_AN_HOUR;

/// The lines of refusals as the auditor reads them, the last first: county, act, what.
async fn read(auditor: &Person) -> Vec<[String; 3]> {
    let rows = auditor.open("/history?action=refused").await.table("#history");
    rows.into_iter().map(|row| [row[1].clone(), row[3].clone(), row[5].clone()]).collect()
}

#[tokio::test]
async fn the_auditor_reads_who_was_refused_what() {
    let app = TestApp::start().await;
    let (clerk, auditor) = (app.clerk(140403).await, app.auditor().await);
    assert_eq!(clerk.get("/accounts?q=1").await.status, 403);
    let token = clerk.open("/units/new").await.value("form_token").unwrap();
    assert_eq!(clerk.post("/campaigns/new", &[("form_token", &token), ("title", "私设行动")]).await.status, 403);
    let told = |what: &str| ["潞州区".to_owned(), "越权被拒".to_owned(), what.to_owned()];
    assert_eq!(read(&auditor).await, [told("提交 /campaigns/new"), told("打开 /accounts")]);
    assert_eq!(clerk.get(&format!("/units/{}", zhengzhi::base::new_id())).await.status, 404);
    assert_eq!(clerk.post("/units/new", &[("name", "甲厂")]).await.status, 403, "a form of nobody's");
    assert_eq!(Person::stranger(&app).get("/accounts").await.status, 303);
    assert_eq!(read(&auditor).await.len(), 2, "neither goes beyond anybody's rights");
    app.history_holds().await;
}

#[tokio::test]
async fn a_script_that_asks_on_and_on_is_told_by_some_lines_only() {
    let app = TestApp::start().await;
    let (clerk, colleague, auditor) = (app.clerk(140403).await, app.clerk(140403).await, app.auditor().await);
    for _ in 0..REFUSALS_AN_HOUR + 5 {
        assert_eq!(clerk.get("/accounts").await.status, 403);
    }
    assert_eq!(colleague.get("/campaigns").await.status, 403);
    let lines = read(&auditor).await;
    assert_eq!(lines.len(), REFUSALS_AN_HOUR.unsigned_abs() as usize + 1);
    assert_eq!(lines[0][2], "打开 /campaigns", "each account for itself");
}

#[tokio::test]
async fn a_database_that_only_reads_refuses_as_well() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let served = Served::reading_only(&app).await;
    let refused = clerk.moved_to(&served.url).get("/accounts").await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(refused.text().contains("您的账号没有此项权限"));
}
