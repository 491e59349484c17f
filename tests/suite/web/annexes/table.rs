//! The annexes on screen.

use crate::support::rows::{self, Made};
use crate::support::{TestApp, workbook};
use serde_json::json;

/// A unit with all kinds of cells filled, in two annexes.
async fn facts(app: &TestApp, county: i32) -> (Made, Made, Made) {
    let unit = json!({"credit_code": "91350100M000100Y43", "contact_name": "王某", "contact_phone": "13800001234", "township": "马厂镇"});
    let unit = rows::unit(app, county, &format!("漳河焦化{county}"), unit).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    let own = json!({"source": "self_inspection", "due_on": "2019-06-25", "invested_fen": 1_234_500_000_i64, "plan_filed_on": "2019-06-12"});
    let problem = rows::problem(app, unit, own).await;
    rows::problem(app, unit, json!({"source": "central_inspection", "source_numbers": ["晋督12", "晋督13"], "kind": null})).await;
    let case =
        json!({"decided_on": "2019-06-16", "fine_fen": 12_500_000, "decision_number": "罚〔2019〕1号", "discretion": "lighter"});
    let case = rows::case(app, &[problem], case).await;
    rows::measure(app, case, "production_halt", json!({})).await;
    (unit, problem, case)
}

#[tokio::test]
async fn the_page_shows_what_the_file_holds_cell_by_cell() {
    let app = TestApp::start().await;
    facts(&app, 140403).await;
    rows::unit(&app, 140403, "停产水泥", json!({"status": "halted"})).await;
    let clerk = app.clerk(140403).await;
    for annex in ["1", "2"] {
        let page = clerk.open(&format!("/annexes/{annex}")).await;
        let (status, _, bytes) = clerk.download(&format!("/annexes/{annex}.xlsx")).await;
        assert_eq!(status, 200);
        let grid = workbook::grid(&bytes, "潞州区");
        let shown = page.table("table.annex");
        assert!(shown.len() >= 2 && !shown[0][0].is_empty());
        for (line, written) in shown.iter().zip(&grid[5..]) {
            let told = line.iter().zip(written).map(|(page, file)| match page.as_str() {
                "待补" => (String::new(), file.clone()),
                masked if masked.contains("****") => ("138****1234".to_owned(), file.replacen("0000", "****", 1)),
                amount if amount.contains(',') => (amount.replace(',', ""), file.clone()),
                same => (same.to_owned(), file.split_whitespace().collect::<Vec<_>>().join(" ")),
            });
            let (page, file): (Vec<_>, Vec<_>) = told.unzip();
            assert_eq!(page, file);
        }
        assert!(grid[5 + shown.len()][0].starts_with("合计"), "{:?}", grid[5 + shown.len()]);
        assert_eq!(page.texts("tr.total").concat(), grid[5 + shown.len()][0]);
    }
}

#[tokio::test]
async fn a_line_leads_to_its_records_and_a_gap_to_the_place_to_fill_it() {
    let app = TestApp::start().await;
    let (unit, problem, case) = facts(&app, 140403).await;
    let page = app.clerk(140403).await.open("/annexes/2").await;
    let links = page.links("table.annex tbody");
    let leads = |word: &str, to: String| links.iter().any(|(text, href)| text == word && *href == to);
    assert!(leads("漳河焦化140403", format!("/units/{}", unit.id)), "{links:?}");
    assert!(leads("物料堆场未覆盖", format!("/problems/{}", problem.id)));
    assert!(leads("本县(区)局", format!("/ledger/{}", case.id)));
    assert!(leads("待补", format!("/ledger/{}", case.id)), "the case has no number");
    let gaps = page.texts("table.annex .gap").len();
    assert_eq!(gaps, 3, "the case's number, the kind and the due date of the other problem");
}

