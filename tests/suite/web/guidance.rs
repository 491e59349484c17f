//! 帮扶指导 of a unit and its problem, many at once; the four parts of a plan.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn guidance_is_advice_on_a_day_and_what_followed() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"source": "self_inspection"})).await;
    let clerk = app.clerk(140403).await;
    let form = format!("/guidance/new?unit={}&problem={}", unit.id, problem.id);
    assert!(clerk.fill(&form, &[("advice", "")]).await.error("advice").is_some());
    let done = clerk.fill(&form, &[("guided_on", "6.12"), ("person", "张某"), ("advice", "更换布袋并加装压差计")]).await;
    let page = clerk.follow(&done).await;
    assert!(page.html.contains(&format!("/problems/{}", problem.id)));
    assert_eq!(clerk.open("/guidance?open=yes").await.table("table.list").len(), 1, "nobody has said what followed");
    let path = done.location.unwrap();
    assert_eq!(clerk.fill(&path, &[("outcome", "已更换")]).await.status, 303);
    assert_eq!(clerk.open("/guidance?open=yes").await.table("table.list").len(), 0);
    let unit_page = clerk.open(&format!("/units/{}", unit.id)).await;
    assert!(unit_page.texts(".timeline li").iter().any(|line| line.contains("帮扶指导")));
    assert!(clerk.open("/summary").await.said().contains("开展帮扶指导1次，涉及单位1家"));
    for (who, status) in [(app.clerk(140404).await, 404), (app.auditor().await, 200)] {
        assert_eq!(who.get(&path).await.status, status);
    }
    let foreign = rows::unit(&app, 140403, "乙厂", json!({})).await;
    let wrong = format!("/guidance/new?unit={}&problem={}", foreign.id, problem.id);
    let refused = clerk.fill(&wrong, &[("person", "张某"), ("advice", "甲")]).await;
    assert_eq!(refused.status, 404, "another unit's problem is none of this one's");
}

#[tokio::test]
async fn a_class_for_many_units_is_one_entry_and_one_click_undoes_it() {
    let app = TestApp::start().await;
    let mut picked = Vec::new();
    for n in 0..3 {
        picked.push(format!("id={}", rows::unit(&app, 140403, &format!("石灰厂{n}"), json!({})).await.id));
    }
    let clerk = app.clerk(140403).await;
    let form = format!("/guidance/batch?{}", picked.join("&"));
    let done = clerk.fill_to(&form, "/guidance/batch", &[("person", "张某"), ("advice", "集中培训")]).await;
    let after = clerk.follow(&done).await;
    assert!(after.text().contains("已登记3家") && after.table("table.list").len() == 3);
    let undo = after.attribute(".flash form", "action").unwrap();
    assert_eq!(clerk.send(&after, &undo, &[]).await.status, 303);
    assert_eq!(clerk.open("/guidance").await.table("table.list").len(), 0);
}

#[tokio::test]
async fn a_plan_is_filed_with_its_four_parts_or_says_which_are_missing() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"source": "self_inspection", "measures": "更换布袋"})).await;
    let clerk = app.clerk(140403).await;
    let page = format!("/problems/{}", problem.id);
    let start = format!("{page}/start");
    assert_eq!(clerk.open(&start).await.value("measures").as_deref(), Some("更换布袋"), "what stands is shown");
    let filed = clerk.fill(&start, &[("plan_filed_on", "6.14")]).await;
    assert!(clerk.follow(&filed).await.text().contains("工程进度、资金保障、责任人员"), "missing, and not refused");
    let parts = [("schedule", "6月25日前完成"), ("funds", "自筹2万元"), ("responsible_person", "王某")];
    let whole = clerk.fill(&start, &parts).await;
    let shown = clerk.follow(&whole).await;
    assert!(shown.text().contains("自筹2万元") && !shown.text().contains("方案待补"), "{}", shown.text());
}
