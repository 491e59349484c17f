//! 零报告.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn a_clerk_confirms_by_name_that_there_is_nothing() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let nameless = clerk.fill_to("/annexes/2", "/annexes/zero", &[]).await;
    assert_eq!(nameless.status, 422);
    assert_eq!(nameless.error("confirmed_by").as_deref(), Some("错误： 请填写核实人姓名。"));
    let done = clerk.fill_to("/annexes/2", "/annexes/zero", &[("confirmed_by", "张某")]).await;
    assert_eq!((done.status, done.location.as_deref()), (303, Some("/annexes/2")));
    let page = clerk.follow(&done).await;
    assert_eq!(page.table("table.annex"), [["经核实，本期无此类情况（零报告） 确认人：张某 2019-06-20"]]);
    assert!(app.reviewer().await.open("/annexes/2").await.text().contains("确认人：张某"));
}

#[tokio::test]
async fn a_table_with_lines_has_no_zero_report() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let empty = clerk.open("/annexes/1").await;
    rows::unit(&app, 140403, "甲厂", json!({})).await;
    assert!(clerk.open("/annexes/1").await.texts("#f-confirmed_by").is_empty());
    let refused = clerk.send(&empty, "/annexes/zero", &[("confirmed_by", "张某")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("附件1已有1行内容，不能作零报告。"), "{}", refused.text());
}

#[tokio::test]
async fn only_the_county_itself_may_say_so() {
    let app = TestApp::start().await;
    for person in [app.reviewer().await, app.admin().await, app.auditor().await] {
        let page = person.open("/annexes/2").await;
        assert!(!page.html.contains("/annexes/zero"));
        let token = page.value("form_token").unwrap();
        let refused = person.post("/annexes/zero", &[("form_token", &token), ("annex", "2"), ("confirmed_by", "张某")]).await;
        assert_eq!(refused.status, 403);
    }
    let clerk = app.clerk(140403).await;
    let page = clerk.open("/annexes/2").await;
    let sent = clerk.send(&page, "/annexes/zero", &[("annex", "3"), ("confirmed_by", "张某")]).await;
    assert_eq!(sent.status, 400);
}
