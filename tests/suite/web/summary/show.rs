//! `/summary`.

use super::{COUNTY, facts};
use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn a_clerk_reads_the_own_summary_and_each_figure_leads_to_its_rows() {
    let app = TestApp::start().await;
    facts(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let page = clerk.open("/summary").await;
    assert_eq!(page.texts(".gw-title"), ["潞州区违法排污行为大整治工作总结"]);
    assert_eq!(page.texts(".gw-sign p"), ["长治市潞州区环境保护局", "2019年6月20日"]);
    assert!(page.text().contains("自查发现问题 2 个"), "{}", page.text());
    let links = page.links("#p-found");
    let (_, rows) = links.iter().find(|(text, href)| text == "2" && href.contains("figure=own&")).unwrap();
    assert_eq!(clerk.open(rows).await.table("table.list").len(), 2);
    let kinds: Vec<_> = links.iter().filter(|(_, href)| href.contains("own_kind_")).collect();
    assert_eq!(kinds.len(), 2);
    assert_eq!(clerk.open(&kinds[0].1).await.table("table.list").len(), 1);
    let gaps = page.links("#gaps");
    assert!(gaps.iter().any(|(text, href)| text == "会议日期" && href == "/summary/organised/edit"), "{gaps:?}");
    assert_eq!(page.texts(".menu a.current")[0], "工作总结");
}

#[tokio::test]
async fn the_city_reads_its_own_and_every_countys_but_edits_only_its_own() {
    let app = TestApp::start().await;
    facts(&app).await;
    let reviewer = app.reviewer().await;
    let own = reviewer.open("/summary").await;
    assert_eq!(own.texts(".gw-title"), ["长治市违法排污行为大整治工作总结"]);
    assert!(own.text().contains("在册排污单位 1 家") && !own.links(".gw-act").is_empty());
    let countys = reviewer.open("/summary?county=140403").await;
    assert_eq!(countys.texts(".gw-title"), ["潞州区违法排污行为大整治工作总结"]);
    assert!(countys.links(".gw-act").is_empty());
    assert_eq!(reviewer.open("/summary?county=140400").await.texts(".gw-title"), own.texts(".gw-title"));
    assert_eq!(reviewer.get("/summary/lead/edit?county=140403").await.status, 403);
    assert_eq!(app.auditor().await.open("/summary").await.links(".gw-act"), []);
    let clerk = app.clerk(140404).await;
    for foreign in ["140403", "140400"] {
        assert_eq!(clerk.get(&format!("/summary?county={foreign}")).await.status, 404);
        assert_eq!(clerk.get(&format!("/summary/lead/edit?county={foreign}")).await.status, 404);
    }
}

#[tokio::test]
async fn a_number_typed_over_is_yellow_and_one_click_brings_the_datas_back() {
    let app = TestApp::start().await;
    facts(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let given = clerk.open("/summary/found/edit").await.value("text").unwrap();
    let done = clerk.fill("/summary/found/edit", &[("text", &given.replace("自查发现问题2个", "自查发现问题3个"))]).await;
    let page = clerk.follow(&done).await;
    assert_eq!(page.texts(".gw mark"), ["3"]);
    assert!(page.html.contains("title=\"系统数为2\""));
    assert!(page.texts("#mismatches")[0].contains("文中为3，系统数为2"));
    // The neighbour has no such paragraph; the auditor sees the mark, and nothing to press.
    let auditor = app.auditor().await.open("/summary?county=140403").await;
    assert_eq!((auditor.texts(".gw mark").len(), auditor.texts(".gw button").len()), (1, 0));
    let slot = page.html.split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let back = clerk.send(&page, "/summary/found/restore", &[("slot", slot)]).await;
    let page = clerk.follow(&back).await;
    assert!(page.texts(".gw mark").is_empty() && page.text().contains("自查发现问题 2 个"));
    let unit = rows::unit(&app, COUNTY, "乙厂", json!({})).await;
    rows::problem(&app, unit, json!({"source": "self_inspection"})).await;
    assert!(clerk.open("/summary").await.text().contains("自查发现问题 3 个"), "it follows the data again");
    let history = clerk.open("/summary/found/edit").await;
    assert!(history.text().contains("变更记录"));
}
