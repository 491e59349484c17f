//! 回头看: a draw that can be repeated, and what was found.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

async fn struck_off(app: &TestApp, county: i32, count: usize) {
    let unit = rows::unit(app, county, &format!("厂{county}"), json!({})).await;
    for n in 0..count {
        let done = json!({
            "description": format!("问题{n}"), "completed_on": "2019-06-12", "verified_on": "2019-06-14", "verifiers": ["张某", "李某"],
        });
        rows::problem(app, unit, done).await;
    }
    rows::problem(app, unit, json!({"description": "未销号"})).await;
}

#[tokio::test]
async fn the_city_draws_in_every_county_only_what_is_struck_off_and_never_twice() {
    let app = TestApp::start().await;
    struck_off(&app, 140403, 5).await;
    struck_off(&app, 140404, 1).await;
    let reviewer = app.reviewer().await;
    assert_eq!(reviewer.fill("/look-backs", &[("each", "0"), ("seed", "7")]).await.status, 422);
    let drawn = reviewer.fill("/look-backs", &[("each", "3"), ("seed", "7")]).await;
    let page = reviewer.follow(&drawn).await;
    assert!(page.text().contains("已抽取4个问题，随机种子7"), "{}", page.text());
    assert!(!page.text().contains("未销号"));
    let again = reviewer.fill("/look-backs", &[("each", "3"), ("seed", "7")]).await;
    assert!(reviewer.follow(&again).await.text().contains("已抽取2个问题"), "those that are left");
    let empty = reviewer.fill("/look-backs", &[("each", "3"), ("seed", "7")]).await;
    assert!(reviewer.follow(&empty).await.text().contains("没有可抽取的问题"));
    let clerk = app.clerk(140404).await;
    assert_eq!(clerk.open("/look-backs").await.table("#rows").len(), 1, "a county sees its own");
    let token = app.auditor().await.open("/look-backs").await.value("form_token").unwrap();
    assert_eq!(app.auditor().await.post("/look-backs", &[("form_token", &token)]).await.status, 403);
}

#[tokio::test]
async fn the_same_seed_draws_the_same_lots() {
    let app = TestApp::start().await;
    struck_off(&app, 140403, 8).await;
    let expected: Vec<String> = {
        let mut connection = app.app.db.reader(&app.whole()).await.unwrap();
        sqlx::query_scalar(
            "select description from problems where verified_on is not null order by md5('42:' || id::text) limit 3",
        )
        .fetch_all(connection.connection())
        .await
        .unwrap()
    };
    let clerk = app.clerk(140403).await;
    clerk.fill("/look-backs", &[("each", "3"), ("seed", "42")]).await;
    let mut drawn: Vec<String> = clerk.open("/look-backs").await.table("#rows").into_iter().map(|r| r[1].clone()).collect();
    let mut expected = expected;
    drawn.sort();
    expected.sort();
    assert_eq!(drawn, expected);
}

#[tokio::test]
async fn others_look_again_and_what_came_back_is_a_new_problem_tied_to_the_old() {
    let app = TestApp::start().await;
    struck_off(&app, 140403, 1).await;
    let clerk = app.clerk(140403).await;
    clerk.fill("/look-backs", &[("each", "1"), ("seed", "1")]).await;
    let one = clerk.open("/look-backs").await.links("#rows")[0].1.clone();
    let same = clerk.fill(&one, &[("result", "holds"), ("people", "张某、李某")]).await;
    assert!(same.error("people").unwrap().contains("与原销号人相同"));
    let alone = clerk.fill(&one, &[("result", "holds"), ("people", "赵某")]).await;
    assert!(alone.error("people").unwrap().contains("两名以上"));
    let silent = clerk.fill(&one, &[("result", "recurred"), ("people", "赵某、钱某")]).await;
    assert!(silent.error("note").is_some());
    let early = clerk.fill(&one, &[("result", "holds"), ("people", "赵某、钱某"), ("checked_on", "6.13")]).await;
    assert!(early.error("checked_on").is_some());
    let found = clerk.fill(&one, &[("result", "recurred"), ("people", "赵某、钱某"), ("note", "物料堆场又未覆盖")]).await;
    let page = clerk.follow(&found).await;
    let (_, link) = page.links(".page-head").into_iter().find(|(text, _)| text == "登记反弹").unwrap();
    let new = clerk.fill(&link, &[("problem", "物料堆场又未覆盖")]).await;
    assert_eq!(new.status, 303, "{}", new.text());
    assert!(clerk.open(&one).await.text().contains("反弹的问题"));
    let list = clerk.open("/look-backs").await;
    assert!(!list.text().contains("未登记反弹问题"));
    assert_eq!(app.clerk(140404).await.get(&one).await.status, 404);
}
