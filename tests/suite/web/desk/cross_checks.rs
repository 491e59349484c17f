//! 交叉执法: the list before the teams come, the locked sheet, what comes back, and the claims that it refutes.

use super::{bare, sent_to};
use crate::support::rows::{self, Made};
use crate::support::{Person, TestApp, Workbook, workbook};
use crate::web::campaigns::with_newer;
use serde_json::json;

/// A problem of a unit, claimed to be verified by two people.
async fn claimed(app: &TestApp, unit: Made) -> Made {
    let said = json!({"completed_on": "2019-06-14", "verified_on": "2019-06-15", "verifiers": ["王某", "张某"]});
    rows::problem(app, unit, said).await
}

/// The rows of a downloaded result sheet, with results filled in by row.
fn filled(bytes: &[u8], results: &[[&str; 4]], findings: &[[&str; 5]]) -> Vec<u8> {
    let mut grid = workbook::grid(bytes, "核查结果");
    for (row, result) in grid.iter_mut().skip(1).zip(results) {
        row.truncate(11);
        for (at, cell) in result.iter().enumerate() {
            row[6 + at] = (*cell).to_owned();
        }
    }
    let checked: Vec<Vec<&str>> = grid.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let checked: Vec<&[&str]> = checked.iter().map(Vec::as_slice).collect();
    let head = ["单位名称", "问题类型", "存在的问题", "发现日期", "核查人"];
    let found: Vec<&[&str]> = std::iter::once(&head[..]).chain(findings.iter().map(|row| &row[..])).collect();
    Workbook::new().with("核查结果", &checked).with("新发现问题", &found).bytes()
}

async fn brought(reviewer: &Person, bytes: Vec<u8>) -> crate::support::Page {
    let page = "/cross-checks/results?county=140403&team=省第三核查组";
    reviewer.upload(page, "/cross-checks/results", "结果.xlsx", bytes).await
}

#[tokio::test]
async fn repeat_offenders_come_first_and_each_unit_says_why() {
    let app = TestApp::start().await;
    let quiet = rows::unit(&app, 140403, "无问题厂", json!({})).await;
    rows::self_inspection(&app, quiet, json!({})).await;
    let twice = rows::unit(&app, 140403, "两次被查厂", json!({})).await;
    rows::problem(&app, twice, json!({"due_on": "2019-06-15"})).await;
    rows::problem(&app, twice, json!({})).await;
    let refusing = rows::unit(&app, 140403, "拒不自查厂", json!({})).await;
    rows::self_inspection(&app, refusing, json!({"state": "refused", "found": null})).await;
    let paper = rows::unit(&app, 140403, "纸上销号厂", json!({})).await;
    claimed(&app, paper).await;
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({})).await;
    rows::problem(&app, foreign, json!({})).await;
    let clerk = app.clerk(140403).await;
    let rows = clerk.open("/cross-checks").await.table("#rows");
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["两次被查厂", "纸上销号厂", "拒不自查厂"]);
    assert_eq!(rows[0][2], "屡查屡犯（检查发现2个）；已到期未完成（1个）；整改未完成（2个）");
    assert!(rows[1][2].contains("仅书面销号（1个）") && rows[2][2].contains("拒不开展自查"));
    assert_eq!(clerk.open("/cross-checks?reason=refused").await.table("#rows").len(), 1);
    assert_eq!(clerk.get("/cross-checks?county=140404").await.status, 404);
    let (status, _, bytes) = clerk.download("/cross-checks.xlsx").await;
    assert_eq!(status, 200);
    assert!(workbook::grid(&bytes, "迎检清单").iter().any(|row| row.contains(&"两次被查厂".to_owned())));
    assert_eq!(app.reviewer().await.open("/cross-checks").await.table("#rows").len(), 4);
}

#[tokio::test]
async fn the_sheet_is_locked_but_for_its_results() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "潞州焦化", json!({})).await;
    let problem = claimed(&app, unit).await;
    let reviewer = app.reviewer().await;
    let (status, headers, bytes) = reviewer.download("/cross-checks/sheet.xlsx?county=140403").await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().contains("cross-check-140403.xlsx"));
    let grid = workbook::grid(&bytes, "核查结果");
    assert_eq!(grid[1][1..6], ["潞州焦化", "", "物料堆场未覆盖", "已销号", "2019-06-14"]);
    assert_eq!(grid[1][10], format!("140403:{}", problem.id));
    let xml = workbook::part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<sheetProtection") && xml.contains("dataValidation") && xml.contains("hidden=\"1\""));
    assert!(workbook::part(&bytes, "xl/styles.xml").contains("locked=\"0\""));
    assert_eq!(app.clerk(140403).await.get("/cross-checks/sheet.xlsx?county=140403").await.status, 403);
    assert_eq!(reviewer.get("/cross-checks/sheet.xlsx").await.status, 404);
}

