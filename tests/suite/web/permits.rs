//! 持证: the queue of owed and expired permits, and the problem that one click makes of a line.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn one_click_makes_a_problem_of_an_owed_or_expired_permit_and_a_second_none() {
    let app = TestApp::start().await;
    rows::unit(&app, 140403, "应发厂", json!({"permit_class": "owed"})).await;
    rows::unit(&app, 140403, "到期厂", json!({"permit_class": "key", "permit_number": "9114001P", "permit_until": "2019-05-31"}))
        .await;
    rows::unit(&app, 140403, "有证厂", json!({"permit_class": "key", "permit_until": "2020-05-31"})).await;
    rows::unit(&app, 140403, "已关厂", json!({"permit_class": "owed", "status": "closed"})).await;
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({"permit_class": "owed"})).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.open("/permits").await;
    let names: Vec<String> = page.table("#rows").into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let unit = page.attribute("#rows [name=unit]", "value").unwrap();
    let token = page.value("form_token").unwrap();
    let posted = [("form_token", token.as_str()), ("unit", unit.as_str()), ("kind", "03")];
    let made = clerk.post("/permits/problem", &posted).await;
    let problem = clerk.follow(&made).await;
    assert!(problem.text().contains("无证排污") && problem.text().contains("县区排查"), "{}", problem.text());
    let again = clerk.post("/permits/problem", &posted).await;
    assert_eq!(again.location, made.location, "a second press goes where the first led");
    assert_eq!(clerk.open("/permits").await.links("#rows .ops").len(), 1, "one is registered by now");
    let token = clerk.open("/permits").await.value("form_token").unwrap();
    let late = clerk.post("/permits/problem", &[("form_token", &token), ("unit", &unit), ("kind", "03")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("已不在待处理之列") && late.table("#rows").len() == 2, "the queue is there: {}", late.text());
    let id = foreign.id.to_string();
    assert_eq!(clerk.post("/permits/problem", &[("form_token", &token), ("unit", &id)]).await.status, 404);
    assert!(app.reviewer().await.open("/permits").await.text().contains("邻县厂"));
}