#[tokio::test]
async fn the_table_shows_the_state_of_the_day_asked_for() {
    let app = TestApp::start().await;
    facts(&app, 140403).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.open("/annexes/2?date=2019-06-13").await;
    assert!(page.text().contains("数据截止日期：2019年6月13日"));
    assert!(
        !page.text().contains("罚〔2019〕1号") && !page.text().contains("停产整治"),
        "decided on the 16th, halted on the 14th"
    );
    assert!(clerk.open("/annexes/2?date=6.16").await.text().contains("罚〔2019〕1号"));
    assert_eq!(clerk.get("/annexes/2?date=2019-02-30").await.status, 422);
    assert_eq!(clerk.get("/annexes/2?after=nonsense").await.status, 400);
}

#[tokio::test]
async fn a_county_sees_its_own_table_and_the_city_chooses_one() {
    let app = TestApp::start().await;
    facts(&app, 140403).await;
    facts(&app, 140471).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.open("/annexes/1").await;
    assert!(page.text().contains("漳河焦化140403") && !page.html.contains("漳河焦化140471"));
    assert!(page.texts("#f-county").is_empty());
    assert_eq!(clerk.get("/annexes/1?county=140471").await.status, 404, "the neighbour's table is not there");
    for person in [app.reviewer().await, app.auditor().await] {
        let page = person.open("/annexes/1").await;
        assert!(page.text().contains("漳河焦化140403"), "the first county in customary order");
        assert_eq!(page.texts("#f-county option").len(), 13);
        let other = person.open("/annexes/1?county=140471").await;
        assert!(other.text().contains("高新区建设管理部") && other.text().contains("漳河焦化140471"));
    }
    assert!(app.auditor().await.open("/annexes/1").await.links(".toolbar").is_empty(), "an auditor takes nothing away");
}

#[tokio::test]
async fn a_long_table_goes_on_where_the_page_before_ended() {
    let app = TestApp::start().await;
    for n in 1..=203 {
        rows::unit(&app, 140403, &format!("单位{n:03}"), json!({})).await;
    }
    let clerk = app.clerk(140403).await;
    let first = clerk.open("/annexes/1").await;
    assert_eq!(first.table("table.annex").len(), 200);
    assert!(first.text().contains("共 203 条"));
    let (_, next) = first.links(".pager").into_iter().find(|(word, _)| word == "下一页").unwrap();
    let second = clerk.open(&next).await;
    let names: Vec<String> = second.table("table.annex").into_iter().map(|row| format!("{} {}", row[0], row[1])).collect();
    assert_eq!(names, ["201 单位201", "202 单位202", "203 单位203"]);
    assert!(!second.links(".pager").iter().any(|(word, _)| word == "下一页"));
}

#[tokio::test]
async fn a_measure_without_a_day_is_a_gap_in_sight() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "漳河焦化", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let case = rows::case(&app, &[problem], json!({})).await;
    rows::measure(&app, case, "sealing", json!({"decided_on": null})).await;
    rows::measure(&app, case, "production_halt", json!({"decided_on": null})).await;
    let clerk = app.clerk(140403).await;
    let shown = clerk.open(&format!("/ledger/{}", case.id)).await;
    assert!(shown.table("#measures").iter().all(|row| row[2] == "待补"), "{}", shown.text());
    let gaps = |page: &crate::support::Page| {
        page.links("table.annex").into_iter().filter(|(w, to)| w == "待补" && *to == format!("/ledger/{}", case.id)).count()
    };
    let table = clerk.open("/annexes/2").await;
    let before = gaps(&table);
    assert!(before >= 2, "the day of the seizure and that of the halt: {}", table.text());
}

#[tokio::test]
async fn a_day_that_is_none_is_said_beside_its_field() {
    let app = TestApp::start().await;
    facts(&app, 140403).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.get("/annexes/1?date=2019-6-40").await;
    assert_eq!((page.status, page.value("date").as_deref()), (422, Some("2019-6-40")));
    assert!(page.error("date").unwrap().contains("“2019-6-40”不是日期"));
    assert!(page.text().contains("漳河焦化"), "the table is there all the same");
}
