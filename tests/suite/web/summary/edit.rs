//! `/summary/{key}/edit`.

use super::{COUNTY, facts};
use crate::support::TestApp;

#[tokio::test]
async fn a_clerk_edits_a_paragraph_as_plain_text_and_can_take_it_back() {
    let app = TestApp::start().await;
    facts(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let form = clerk.open("/summary/inspected/edit").await;
    let given = form.value("text").unwrap();
    assert!(given.starts_with("潞州区应自查排污单位1家，已完成自查1家，自查率100.0%"), "{given}");
    let typed = format!("{}\n<b>另：</b>“散乱污”已摸排。", given.replace("应自查", "应开展自查"));
    let page = clerk.follow(&clerk.fill("/summary/inspected/edit", &[("text", &typed)]).await).await;
    assert_eq!(page.texts("#p-inspected > p:not(.gw-act)").len(), 2);
    assert!(page.text().contains("<b>另：</b>“散乱污”已摸排。"), "text is text");
    assert!(page.texts(".gw mark").is_empty(), "no number was touched");
    let again = clerk.open("/summary/inspected/edit").await;
    assert_eq!(again.value("text").unwrap(), typed);
    let version = again.value("version").unwrap();
    let back = clerk.send(&again, "/summary/inspected/reset", &[("version", &version)]).await;
    let page = clerk.follow(&back).await;
    assert!(page.text().contains("潞州区应自查排污单位") && !page.text().contains("散乱污"));
    let id = page_history(&clerk.open("/summary/inspected/edit").await);
    assert!(clerk.open(&id).await.text().contains("本段内容"));
}

fn page_history(page: &crate::support::Page) -> String {
    page.links("main").into_iter().find(|(text, _)| text == "变更记录").unwrap().1
}

#[tokio::test]
async fn too_long_a_paragraph_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let clerk = app.clerk(COUNTY).await;
    let long = "长".repeat(2_001);
    let page = clerk.fill("/summary/next/edit", &[("text", &long)]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("text").unwrap().contains("2001字"));
    assert_eq!(page.value("text").unwrap(), long);
    assert!(clerk.open("/summary").await.text().contains("一是抓整改"), "nothing was saved");
    assert_eq!(clerk.get("/summary/no-such/edit").await.status, 404);
}

#[tokio::test]
async fn an_emptied_paragraph_is_not_printed_and_can_be_had_back() {
    let app = TestApp::start().await;
    let clerk = app.clerk(COUNTY).await;
    let page = clerk.follow(&clerk.fill("/summary/weak_more/edit", &[("text", " ")]).await).await;
    assert!(page.texts("#p-weak_more")[0].contains("本段已删去"));
    assert!(!page.texts("#gaps").concat().contains("其他存在问题"));
    assert!(clerk.open("/summary/weak_more/edit").await.text().contains("〔待补：其他存在问题及原因〕"));
}

#[tokio::test]
async fn the_second_editor_sees_both_texts_and_loses_none() {
    let app = TestApp::start().await;
    let (first, second) = (app.clerk(COUNTY).await, app.person(zhengzhi::base::role::Role::CountyLead, COUNTY).await);
    let stale = second.open("/summary/weak_more/edit").await;
    first.fill("/summary/weak_more/edit", &[("text", "整改资金不足。")]).await;
    let page = second.send(&stale, "/summary/weak_more/edit", &[("text", "执法力量不足。")]).await;
    assert_eq!(page.status, 409);
    let row = &page.table("#conflict table")[0];
    assert_eq!(row[1..], ["〔待补：其他存在问题及原因〕", "整改资金不足。", "执法力量不足。"]);
    assert_eq!(page.value("text").unwrap(), "执法力量不足。");
    let page = second.send(&page, "/summary/weak_more/edit", &[("text", "整改资金不足，执法力量不足。")]).await;
    assert!(second.follow(&page).await.text().contains("整改资金不足，执法力量不足。"));
}

#[tokio::test]
async fn a_stale_click_changes_nothing() {
    let app = TestApp::start().await;
    facts(&app).await;
    let clerk = app.clerk(COUNTY).await;
    clerk.fill("/summary/next/edit", &[("text", "一是。")]).await;
    let stale = clerk.open("/summary/next/edit").await;
    clerk.fill("/summary/next/edit", &[("text", "二是。")]).await;
    let version = stale.value("version").unwrap();
    assert_eq!(clerk.send(&stale, "/summary/next/reset", &[("version", &version)]).await.status, 409);
    assert!(clerk.open("/summary").await.text().contains("二是。"));
}
