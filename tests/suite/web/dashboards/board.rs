//! The board.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

/// Facts in two counties: 潞州区 has an overdue problem and a fine, 高新区 a finished problem.
async fn facts(app: &TestApp) {
    let unit = rows::unit(app, 140403, "漳河焦化", json!({})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    let late = rows::problem(app, unit, json!({"due_on": "2019-06-15"})).await;
    rows::problem(app, unit, json!({"due_on": "2019-06-24", "description": "雨污未分流"})).await;
    let case =
        rows::case(app, &[late], json!({"decided_on": "2019-06-16", "fine_fen": 12_500_000, "handled_by": "city_bureau"})).await;
    rows::measure(app, case, "detention_transfer", json!({"persons": 2})).await;
    let zone = rows::unit(app, 140471, "高新电子", json!({})).await;
    rows::problem(app, zone, json!({"due_on": "2019-06-15", "completed_on": "2019-06-14"})).await;
}

fn named(table: &[Vec<String>], name: &str) -> Vec<String> {
    table.iter().find(|row| row[0].starts_with(name)).unwrap_or_else(|| panic!("no {name}")).clone()
}

#[tokio::test]
async fn the_city_sees_thirteen_bodies_in_customary_order_their_sum_and_its_own_part() {
    let app = TestApp::start().await;
    facts(&app).await;
    for person in [app.reviewer().await, app.admin().await, app.auditor().await] {
        let page = person.open("/dashboard").await;
        let heads = page.texts("#board thead th");
        let board = page.table("#board");
        assert_eq!(board.len(), 15);
        assert_eq!((board[0][0].as_str(), board[12][0].as_str(), board[13][0].as_str()), ("潞州区", "高新区", "合计"));
        let at = |row: &[String], head: &str| row[heads.iter().position(|h| h.starts_with(head)).unwrap()].clone();
        let (luzhou, total, part) = (named(&board, "潞州区"), named(&board, "合计"), named(&board, "其中"));
        assert_eq!(
            (at(&luzhou, "问题"), at(&luzhou, "已到期未完成"), at(&luzhou, "完成率")),
            ("2".into(), "1".into(), "0.0%".into())
        );
        assert_eq!(
            (at(&total, "问题"), at(&total, "完成率"), at(&total, "到期完成率")),
            ("3".into(), "33.3%".into(), "50.0%".into())
        );
        assert_eq!((at(&part, "罚款"), at(&part, "移送拘留（人）"), at(&part, "问题")), ("12.5".into(), "2".into(), "/".into()));
        assert_eq!(at(&named(&board, "沁县"), "完成率"), "—");
        assert_eq!(at(&luzhou, "名次"), "—", "too few to be ranked");
        assert!(page.texts("svg.tilemap text").contains(&"100.0%".to_owned()));
        assert!(!page.html.contains("style="), "charts carry classes only");
    }
}

#[tokio::test]
async fn every_number_leads_to_its_rows() {
    let app = TestApp::start().await;
    facts(&app).await;
    let page = app.reviewer().await.open("/dashboard?date=2019-06-18").await;
    let links: Vec<String> = page.links("#board tbody").into_iter().map(|(_, href)| href).collect();
    for wanted in [
        "/units?figure=owed&county=140403&date=2019-06-18",
        "/problems?figure=overdue&county=140403&date=2019-06-18",
        "/ledger?figure=fine&county=140403&date=2019-06-18",
        "/problems?figure=problems&date=2019-06-18",
    ] {
        assert!(links.iter().any(|href| href == wanted), "{wanted}: {links:?}");
    }
}

#[tokio::test]
async fn the_board_is_sorted_by_the_column_asked_for() {
    let app = TestApp::start().await;
    facts(&app).await;
    let reviewer = app.reviewer().await;
    let first = async |query: &str| reviewer.open(&format!("/dashboard?{query}")).await.table("#board")[0][0].clone();
    assert_eq!(first("sort=due_completion&dir=desc").await, "高新区");
    assert_eq!(first("sort=problems&dir=desc").await, "潞州区");
    assert_eq!(first("sort=problems&dir=asc").await, "上党区", "equals keep the customary order");
    assert_eq!(first("sort=county_id;drop&dir=desc").await, "潞州区", "an unknown column sorts nothing");
    assert_eq!(reviewer.get("/dashboard?date=tomorrow").await.status, 400);
}

#[tokio::test]
async fn a_county_sees_its_own_row_and_what_falls_due() {
    let app = TestApp::start().await;
    facts(&app).await;
    let page = app.clerk(140403).await.open("/dashboard").await;
    let board = page.table("#board");
    assert_eq!((board.len(), board[0][0].as_str()), (1, "潞州区"));
    assert!(!page.html.contains("高新") && !page.html.contains("140471"));
    let due = page.texts(".todo li");
    assert_eq!(due.len(), 2);
    assert!(due[0].contains("6月15日 已到期") && due[1].contains("雨污未分流") && due[1].ends_with("6月24日"), "{due:?}");
    let other = app.clerk(140471).await.open("/dashboard").await;
    assert!(other.text().contains("7日内没有到期的问题"));
}

#[tokio::test]
async fn a_zero_report_shows_as_such() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140430).await;
    clerk.fill_to("/annexes/2", "/annexes/zero", &[("confirmed_by", "张某")]).await;
    let board = app.reviewer().await.open("/dashboard").await.table("#board");
    assert_eq!(named(&board, "沁县")[0], "沁县 附件2零报告");
}

#[tokio::test]
async fn a_zero_report_counts_while_its_table_has_no_line() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140430).await;
    for annex in ["1", "2"] {
        clerk.fill_to(&format!("/annexes/{annex}"), "/annexes/zero", &[("confirmed_by", "张某")]).await;
    }
    let reviewer = app.reviewer().await;
    let words = async || named(&reviewer.open("/dashboard").await.table("#board"), "沁县")[0].clone();
    assert_eq!(words().await, "沁县 附件1零报告、附件2零报告");
    let unit = rows::unit(&app, 140430, "沁县砖厂", json!({})).await;
    assert_eq!(words().await, "沁县 附件2零报告", "a unit is a line of annex 1");
    rows::problem(&app, unit, json!({})).await;
    assert_eq!(words().await, "沁县", "figures stand there, and no zero beside them");
    let before = named(&reviewer.open("/dashboard?date=2019-06-09").await.table("#board"), "沁县");
    assert!(!before[0].contains("零报告"), "nobody had given one then: {before:?}");
}
