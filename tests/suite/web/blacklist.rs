//! The black list: candidates by rule, an entry's way, and what goes out.

use crate::support::rows;
use crate::support::{Person, TestApp, workbook};
use serde_json::json;
use uuid::Uuid;
use zhengzhi::base::CITY;
use zhengzhi::base::role::Role;

/// A unit of 潞州区 where officers found two violations.
async fn offender(app: &TestApp) -> Uuid {
    let unit = rows::unit(app, 140403, "潞州焦化有限公司", json!({"credit_code": "91350100M000100Y43"})).await;
    rows::problem(app, unit, json!({})).await;
    rows::problem(app, unit, json!({"source": "city_supervision"})).await;
    let quiet = rows::unit(app, 140403, "安静建材厂", json!({})).await;
    rows::problem(app, quiet, json!({})).await;
    rows::problem(app, quiet, json!({"source": "self_inspection"})).await;
    rows::problem(app, quiet, json!({"ended_as": "unfounded", "ended_on": "2019-06-12"})).await;
    unit.id
}

async fn legal_officer(app: &TestApp) -> Person {
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    Person::signed_in(app, officer, "officer").await
}

#[tokio::test]
async fn a_unit_is_told_heard_reviewed_listed_and_taken_off() {
    let app = TestApp::start().await;
    let unit = offender(&app).await;
    let officer = legal_officer(&app).await;
    let page = officer.open("/blacklist").await;
    let candidates = page.table("#candidates");
    assert_eq!(candidates.len(), 1, "{candidates:?}");
    assert_eq!(candidates[0][..3], ["潞州焦化有限公司", "潞州区", "2"]);
    let (new, to) = (format!("/blacklist/new?unit={unit}"), "/blacklist/new");
    assert!(officer.open(&new).await.texts("[name=grounds]")[0].contains("行动期间检查发现违法2次"));
    assert_eq!(officer.fill_to(&new, to, &[("grounds", "")]).await.status, 422);
    let saved = officer.fill_to(&new, to, &[]).await;
    let path = saved.location.clone().unwrap();
    let page = officer.follow(&saved).await;
    assert!(page.text().contains("拟列入名单（内部研究）"));
    assert_eq!(officer.fill_to(&new, to, &[]).await.status, 422, "once at a time");

    let notice = format!("{path}/notice");
    let served = [("notice_number", "环信告〔2019〕1号"), ("notice_served_on", "6.18")];
    let short = officer.send(&page, &notice, &[served[0], ("notice_served_on", "6.18"), ("objection_until", "6.19")]).await;
    assert!(short.error("objection_until").unwrap().contains("不少于5个工作日"));
    let early = officer.send(&page, &notice, &[served[0], ("notice_served_on", "6.1")]).await;
    assert_eq!(early.status, 422, "before it was proposed");
    let today = [("notice_number", "环信告〔2019〕1号"), ("notice_served_on", "6.20")];
    let told = officer.send(&page, &notice, &today).await;
    let page = officer.follow(&told).await;
    assert!(page.text().contains("异议期至 2019-06-27"), "{}", page.text());
    let reviewed = officer.send(&page, &format!("{path}/review"), &[]).await;
    let page = officer.follow(&reviewed).await;
    let decide = format!("{path}/decide");
    let soon = officer.send(&page, &decide, &[("decision_number", "环信决〔2019〕1号")]).await;
    assert!(soon.status == 422 && soon.error("decision_number").unwrap().contains("异议期至2019-06-27"));
    let objected = [("objection", "对第二次违法有异议"), ("objection_on", "6.20")];
    let heard = officer.send(&page, &format!("{path}/objection"), &objected).await;
    assert!(officer.follow(&heard).await.text().contains("拟列入，已告知"), "the review lapses");
    assert!(officer.download("/blacklist.csv").await.2.iter().filter(|b| **b == b'\n').count() == 1, "nothing decided goes out");
    app.history_holds().await;
}

#[tokio::test]
async fn a_decided_entry_goes_to_the_credit_platform_and_a_withdrawn_one_does_not() {
    let app = TestApp::start().await;
    let unit = offender(&app).await;
    let row = json!({"notice_number": "环信告〔2019〕1号", "notice_served_on": "2019-06-10", "objection_until": "2019-06-17",
        "reviewed_by": "法规", "reviewed_on": "2019-06-18"});
    let entry = rows::blacklisting(&app, 140403, unit, row).await;
    let officer = legal_officer(&app).await;
    let path = format!("/blacklist/{entry}");
    let page = officer.open(&path).await;
    assert_eq!(officer.send(&page, &format!("{path}/decide"), &[("decision_number", "")]).await.status, 422);
    let listed = officer.send(&page, &format!("{path}/decide"), &[("decision_number", "环信决〔2019〕1号")]).await;
    let page = officer.follow(&listed).await;
    assert!(page.text().contains("已列入"));
    let (status, _, bytes) = officer.download("/blacklist.xlsx").await;
    assert_eq!(status, 200);
    let grid = workbook::grid(&bytes, "黑名单");
    let row = grid.iter().find(|row| row[1] == "潞州焦化有限公司").unwrap();
    assert_eq!((row[2].as_str(), row[4].as_str(), row[5].as_str()), ("91350100M000100Y43", "环信决〔2019〕1号", "2019-06-20"));
    let (_, _, csv) = officer.download("/blacklist.csv").await;
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.contains("\"潞州焦化有限公司\",\"91350100M000100Y43\""), "{csv}");
    let gone = officer.send(&page, &format!("{path}/withdraw"), &[("reason", "已完成信用修复")]).await;
    assert!(officer.follow(&gone).await.text().contains("已完成信用修复"));
    let (_, _, csv) = officer.download("/blacklist.csv").await;
    assert!(!String::from_utf8(csv).unwrap().contains("潞州焦化"));

    let clerk = app.clerk(140403).await;
    assert!(clerk.open(&path).await.text().contains("已撤销"), "its own");
    assert!(clerk.open("/blacklist").await.table("#candidates").is_empty(), "the city's own study");
    assert_eq!(clerk.get("/blacklist.csv").await.status, 403);
    let neighbour = app.clerk(140404).await;
    assert_eq!(neighbour.get(&path).await.status, 404);
    assert!(neighbour.open("/blacklist").await.table("#entries").is_empty());
}

