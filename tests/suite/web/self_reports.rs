//! 企业自报: a unit's own link, what it reports, and the clerk who takes it over field by field.

use crate::support::rows::{self, Made};
use crate::support::{Page, Person, TestApp};
use crate::web::campaigns::with_newer;
use serde_json::json;
use zhengzhi::platform::config::Config;

/// A server that is known outside, a unit of 潞州区, its clerk, and the address of the unit's own page.
async fn linked() -> (TestApp, Made, Person, String) {
    let mut config = Config::default();
    config.server.public_url = Some("http://127.0.0.1".into());
    let app = TestApp::start_with(config).await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let sheets = format!("/notifications/sheets?id={}", unit.id);
    let shown = clerk.open(&sheets).await;
    assert!(shown.text().contains("有1家还没有二维码"));
    let made = clerk.send(&shown, "/notifications/links", &[]).await;
    let with_code = clerk.follow(&made).await;
    assert!(with_code.html.contains("<svg") && with_code.text().contains("有效期至2019年7月10日"));
    let link = format!("/public/units/{}", app.token_of(unit.id).await);
    (app, unit, clerk, link)
}

const REPORT: [(&str, &str); 7] = [
    ("reporter", "王某"),
    ("inspected_on", "6.18"),
    ("found", "some"),
    ("problem_1", "除尘布袋破损"),
    ("problem_kind_1", "09"),
    ("measures_1", "更换布袋"),
    ("due_on_1", "6.28"),
];

async fn reported(stranger: &Person, link: &str) -> Page {
    stranger.fill_to(link, &format!("{link}/report"), &REPORT).await
}

#[tokio::test]
async fn a_unit_confirms_and_reports_without_an_account_and_a_clerk_takes_it_over() {
    let (app, unit, clerk, link) = linked().await;
    let stranger = Person::stranger(&app);
    let page = stranger.open(&link).await;
    assert!(page.text().contains("甲厂") && page.text().contains("确认收到告知书"));
    assert_eq!(stranger.fill_to(&link, &format!("{link}/receipt"), &[]).await.status, 422);
    let confirmed = stranger.fill_to(&link, &format!("{link}/receipt"), &[("receiver", "王某")]).await;
    assert!(stranger.follow(&confirmed).await.text().contains("已于2019-06-20确认收到"));
    assert!(clerk.open("/notifications").await.said().contains("已告知1家"), "a confirmation counts as told");

    let missing = stranger.fill_to(&link, &format!("{link}/report"), &[("reporter", "王某"), ("found", "some")]).await;
    assert_eq!(missing.status, 422);
    assert!(missing.error("inspected_on").is_some() && missing.value("reporter").as_deref() == Some("王某"));
    let sent = reported(&stranger, &link).await;
    let after = stranger.follow(&sent).await;
    assert!(after.text().contains("待核实"), "{}", after.text());

    assert!(clerk.open("/").await.text().contains("企业自报1份"));
    assert_eq!(clerk.open("/problems").await.table("table.list").len(), 0, "what staff have is untouched");
    let list = clerk.open("/self-reports?state=waiting").await;
    let report = list.links("#rows").into_iter().next().unwrap().1;
    let shown = clerk.open(&report).await;
    assert!(shown.text().contains("除尘布袋破损") && shown.text().contains("未登记"));
    let fields: Vec<(&str, &str)> = vec![("self_inspection", "yes")];
    let taken = clerk.send(&shown, &format!("{report}/take"), &fields).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let unit_page = clerk.follow(&taken).await;
    assert!(unit_page.text().contains("已自查，2019-06-18，发现问题"), "{}", unit_page.text());
    let problems = clerk.open(&format!("/problems?unit={}", unit.id)).await;
    assert!(problems.text().contains("除尘布袋破损") && problems.text().contains("2019-06-28"));
    assert!(stranger.open(&link).await.text().contains("已采用"));
    let again = clerk.send(&shown, &format!("{report}/take"), &fields).await;
    assert_eq!(again.status, 303, "a second press goes where the first led");
    assert_eq!(clerk.open("/problems").await.table("table.list").len(), 1);
}

#[tokio::test]
async fn a_link_speaks_of_the_campaign_for_which_it_was_made() {
    let (app, _, _, link) = linked().await;
    with_newer(&app).await;
    let page = Person::stranger(&app).open(&link).await;
    assert!(page.html.contains("长治市违法排污行为大整治行动") && !page.html.contains("秋冬季攻坚行动"), "{}", page.text());
}

