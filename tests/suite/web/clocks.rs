//! Clocks on the case's page and as a list, the events they depend on, and the papers of a transfer.

use crate::support::rows::{self, Made};
use crate::support::{Person, TestApp, workbook};
use serde_json::json;
use zhengzhi::base::CITY;
use zhengzhi::base::role::Role;

async fn case(app: &TestApp, said: serde_json::Value) -> Made {
    let unit = rows::unit(app, 140403, "潞州焦化有限公司", json!({})).await;
    let problem = rows::problem(app, unit, json!({"kind": "07", "description": "私设暗管排放废水"})).await;
    rows::case(app, &[problem], said).await
}

async fn legal_officer(app: &TestApp) -> Person {
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    Person::signed_in(app, officer, "officer").await
}

#[tokio::test]
async fn an_appraisal_is_recorded_and_moves_the_end_of_a_seizure() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"case_number": "潞环立〔2019〕1号"})).await;
    let sealing = rows::measure(&app, case, "sealing", json!({"from_on": "2019-06-10", "until_on": "2019-07-10"})).await;
    let clerk = app.clerk(140403).await;
    let (page, new) = (format!("/ledger/{}", case.id), format!("/ledger/{}/events/new", case.id));
    let shown = clerk.open(&page).await.text();
    assert!(shown.contains("至7月10日届满") && shown.contains("下一步：期满前决定解除"), "{shown}");

    let what = format!("appraisal.{}", sealing.id);
    let wrong = clerk.fill(&new, &[("what", &what), ("happened_on", "6.17"), ("until_on", "6.13"), ("note", "抽样")]).await;
    assert_eq!((wrong.status, wrong.value("note").as_deref()), (422, Some("抽样")));
    assert!(wrong.error("until_on").unwrap().contains("早于起始日期"));
    assert!(clerk.fill(&new, &[("what", &what), ("happened_on", "6.9")]).await.error("happened_on").unwrap().contains("早于"));
    assert!(clerk.fill(&new, &[("what", "paid"), ("happened_on", "6.18")]).await.error("what").is_some(), "nothing is decided");

    let saved = clerk.fill(&new, &[("what", &what), ("happened_on", "6.13"), ("until_on", "6.17")]).await;
    let after = clerk.follow(&saved).await;
    assert!(after.text().contains("扣除检测、检验、鉴定期间5日（6月13日至6月17日），至7月15日届满"), "{}", after.text());
    assert_eq!(after.table("#events")[0][1], "2019-06-13至2019-06-17");
    let remove = after.attribute("#events form", "action").unwrap();
    let back = clerk.send(&after, &remove, &[]).await;
    assert!(clerk.follow(&back).await.text().contains("至7月10日届满"));
    app.history_holds().await;

    let neighbour = app.clerk(140404).await;
    let token = neighbour.open("/ledger").await.value("form_token");
    for path in [&page, &new] {
        assert_eq!(neighbour.get(path).await.status, 404);
    }
    assert_eq!(neighbour.post(&remove, &[("form_token", &token.unwrap_or_default())]).await.status, 404);
    assert_eq!(app.auditor().await.get(&new).await.status, 403);
    assert_eq!(app.reviewer().await.get(&new).await.status, 403, "the county's own case");
}

#[tokio::test]
async fn the_friday_list_prints_copies_and_goes_out_as_a_file() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"case_number": "潞环立〔2019〕1号", "case_filed_on": "2019-06-12"})).await;
    rows::measure(&app, case, "sealing", json!({"from_on": "2019-06-10", "until_on": "2019-06-26"})).await;
    rows::measure(&app, case, "detaining", json!({"from_on": "2019-06-12", "until_on": "2019-06-22"})).await;
    let clerk = app.clerk(140403).await;
    assert_eq!(clerk.open("/clocks").await.table("#clocks").len(), 3, "two seizures and the decision");
    let friday = clerk.open("/clocks?when=next-week").await;
    assert!(friday.text().contains("下周到期的法定期限（6月24日至6月30日）"));
    assert_eq!(friday.table("#clocks").len(), 1);
    assert!(friday.texts("#plain")[0].contains("1. 2019-06-26 潞州区 潞州焦化有限公司 查封：查封扣押期限（还有6天）"));
    assert_eq!(clerk.open("/clocks?kind=decision").await.table("#clocks").len(), 1);
    let (status, headers, bytes) = clerk.download("/clocks.xlsx?when=next-week").await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().contains("clocks-140403-20190620.xlsx"));
    let grid = workbook::grid(&bytes, "法定期限");
    assert!(grid.iter().any(|row| row[0] == "2019-06-26" && row[5] == "查封扣押期限"), "{grid:?}");

    let neighbour = app.clerk(140404).await;
    assert!(neighbour.open("/clocks").await.table("#clocks").is_empty());
    assert_eq!(neighbour.get("/clocks?county=140403").await.status, 404);
    assert_eq!(neighbour.get("/clocks.xlsx?county=140403").await.status, 404);
    assert_eq!(app.auditor().await.get("/clocks.xlsx").await.status, 403);
}

