//! Steps of rectification beside colleagues, and what a list that came in left open.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn a_second_save_does_not_take_a_colleagues_ticks_back() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"other_kinds": ["03"]})).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let edit = format!("/problems/{}/edit", problem.id);
    colleague.fill(&edit, &[("supervisor", "王某")]).await;
    let stale = clerk.open(&edit).await;
    let ticked = [("other_kinds", "05"), ("invested_with_above", "yes")];
    assert_eq!(colleague.fill(&edit, &ticked).await.status, 303);
    let beaten = clerk.send(&stale, &edit, &[("remark", "待复核")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("采用对方内容：其他类型、投入并入上行"), "{}", beaten.text());
    assert_eq!(clerk.send(&beaten, &edit, &[]).await.status, 303);
    let form = clerk.open(&edit).await.form(&edit);
    let of = |name: &str| form.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>();
    assert_eq!((of("other_kinds"), of("invested_with_above"), of("remark")), (vec!["05"], vec!["yes"], vec!["待复核"]));
}
