//! 自查 of one unit: beside a colleague, and after a state that was none.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn a_colleague_who_was_quicker_is_not_overwritten_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let page = format!("/units/{}/self-inspection", unit.id);
    let stale = clerk.open(&page).await;
    let done = [("self_inspected_on", "6.10"), ("has_problem", "none")];
    assert_eq!(colleague.fill(&page, &done).await.status, 303);
    let typed =
        [("self_inspection", "refused"), ("self_inspected_on", "6.12"), ("person", "张某"), ("note", "大门紧闭，拒不开展")];
    let beaten = clerk.send(&stale, &page, &typed).await;
    assert_eq!(beaten.status, 409);
    let clashes = beaten.table("#conflict table");
    assert_eq!(clashes[0], ["日期", "", "2019-06-10", "6.12"], "nothing stood there before: {}", beaten.text());
    let kept = ["self_inspection", "note"].map(|field| beaten.value(field).unwrap());
    assert_eq!(kept, ["refused", "大门紧闭，拒不开展"]);
    assert_eq!(clerk.send(&beaten, &page, &[]).await.status, 303, "seen, and saved");

    let stale = colleague.open(&page).await;
    assert_eq!(clerk.fill(&page, &[("note", "6月13日再次上门")]).await.status, 303);
    let second = colleague.send(&stale, &page, &[("person", "李某")]).await;
    assert_eq!(second.status, 409);
    assert!(second.text().contains("采用对方内容：说明"), "{}", second.text());
    assert_eq!(second.value("person").as_deref(), Some("李某"));
    app.history_holds().await;
}

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