#[tokio::test]
async fn a_case_without_a_number_does_not_bear_its_unit_s_name_twice() {
    let app = TestApp::start().await;
    case(&app, json!({"respondent": "潞州焦化有限公司", "case_filed_on": "2019-06-12"})).await;
    let rows = app.clerk(140403).await.open("/clocks").await.table("#clocks");
    assert_eq!((rows[0][2].as_str(), rows[0][3].as_str()), ("潞州焦化有限公司", "未编号"));
}

#[tokio::test]
async fn the_home_of_a_legal_officer_says_what_waits() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-18"})).await;
    rows::measure(&app, case, "sealing", json!({"from_on": "2019-06-10", "until_on": "2019-06-22"})).await;
    rows::measure(&app, case, "daily_penalty", json!({"order_served_on": "2019-05-25"})).await;
    let officer = legal_officer(&app).await;
    let home = officer.open("/").await.text().replace(' ', "");
    assert!(home.contains("今天有3件请您看：1件查封扣押3日内到期，1件复查已满25日，1件已决定待法规审核。"), "{home}");
    assert!(!app.reviewer().await.open("/").await.text().contains("件请您看"), "only who holds the permission");
}

#[tokio::test]
async fn the_papers_of_a_transfer_carry_a_draft_until_the_letter_is_reviewed() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"respondent": "潞州焦化有限公司", "case_number": "潞环立〔2019〕1号"})).await;
    let package = format!("/ledger/{}/transfer.zip", case.id);
    let clerk = app.clerk(140403).await;
    assert_eq!(clerk.get(&package).await.status, 404, "no transfer, no papers");
    let measure = rows::measure(&app, case, "criminal_transfer", json!({"persons": 2})).await;
    let (status, _, bytes) = clerk.download(&package).await;
    assert_eq!(status, 200);
    assert_eq!(workbook::names(&bytes), ["移送函（草稿）.docx", "案件基本情况.docx", "材料清单.csv"]);
    let list = workbook::part_alone(&bytes, "材料清单.csv");
    assert_eq!(list.lines().count(), 3);
    assert!(list.lines().nth(1).unwrap().rsplit(',').next().unwrap().len() == 64, "{list}");

    let review = format!("/ledger/{}/measures/{}/letter-review", case.id, measure.id);
    let token = clerk.open(&format!("/ledger/{}/events/new", case.id)).await.value("form_token").unwrap();
    assert_eq!(clerk.post(&review, &[("form_token", &token)]).await.status, 403);
    let officer = legal_officer(&app).await;
    let page = officer.open(&format!("/ledger/{}", case.id)).await;
    let done = officer.send(&page, &review, &[]).await;
    assert!(officer.follow(&done).await.text().contains("移送函已经法规审核"));
    let (_, _, bytes) = clerk.download(&package).await;
    assert!(workbook::names(&bytes).iter().any(|name| name == "移送函.docx"));
    let (page, action) = (format!("/ledger/{}", case.id), format!("/evidence/{}/of/cases", case.id));
    let mut picture = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut picture, image::ImageFormat::Jpeg).unwrap();
    assert_eq!(clerk.upload(&page, &action, "暗管现场.jpg", picture.into_inner()).await.status, 303);
    let (_, _, bytes) = clerk.download(&package).await;
    assert!(workbook::names(&bytes).contains(&"证据/01-暗管现场.jpg".to_owned()));
    assert!(workbook::part_alone(&bytes, "材料清单.csv").contains("证据/01-暗管现场.jpg"));
    assert_eq!(app.clerk(140404).await.get(&package).await.status, 404);
    assert_eq!(app.auditor().await.get(&package).await.status, 403);
}
