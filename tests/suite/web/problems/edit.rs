//! The facts of a problem, edited.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn what_only_a_sent_down_problem_has_does_not_go_in_silence() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let down = json!({"source": "central_inspection", "source_numbers": ["D140000"], "assigned_on": "2019-06-09",
        "verified_as": "substantiated"});
    let problem = rows::problem(&app, unit, down).await;
    let clerk = app.clerk(140403).await;
    let (page, edit) = (format!("/problems/{}", problem.id), format!("/problems/{}/edit", problem.id));
    let asked = clerk.fill(&edit, &[("source", "county_inspection"), ("measures", "覆盖堆场")]).await;
    assert_eq!(asked.status, 422);
    let question = asked.question("source").unwrap();
    for fact in ["来源编号D140000", "交办日期2019-06-09", "核实情况“属实”"] {
        assert!(question.contains(fact), "{question}");
    }
    assert_eq!(asked.value("measures").as_deref(), Some("覆盖堆场"), "what was typed is kept");
    assert!(clerk.open(&page).await.text().contains("D140000"), "nothing is gone yet");
    let back = clerk.send(&asked, &edit, &[("source", "central_inspection")]).await;
    assert_eq!(back.status, 303, "{}", back.text());
    let kept = clerk.follow(&back).await.text();
    assert!(kept.contains("D140000") && kept.contains("2019-06-09交办"), "{kept}");
    let sure = clerk.fill(&edit, &[("source", "county_inspection"), ("confirm_source", "yes")]).await;
    let gone = clerk.follow(&sure).await.text();
    assert!(gone.contains("县区排查") && !gone.contains("D140000"), "{gone}");
    assert_eq!(clerk.fill(&edit, &[("source", "self_inspection")]).await.status, 303, "nothing is left to ask about");
    app.history_holds().await;
}
