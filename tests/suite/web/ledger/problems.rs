//! Problems attached to a case and taken off it.

use super::clerk_with_case;
use crate::support::{SeedProblem, TestApp};

#[tokio::test]
async fn one_decision_covers_two_violations_of_a_unit() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let new = |kind| SeedProblem { county: 140403, unit, kind, source: "county_inspection", found_on: "2019-06-10" };
    let (first, second) = (app.seed_problem(new("05")).await, app.seed_problem(new("13")).await);
    let (_, elsewhere) = app.seed_violation(140403, "另一家单位").await;
    let clerk = app.clerk(140403).await;
    let case = super::to_ledger(&clerk, first).await;
    let problems = format!("{case}/problems");
    let page = clerk.open(&problems).await;
    assert_eq!(page.table("#others").len(), 1, "only the same unit's");

    let attached = clerk.send(&page, &problems, &[("attach", &second.to_string())]).await;
    assert_eq!(clerk.follow(&attached).await.table("#covered").len(), 2);
    let detached = clerk.fill(&problems, &[("detach", &first.to_string())]).await;
    assert_eq!(clerk.follow(&detached).await.table("#covered").len(), 1);
    let last = clerk.fill(&problems, &[("detach", &second.to_string())]).await;
    assert_eq!(last.status, 422);
    assert!(last.text().contains("至少保留1个问题"), "{}", last.text());
    assert_eq!(clerk.fill(&problems, &[("detach", &elsewhere.to_string())]).await.status, 404);
}

#[tokio::test]
async fn a_neighbours_problem_cannot_be_attached() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let (_, foreign) = app.seed_violation(140404, "上党铸造厂").await;
    let page = clerk.fill(&format!("{case}/problems"), &[("attach", &foreign.to_string())]).await;
    assert_eq!(page.status, 404);
}
