//! Steps of rectification beside colleagues, and what a list that came in left open.

use crate::support::{TestApp, rows};
use serde_json::json;

#[tokio::test]
async fn who_verified_is_named_after_a_list_told_the_day_alone() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let said = json!({"kind": "07", "completed_on": "2019-06-12", "verified_on": "2019-06-14", "verifiers": []});
    let problem = rows::problem(&app, unit, said).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let page = format!("/problems/{}", problem.id);
    let step = format!("{page}/verification");
    assert!(clerk.open(&page).await.links("main").contains(&("补填核查人".to_owned(), step.clone())));
    let shown = clerk.open(&step).await;
    assert_eq!(shown.value("verified_on").as_deref(), Some("2019-06-14"), "the day stands");
    let stale = colleague.open(&step).await;
    let alone = clerk.send(&shown, &step, &[("verifier_1", "张某")]).await;
    assert!(alone.error("verifier_2").unwrap().contains("两名"), "{}", alone.text());
    let both = clerk.fill(&step, &[("verifier_1", "张某"), ("verifier_2", "李某")]).await;
    let after = clerk.follow(&both).await;
    assert!(after.text().contains("2019-06-14，张某、李某") && !after.text().contains("补填核查人"), "{}", after.text());
    let late = colleague.send(&stale, &step, &[("verifier_1", "赵某"), ("verifier_2", "钱某")]).await;
    assert_eq!(late.status, 409, "what somebody named meanwhile stays");
    assert_eq!(clerk.get(&step).await.status, 409, "and nothing is left to do");
    assert!(clerk.open(&format!("/history/{}", problem.id)).await.text().contains("张某"));
    app.history_holds().await;
}

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
