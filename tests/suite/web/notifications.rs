//! 告知: a unit is told, with proof; many at once; the sheets that are handed over.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;
use zhengzhi::base::role::Role;

#[tokio::test]
async fn a_unit_is_told_and_counts_once_however_often() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"township": "马厂镇"})).await;
    rows::unit(&app, 140403, "乙厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let form = format!("/notifications/new?unit={}", unit.id);
    let refused = clerk.fill(&form, &[("notified_on", "6月40日")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error("notified_on").is_some());
    let future = clerk.fill(&form, &[("notified_on", "2019-07-20")]).await;
    assert_eq!(future.status, 422, "{}", future.text());
    for day in ["6.5", "6.12"] {
        let done = clerk.fill(&form, &[("notified_on", day), ("channel", "in_person"), ("receiver", "王某")]).await;
        assert!(clerk.follow(&done).await.text().contains("告知已登记"));
    }
    let list = clerk.open("/notifications").await;
    assert!(list.said().contains("应告知2家，已告知1家（50.0%），1家未告知"), "{}", list.said());
    assert_eq!(list.texts("tbody tr").len(), 2);
    assert_eq!(clerk.open("/units?owed=notification").await.texts("tbody .w-name"), ["乙厂"]);
    let unit_page = clerk.open(&format!("/units/{}", unit.id)).await;
    assert!(unit_page.texts(".timeline li").iter().any(|line| line.contains("2019-06-12") && line.contains("告知")));
    let summary = clerk.open("/summary").await.said();
    assert!(summary.contains("应告知排污单位2家，已告知1家"), "{summary}");
}

#[tokio::test]
async fn one_entered_by_mistake_is_taken_out_and_two_editors_do_not_overwrite_each_other() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let (clerk, lead) = (app.clerk(140403).await, app.person(Role::CountyLead, 140403).await);
    let done = clerk.fill(&format!("/notifications/new?unit={}", unit.id), &[("receiver", "王某")]).await;
    let page = done.location.clone().unwrap();
    let stale = lead.open(&page).await;
    assert_eq!(clerk.fill(&page, &[("receiver", "李某")]).await.status, 303);
    let beaten = lead.send(&stale, &page, &[("receiver", "赵某")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("王某") && beaten.text().contains("李某") && beaten.text().contains("赵某"));
    for (who, status) in [(app.clerk(140404).await, 404), (app.reviewer().await, 200), (app.auditor().await, 200)] {
        assert_eq!(who.get(&page).await.status, status);
    }
    let token = app.reviewer().await.open(&page).await.value("form_token").unwrap();
    assert_eq!(app.reviewer().await.post(&page, &[("form_token", &token)]).await.status, 403);
    assert_eq!(clerk.fill(&page, &[("removed", "yes")]).await.status, 303);
    assert!(clerk.open("/notifications").await.said().contains("已告知0家"));
}

#[tokio::test]
async fn forty_units_are_told_in_one_act_and_one_click_undoes_it() {
    let app = TestApp::start().await;
    let mut ids = Vec::new();
    for n in 0..40 {
        ids.push(rows::unit(&app, 140403, &format!("石灰厂{n:02}"), json!({})).await.id.to_string());
    }
    let closed = rows::unit(&app, 140403, "已关厂", json!({"status": "closed"})).await.id.to_string();
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({})).await.id.to_string();
    let clerk = app.clerk(140403).await;
    let picked: Vec<String> = ids.iter().chain([&closed, &foreign]).map(|id| format!("id={id}")).collect();
    let form = format!("/notifications/batch?{}", picked.join("&"));
    let shown = clerk.open(&form).await;
    assert!(shown.text().contains("将登记40家，跳过1家"), "{}", shown.text());
    let done = clerk.send(&shown, "/notifications/batch", &[("notified_on", "6.6"), ("channel", "meeting")]).await;
    let after = clerk.follow(&done).await;
    assert!(after.text().contains("已登记40家，跳过1家"));
    assert!(clerk.open("/notifications").await.said().contains("已告知40家"));
    let undo = after.attribute(".flash form", "action").unwrap();
    let undone = clerk.send(&after, &undo, &[]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert!(clerk.open("/notifications").await.said().contains("已告知0家"));
}

#[tokio::test]
async fn the_sheet_names_the_unit_the_body_and_what_is_asked() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.open(&format!("/notifications/sheets?id={}&id={}", unit.id, foreign.id)).await;
    let sheets = page.texts(".sheet");
    assert_eq!(sheets.len(), 1, "nobody prints for a neighbour");
    for words in ["甲厂", "整改方案", "潞州区环境保护局", "送达回执", "2019年6月20日"] {
        assert!(sheets[0].contains(words), "{words}: {}", sheets[0]);
    }
    assert_eq!(app.auditor().await.get("/notifications/sheets").await.status, 403);
}
