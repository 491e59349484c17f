//! 自查 of one unit: beside a colleague, and after a state that was none.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn the_day_of_a_refusal_is_not_the_day_of_the_inspection() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    for (state, day, stands) in [("refused", "2019-06-05", "2019-06-11"), ("inspected", "2019-06-10", "2019-06-10")] {
        let unit = rows::unit(&app, 140403, &format!("{state}厂"), json!({})).await;
        rows::self_inspection(&app, unit, json!({"state": state, "inspected_on": day, "found": null})).await;
        let found = [("source", "self_inspection"), ("problem_kind", "13"), ("problem", "堆场未覆盖"), ("found_on", "6.11")];
        let made = clerk.fill_to(&format!("/problems/new?unit={}", unit.id), "/problems/new", &found).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let shown = clerk.open(&format!("/units/{}/self-inspection", unit.id)).await;
        let now = ["self_inspection", "self_inspected_on", "has_problem"].map(|field| shown.value(field).unwrap_or_default());
        assert_eq!(now, ["inspected", stands, "some"], "{state}");
    }
}
