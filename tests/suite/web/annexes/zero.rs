//! 零报告.

use crate::support::TestApp;
use crate::support::rows;
use crate::support::workbook;
use crate::web::submissions::{explained, filed, handed_over};
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
    assert!(refused.text().contains("附件1（数据截至6月20日）已有1行内容，不能作零报告。"), "{}", refused.text());
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

#[tokio::test]
async fn a_zero_report_of_the_last_day_speaks_of_the_table_that_is_filed() {
    let app = TestApp::start_at("2019-06-28T10:00:00+08:00").await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    rows::self_inspection(&app, unit, json!({})).await;
    rows::problem(&app, unit, json!({"found_on": "2019-06-28", "due_on": "2019-07-05"})).await;
    let (clerk, officer) = (app.clerk(140403).await, app.reviewer().await);
    let check = explained(&clerk).await;
    assert!(check.text().contains("附件2没有内容，尚未确认零报告"), "{}", check.text());
    let (_, table) = check.links("#R13").remove(0);
    assert!(table.ends_with("date=2019-06-27"), "the table that is filed, without what was found today: {table}");
    let given = clerk.fill_to(&table, "/annexes/zero", &[("confirmed_by", "张某")]).await;
    let zero = [["经核实，本期无此类情况（零报告） 确认人：张某 2019-06-28"]];
    assert_eq!(clerk.follow(&given).await.table("table.annex"), zero);
    assert!(clerk.open("/annexes/2").await.text().contains("物料堆场未覆盖"), "today there is a line");

    assert_eq!(clerk.open("/annexes/2?date=2019-06-26").await.table("table.annex"), [["本表暂无内容"]]);
    let before = "/annexes/2?date=2019-06-27&as_of=2019-06-28T09:00";
    assert_eq!(clerk.open(before).await.table("table.annex"), [["本表暂无内容"]], "an hour ago nobody had given it");
    let board = officer.open("/dashboard?date=2019-06-27").await.text();
    assert!(board.contains("潞州区 附件2零报告"), "{board}");

    let sent = filed(&clerk, &handed_over(&clerk).await).await;
    assert!(sent.text().contains("已上报"), "{}", sent.text());
    let (_, _, annex) = clerk.download(&format!("{}/files/annex2", sent.path)).await;
    let grid = workbook::grid(&annex, &workbook::sheets(&annex).remove(0));
    assert!(grid.iter().flatten().any(|c| c.contains("零报告") && c.contains("张某")), "{grid:?}");
}

#[tokio::test]
async fn given_again_on_the_last_day_it_still_counts() {
    let app = TestApp::start_at("2019-06-28T10:00:00+08:00").await;
    let clerk = app.clerk(140403).await;
    for name in ["张某", "李某"] {
        assert_eq!(clerk.fill_to("/annexes/2", "/annexes/zero", &[("confirmed_by", name)]).await.status, 303);
    }
    let check = clerk.open("/submissions/check").await.text();
    assert!(check.contains("附件1没有内容") && !check.contains("附件2没有内容"), "{check}");
}
