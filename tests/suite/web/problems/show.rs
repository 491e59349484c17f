//! One problem's page.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn a_problem_shows_its_cases_and_a_neighbour_sees_neither() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let path = format!("/problems/{}", problem.id);
    let clerk = app.clerk(140403).await;
    let links = |page: &crate::support::Page| page.links("main").into_iter().filter(|(_, to)| to.starts_with("/ledger/")).count();
    assert_eq!(links(&clerk.open(&path).await), 0, "no case yet");

    let case = rows::case(&app, &[problem], json!({})).await;
    let shown = clerk.open(&path).await;
    assert!(shown.links("main").iter().any(|(_, to)| *to == format!("/ledger/{}", case.id)));
    assert_eq!(app.clerk(140404).await.get(&path).await.status, 404);
}