#[tokio::test]
async fn what_comes_back_is_shown_first_and_refuted_claims_are_counted() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    for name in ["甲厂", "乙厂", "丙厂"] {
        let unit = rows::unit(&app, 140403, name, json!({})).await;
        claimed(&app, unit).await;
    }
    let (_, _, sheet) = reviewer.download("/cross-checks/sheet.xlsx?county=140403").await;
    let team = "王某、张某";
    let results = [
        ["未整改到位", "2019-06-19", team, "堆场仍未覆盖"],
        ["已整改到位", "2019-06-19", team, ""],
        ["反弹", "2019-06-19", "王某", ""],
    ];
    let findings = [["甲厂", "", "危废露天堆放", "2019-06-19", team], ["没有这家", "", "冒黑烟", "2019-06-19", team]];
    let came = brought(&reviewer, filled(&sheet, &results, &findings)).await;
    let preview = sent_to(&came);
    let page = reviewer.open(&preview).await;
    assert!(page.text().contains("共读取5行：可登记3行，有误2行"), "{}", page.text());
    let lines = page.table("#lines");
    assert!(lines[2][7].contains("须两人以上") && lines[2][7].contains("请写明现场情况"), "{:?}", lines[2]);
    assert!(lines[4][7].contains("名录中没有该单位"), "{:?}", lines[4]);
    assert!(reviewer.open("/cross-checks/results").await.table("#checks").is_empty(), "nothing is written before");
    let confirm = format!("{preview}/confirm");
    sent_to(&reviewer.send(&page, &confirm, &[]).await);
    let tallies = clerk.open("/cross-checks/results").await.table("#tallies");
    assert_eq!(tallies[0], ["潞州区", "2", "2", "1", "50.0%", "1"]);
    let problems = clerk.open("/problems?source=provincial_cross").await.table("#rows");
    assert!(problems.len() == 1 && problems[0].contains(&"危废露天堆放".to_owned()), "{problems:?}");
    let (_, refuted) = reviewer.open("/cross-checks/results").await.links("#checks")[0].clone();
    let page = clerk.open(&refuted).await;
    assert!(page.texts("#checks")[0].contains("省第三核查组 未整改到位 堆场仍未覆盖"), "{:?}", page.texts("#checks"));
    let late = bare(&reviewer, &confirm, &[]).await;
    assert_eq!(late.status, 409, "written once");
    assert!(late.text().contains("该结果表已登记，没有重复写入") && late.table("#lines") == lines, "{}", late.text());
    assert_eq!(late.links("main .lead")[0].1, "/cross-checks/results");
    let again = sent_to(&brought(&reviewer, filled(&sheet, &results[..2], &[])).await);
    let page = reviewer.open(&again).await;
    let done = reviewer.send(&page, &format!("{again}/confirm"), &[]).await;
    assert!(reviewer.follow(&done).await.text().contains("0条，2条此前已登记"));
    assert!(app.clerk(140404).await.open("/cross-checks/results").await.table("#checks").is_empty());
    app.history_holds().await;
}

#[tokio::test]
async fn a_sheet_goes_into_the_campaign_in_which_it_came() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    claimed(&app, unit).await;
    let (_, _, sheet) = reviewer.download("/cross-checks/sheet.xlsx?county=140403").await;
    let findings = [["甲厂", "", "危废露天堆放", "2019-06-19", "王某、张某"]];
    let preview = sent_to(&brought(&reviewer, filled(&sheet, &[], &findings)).await);
    let page = reviewer.open(&preview).await;
    with_newer(&app).await;
    sent_to(&reviewer.send(&page, &format!("{preview}/confirm"), &[]).await);
    for (campaign, found) in [("2019-zhengzhi", 1), ("2019-qiuji", 0)] {
        let checks = clerk.open(&format!("/cross-checks/results?campaign={campaign}")).await.table("#checks");
        let problems = clerk.open(&format!("/problems?source=provincial_cross&campaign={campaign}")).await.table("#rows");
        assert_eq!((checks.len(), problems.len()), (found, found), "{campaign}");
    }
}

#[tokio::test]
async fn a_sheet_of_another_county_or_none_is_refused() {
    let app = TestApp::start().await;
    let reviewer = app.reviewer().await;
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({})).await;
    claimed(&app, foreign).await;
    let (_, _, sheet) = reviewer.download("/cross-checks/sheet.xlsx?county=140404").await;
    let came = brought(&reviewer, filled(&sheet, &[["已整改到位", "2019-06-19", "王某、张某", ""]], &[])).await;
    let page = reviewer.open(&sent_to(&came)).await;
    assert!(page.text().contains("可登记0行，有误1行") && page.text().contains("不是所选县（区）的问题"), "{}", page.text());
    let other = brought(&reviewer, Workbook::of(&[&["单位名称"], &["甲厂"]]).bytes()).await;
    assert_eq!(other.status, 422);
    assert!(other.error("file").unwrap().contains("不是核查结果表"));
    let empty = brought(&reviewer, filled(&sheet, &[], &[])).await;
    assert!(empty.error("file").unwrap().contains("没有填写任何核查结果"));
    let nameless = reviewer.upload("/cross-checks/results", "/cross-checks/results", "结果.xlsx", sheet).await;
    assert_eq!((nameless.status, nameless.error("kind").is_some(), nameless.error("caption").is_some()), (422, true, true));
    assert_eq!(bare(&app.clerk(140403).await, "/cross-checks/results", &[]).await.status, 403);
}

#[tokio::test]
async fn a_sheet_that_comes_again_with_more_rows_adds_only_those() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    claimed(&app, unit).await;
    let (_, _, sheet) = reviewer.download("/cross-checks/sheet.xlsx?county=140403").await;
    let team = "王某、张某";
    let first = ["甲厂", "", "危废露天堆放", "2019-06-19", team];
    let findings = [first, ["甲厂", "", "台账缺失", "2019-06-19", team], ["甲厂", "", "危废露天堆放", "2019-06-20", team]];
    for (findings, told) in [(&findings[..1], "1条"), (&findings[..], "2条，1条此前已登记")] {
        let preview = sent_to(&brought(&reviewer, filled(&sheet, &[], findings)).await);
        let page = reviewer.open(&preview).await;
        let done = reviewer.send(&page, &format!("{preview}/confirm"), &[]).await;
        let page = reviewer.follow(&done).await;
        assert!(page.text().contains(told), "{}", page.text());
    }
    assert_eq!(clerk.open("/problems?source=provincial_cross").await.table("#rows").len(), 3, "another day is another finding");
}