#[tokio::test]
async fn the_administrator_sets_the_numbers_and_counties_propose_nobody() {
    let app = TestApp::start().await;
    let unit = offender(&app).await;
    let admin = app.admin().await;
    let page = admin.open("/blacklist").await;
    assert_eq!(page.table("#candidates").len(), 1);
    let form: Vec<(String, String)> = page.form("/blacklist/rules");
    assert!(form.iter().any(|(name, value)| name == "rule" && value == "violations"));
    let token = page.value("form_token").unwrap();
    let post = [("form_token", token.as_str()), ("rule", "violations"), ("value", "3")];
    assert_eq!(admin.post("/blacklist/rules", &post).await.status, 303);
    assert!(admin.open("/blacklist").await.table("#candidates").is_empty());
    app.history_holds().await;
    let noisy = rows::unit(&app, 140403, "群众反映强烈砖厂", json!({})).await;
    rows::problem(&app, noisy, json!({"source": "reported_12369"})).await;
    for answer in [None, Some("partly"), Some("duplicate")] {
        rows::tip(&app, noisy, json!({"answer": answer, "answered_on": answer.map(|_| "2019-06-18")})).await;
    }
    let heard = admin.open("/blacklist").await.table("#candidates");
    assert_eq!(heard[0][4..6], ["3", "行动期间群众举报3件。"], "two tips and a problem; the duplicate is none: {heard:?}");
    let clerk = app.clerk(140403).await;
    assert_eq!(clerk.get(&format!("/blacklist/new?unit={unit}")).await.status, 403);
    assert_eq!(clerk.post("/blacklist/rules", &post).await.status, 403);
}

#[tokio::test]
async fn an_entry_that_changed_under_the_officers_eyes_is_read_again() {
    let app = TestApp::start().await;
    let unit = offender(&app).await;
    let served = json!({"notice_number": "环信告〔2019〕1号", "notice_served_on": "2019-06-10", "objection_until": "2019-06-17"});
    let entry = rows::blacklisting(&app, 140403, unit, served).await;
    let (path, officer, clerk) = (format!("/blacklist/{entry}"), legal_officer(&app).await, app.reviewer().await);
    let seen = officer.open(&path).await;
    let objected = [("objection", "对第二次违法有异议"), ("objection_on", "6.14")];
    assert_eq!(clerk.fill_to(&path, &format!("{path}/objection"), &objected).await.status, 303);
    let review = format!("{path}/review");
    let stale = officer.send(&seen, &review, &[]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("该记录已被他人修改"), "{}", stale.text());
    let page = officer.open(&path).await;
    assert!(page.text().contains("拟列入，已告知") && page.text().contains("有异议"), "{}", page.text());
    assert_eq!(officer.send(&page, &review, &[]).await.status, 303);
}

#[tokio::test]
async fn a_notice_and_an_objection_from_an_older_page_overwrite_nobody() {
    let app = TestApp::start().await;
    let unit = offender(&app).await;
    let served = json!({"notice_number": "环信告〔2019〕1号", "notice_served_on": "2019-06-10", "objection_until": "2019-06-17"});
    let entry = rows::blacklisting(&app, 140403, unit, served).await;
    let path = format!("/blacklist/{entry}");
    let (notice, objection) = (format!("{path}/notice"), format!("{path}/objection"));
    let (one, two) = (app.reviewer().await, app.reviewer().await);
    let stale = two.open(&path).await;
    let heard = [("objection", "对第二次违法有异议"), ("objection_on", "6.14")];
    assert_eq!(one.fill_to(&path, &objection, &heard).await.status, 303);
    let other = [("objection", "另收到电话异议"), ("objection_on", "6.15"), ("objection_answer", "不予采纳")];
    let beaten = two.send(&stale, &objection, &other).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("未覆盖对方") && beaten.text().contains("对第二次违法有异议"), "{}", beaten.text());
    assert_eq!(beaten.texts("[name=objection]"), ["另收到电话异议"], "what was typed is kept");
    let corrected = [("notice_number", "环信告〔2019〕9号")];
    let late = two.send(&stale, &notice, &corrected).await;
    assert_eq!((late.status, late.value("notice_number").as_deref()), (409, Some("环信告〔2019〕9号")));
    assert!(one.open(&path).await.text().contains("环信告〔2019〕1号"), "the number stands");
    assert_eq!(two.send(&late, &notice, &[]).await.status, 303, "seen, and saved");
    app.history_holds().await;
}
