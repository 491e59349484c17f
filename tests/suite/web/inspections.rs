//! 排查: a visit on the spot, many at once, and no dead corners.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn two_officers_visit_a_unit_and_the_figures_count_visits_officers_and_units_apart() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"township": "马厂镇"})).await;
    rows::unit(&app, 140403, "乙厂", json!({"township": "马厂镇"})).await;
    let clerk = app.clerk(140403).await;
    let on_site = clerk.open("/inspections/on-site").await;
    assert_eq!(on_site.texts(".on-site-list b").len(), 2, "those whom nobody has visited");
    let form = format!("/inspections/new?unit={}", unit.id);
    assert_eq!(clerk.fill(&form, &[("officers", "")]).await.status, 422);
    let twice = clerk.fill(&form, &[("officers", "张某、张某")]).await;
    assert!(twice.error("officers").unwrap().contains("填写了两次"));
    let alone = clerk.fill(&form, &[("officers", "张某"), ("inspected_on", "6.10"), ("result", "clear")]).await;
    assert!(clerk.follow(&alone).await.text().contains("执法人员不足两名"), "kept, and said");
    let found = clerk.fill(&form, &[("officers", "张某、李某"), ("inspected_on", "6.18"), ("result", "problems")]).await;
    let page = clerk.follow(&found).await;
    assert!(page.text().contains("请登记发现的问题"));
    let next = clerk.open(&form).await;
    assert_eq!(next.value("officers").as_deref(), Some("张某、李某"), "who went last goes next");
    let list = clerk.open("/inspections").await;
    assert!(list.said().contains("应查2家，已排查1家（50.0%），1家从未排查；检查2家次，出动3人次"), "{}", list.said());
    assert_eq!(clerk.open("/inspections?gaps=yes").await.texts("tbody tr").len(), 1);
    assert_eq!(clerk.open("/units?owed=inspection").await.texts("tbody .w-name"), ["乙厂"]);
    app.seed_unit(140403, "潞州石灰厂").await;
    assert_eq!(clerk.open("/inspections/on-site?q=石灰").await.texts(".on-site-list b"), ["潞州石灰厂"]);
    let summary = clerk.open("/summary").await.said();
    assert!(summary.contains("出动执法人员3人次，检查排污单位2家次"), "{summary}");
    let visit = found.location.clone().unwrap();
    for (who, status) in [(app.clerk(140404).await, 404), (app.auditor().await, 200)] {
        assert_eq!(who.get(&visit).await.status, status);
    }
}

#[tokio::test]
async fn a_township_has_its_keeper_and_a_plan_that_can_run_late() {
    let app = TestApp::start().await;
    rows::unit(&app, 140403, "甲厂", json!({"township": "马厂镇"})).await;
    rows::unit(&app, 140404, "邻县厂", json!({"township": "韩店镇"})).await;
    let clerk = app.clerk(140403).await;
    let grid = "/inspections/grid?township=马厂镇";
    let wrong = clerk.fill_to(grid, "/inspections/grid", &[("planned_from", "6.18"), ("planned_until", "6.10")]).await;
    assert_eq!(wrong.status, 422);
    let kept = [("keeper", "赵某"), ("keeper_phone", "13812345678"), ("planned_from", "6.10"), ("planned_until", "6.18")];
    let done = clerk.fill_to(grid, "/inspections/grid", &kept).await;
    let coverage = clerk.follow(&done).await;
    let row = coverage.texts("tbody tr").into_iter().find(|r| r.contains("马厂镇")).unwrap();
    for words in ["赵某", "138****5678", "6月10日—6月18日", "已过计划期限", "0.0%"] {
        assert!(row.contains(words), "{words}: {row}");
    }
    assert!(!coverage.text().contains("韩店镇"));
    let city = app.reviewer().await.open("/inspections/coverage").await;
    assert!(city.text().contains("韩店镇") && city.text().contains("赵某"));
    assert_eq!(app.reviewer().await.get(grid).await.status, 403);
    assert_eq!(clerk.get("/inspections/coverage?county=140404").await.status, 404);
}

#[tokio::test]
async fn many_units_are_visited_on_one_day_and_one_click_undoes_it() {
    let app = TestApp::start().await;
    let mut picked = Vec::new();
    for n in 0..5 {
        picked.push(format!("id={}", rows::unit(&app, 140403, &format!("石灰厂{n}"), json!({})).await.id));
    }
    let clerk = app.clerk(140403).await;
    let form = format!("/inspections/batch?{}", picked.join("&"));
    let facts = [("officers", "张某、李某"), ("inspected_on", "6.12")];
    let done = clerk.fill_to(&form, "/inspections/batch", &facts).await;
    let after = clerk.follow(&done).await;
    assert!(after.text().contains("已登记5家，跳过0家"));
    let again = clerk.fill_to(&form, "/inspections/batch", &facts).await;
    assert!(clerk.follow(&again).await.text().contains("所选单位当日均已登记排查"));
    assert!(clerk.open("/inspections").await.said().contains("检查5家次，出动10人次"));
    let undo = after.attribute(".flash form", "action").unwrap();
    assert_eq!(clerk.send(&after, &undo, &[]).await.status, 303);
    assert!(clerk.open("/inspections").await.said().contains("检查0家次"));
}

#[tokio::test]
async fn a_visit_that_a_colleague_took_out_does_not_come_back_with_a_second_save() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140403).await);
    let made = clerk.fill(&format!("/inspections/new?unit={}", unit.id), &[("officers", "张某、李某")]).await;
    let page = made.location.clone().unwrap().split('?').next().unwrap().to_owned();
    let stale = clerk.open(&page).await;
    assert_eq!(colleague.fill(&page, &[("removed", "yes")]).await.status, 303);
    let beaten = clerk.send(&stale, &page, &[("note", "现场无人")]).await;
    assert!(beaten.status == 409 && beaten.text().contains("采用对方内容：撤除"), "{}", beaten.text());
    assert_eq!(clerk.send(&beaten, &page, &[]).await.status, 303);
    assert!(clerk.open(&page).await.text().contains("该次排查已撤除"));
}
