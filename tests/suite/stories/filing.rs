//! Filing from end to end: what stands in the way, the frozen copy, the city's remarks, the county's answers, and figures that
//! agree wherever they are read.

use crate::support::rows;
use crate::support::{Browser, PASSWORD, TestApp, workbook};
use serde_json::json;
use std::collections::BTreeMap;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId};

const COUNTY: i32 = 140403;

async fn facts(app: &TestApp) -> String {
    let unit = rows::unit(app, COUNTY, "清漳焦化厂", json!({"township": "马厂镇"})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    rows::unit(app, COUNTY, "漳泽建材厂", json!({"township": "黄碾镇"})).await;
    let own = json!({"source": "self_inspection", "description": "危废间无标识", "due_on": "2019-06-25"});
    rows::problem(app, unit, own).await;
    let first = rows::problem(app, unit, json!({"due_on": "2019-06-30", "measures": "覆盖"})).await;
    let second =
        rows::problem(app, unit, json!({"description": "雨污未分流", "kind": null, "due_on": "2019-06-30", "measures": "改造"}))
            .await;
    let case = json!({"case_number": "长环立〔2019〕1号", "decided_on": "2019-06-18", "decision_number": "长环罚〔2019〕1号",
                      "fine_fen": 12_500_000});
    rows::case(app, &[first, second], case).await;
    second.id.to_string()
}

async fn explains_what_is_left(browser: &Browser) {
    while browser.text("main").await.contains("保存说明") {
        browser.fill("reason", "经核对，情况属实").await;
        browser.press("保存说明").await;
    }
}

async fn files(browser: &Browser) {
    browser.press("定稿").await;
    browser.sees("待签发").await;
    browser.press("上报").await;
    browser.fill("signer_3", "张某某").await;
    browser.fill("signed_on_3", "6.20").await;
    browser.press("上报").await;
    browser.sees("已上报").await;
}

async fn remarks(browser: &Browser, line: &str, text: &str) {
    browser.fill("line_no", line).await;
    browser.pick("column_id", "整改情况·整改措施").await;
    browser.fill("text", text).await;
    browser.press("记下意见").await;
    browser.sees(text).await;
}

/// The row of a table whose first cell is this, by heading.
async fn row(browser: &Browser, table: &str, name: &str) -> BTreeMap<String, String> {
    let heads = browser.texts(&format!("{table} thead th")).await;
    let cells = browser.texts(&format!("{table} tbody td, {table} tbody th")).await;
    let rows: Vec<&[String]> = cells.chunks(heads.len()).collect();
    let found = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no {name} in {cells:?}"));
    heads.iter().cloned().zip(found.iter().cloned()).collect()
}

#[tokio::test]
async fn a_county_files_is_returned_answers_and_is_received_with_figures_that_agree() {
    let app = TestApp::start().await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    app.account("limin", Role::CityReviewer, CITY, false, false).await;
    let unclear = facts(&app).await;
    let browser = Browser::start(&app).await;

    // Stopped by an error and a reminder; one is mended, the other explained.
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.press("核对与上报").await;
    browser.sees("R10 问题的必填内容齐全").await;
    browser.sees("R12 应自查单位均已登记自查").await;
    browser.press("定稿").await;
    browser.sees("不能定稿").await;
    browser.open(&format!("/problems/{unclear}/edit")).await;
    browser.pick("problem_kind", "16").await;
    browser.press("保存").await;
    browser.open("/submissions/check").await;
    explains_what_is_left(&browser).await;
    browser.sees("核对无误，可以定稿").await;
    files(&browser).await;
    browser.sign_out().await;

    // The city returns two rows.
    browser.sign_in("limin", PASSWORD).await;
    browser.press("报送进度").await;
    browser.press("第1次报送").await;
    browser.press("开始审核").await;
    browser.press("附件2逐行").await;
    remarks(&browser, "1", "措施过于笼统").await;
    remarks(&browser, "2", "改造到什么程度").await;
    browser.press("返回").await;
    browser.press("退回").await;
    browser.sees("已退回").await;
    browser.sign_out().await;

    // The county answers each and mends one.
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.press("报送记录").await;
    browser.press("第1次报送").await;
    for words in ["已改为全封闭料棚", "分流管网已设计"] {
        browser.fill("answer", words).await;
        browser.press("答复").await;
        browser.sees(words).await;
    }
    browser.open(&format!("/problems/{unclear}/edit")).await;
    browser.fill("measures", "新建分流管网并验收").await;
    browser.press("保存").await;
    browser.open("/submissions/check").await;
    explains_what_is_left(&browser).await;
    files(&browser).await;
    browser.sees("第2次报送").await;
    browser.sign_out().await;

    // The city sees only what changed, and receives it.
    browser.sign_in("limin", PASSWORD).await;
    browser.press("报送进度").await;
    browser.press("第2次报送").await;
    browser.press("附件2逐行").await;
    assert_eq!(browser.texts("td.changed").await, ["新建分流管网并验收\n原：改造"], "nothing but the change");
    browser.press("返回").await;
    browser.press("开始审核").await;
    browser.press("接收").await;
    browser.sees("已接收").await;

    // Four places, the same figures.
    browser.open("/today").await;
    let today = row(&browser, "#figures", "潞州区").await;
    browser.press("冻结快照并生成通报").await;
    browser.sees("市级快照第1号").await;
    let path = browser.path().await;
    let bulletin = workbook::part(&browser.download(&format!("{path}/files/bulletin")).await, "word/document.xml");
    let book = browser.download("/annexes/2.xlsx?from=accepted").await;
    let grid = workbook::grid(&book, "汇总表");
    let heads: Vec<String> = grid.iter().find(|r| r.iter().any(|c| c == "应自查")).unwrap().clone();
    let line = grid.iter().find(|r| r[0] == "潞州区").unwrap();
    let rolled = |heading: &str| line[heads.iter().position(|h| h == heading).unwrap_or_else(|| panic!("{heading}"))].clone();
    browser.open("/dashboard").await;
    let board = row(&browser, "#board", "潞州区").await;
    for (on_today, in_book, on_board) in
        [("已自查", "已自查", "已自查"), ("问题", "问题数", "问题"), ("罚款（万元）", "罚款（万元）", "罚款（万元）")]
    {
        let said = &today[on_today];
        assert_eq!(&rolled(in_book), said, "{in_book} of the workbook");
        assert_eq!(&board[on_board], said, "{on_board} of the dashboard");
        assert!(bulletin.contains(&format!(">{said}<")) || bulletin.contains(said.as_str()), "{on_today} {said} in the bulletin");
    }
    assert_eq!((today["问题"].as_str(), today["罚款（万元）"].as_str()), ("3", "12.5"));
    assert!(bulletin.contains("全市共发现问题3个") && bulletin.contains("罚款12.5万元"), "the bulletin's own words");
    browser.quit().await;
}