#[tokio::test]
async fn only_ticked_fields_go_into_a_problem_that_staff_have() {
    let (app, unit, clerk, link) = linked().await;
    let own = json!({"source": "self_inspection", "description": "布袋除尘器漏风", "kind": "09"});
    let problem = rows::problem(&app, unit, own).await;
    rows::self_inspection(&app, unit, json!({"found": "some", "inspected_on": "2019-06-12"})).await;
    reported(&Person::stranger(&app), &link).await;
    let list = clerk.open("/self-reports").await;
    let report = list.links("#rows").into_iter().next().unwrap().1;
    let shown = clerk.open(&report).await;
    let id = shown.attribute("select[name^=into_]", "name").unwrap().trim_start_matches("into_").to_owned();
    let (into, take) = (format!("into_{id}"), format!("take_{id}"));
    let problem_id = problem.id.to_string();
    let ticked = [(into.as_str(), problem_id.as_str()), (take.as_str(), "due_on")];
    let taken = clerk.send(&shown, &format!("{report}/take"), &ticked).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let page = clerk.open(&format!("/problems/{problem_id}")).await;
    assert!(page.text().contains("布袋除尘器漏风") && page.text().contains("2019-06-28"), "{}", page.text());
    assert!(!page.text().contains("更换布袋"), "not ticked, not taken");
    let unit_page = clerk.open(&format!("/units/{}", unit.id)).await;
    assert!(unit_page.text().contains("2019-06-12"), "the day that staff entered stays");
}

#[tokio::test]
async fn a_report_is_set_aside_with_a_reason_that_the_unit_reads() {
    let (app, _, clerk, link) = linked().await;
    let stranger = Person::stranger(&app);
    reported(&stranger, &link).await;
    let report = clerk.open("/self-reports").await.links("#rows").into_iter().next().unwrap().1;
    let action = format!("{report}/set-aside");
    assert_eq!(clerk.fill_to(&report, &action, &[]).await.status, 422);
    let done = clerk.fill_to(&report, &action, &[("reason", "与现场不符")]).await;
    assert_eq!(done.status, 303);
    assert!(stranger.open(&link).await.text().contains("未采用原因：与现场不符"));
    for (who, status) in [(app.clerk(140404).await, 404), (app.auditor().await, 200), (app.reviewer().await, 200)] {
        assert_eq!(who.get(&report).await.status, status);
    }
    let token = app.reviewer().await.open(&report).await.value("form_token").unwrap();
    assert_eq!(app.reviewer().await.post(&action, &[("form_token", &token)]).await.status, 403);
}

#[tokio::test]
async fn a_link_opens_one_unit_until_it_is_called_back_or_over() {
    let (app, unit, clerk, link) = linked().await;
    let stranger = Person::stranger(&app);
    let wrong = format!("/public/units/{}", "0".repeat(40));
    let unknown = stranger.get(&wrong).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("链接无效或已过期"));
    let unit_page = format!("/units/{}", unit.id);
    let revoked = clerk.fill_to(&unit_page, "/notifications/links/revoke", &[]).await;
    assert_eq!(revoked.status, 303, "{}", revoked.text());
    let gone = stranger.get(&link).await;
    let words = |page: &Page| page.texts("main h1, main p").into_iter().take(2).collect::<Vec<_>>();
    assert_eq!((gone.status, words(&gone)), (404, words(&unknown)), "it looks like one that never was");
    let sheets = clerk.open(&format!("/notifications/sheets?id={}", unit.id)).await;
    let made = clerk.send(&sheets, "/notifications/links", &[]).await;
    assert_eq!(made.status, 303);
    let anew = format!("/public/units/{}", app.token_of(unit.id).await);
    assert_ne!(anew, link);
    app.end_links_on("2019-06-19").await;
    assert_eq!(stranger.get(&anew).await.status, 404, "over since yesterday");
}

#[tokio::test]
async fn one_address_sends_no_more_than_sixty_forms_an_hour() {
    let (app, _, _, link) = linked().await;
    let stranger = Person::stranger(&app);
    let mut last = 0;
    for _ in 0..61 {
        last = stranger.post(&format!("{link}/receipt"), &[]).await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn without_an_outside_address_the_sheet_has_no_code_and_none_is_made() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let sheet = clerk.open(&format!("/notifications/sheets?id={}", unit.id)).await;
    assert!(!sheet.html.contains("sheet-qr") && sheet.text().contains("送达回执"));
    let token = sheet.value("form_token").unwrap();
    let made = clerk.post("/notifications/links", &[("form_token", &token), ("id", &unit.id.to_string())]).await;
    assert_eq!(made.status, 409);
}
