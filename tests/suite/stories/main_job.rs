//! The main job from end to end: from an account to figures that agree wherever they are read.

use crate::support::{Browser, PASSWORD, TestApp, workbook};
use std::collections::{BTreeMap, BTreeSet};
use zhengzhi::accounts;
use zhengzhi::base::ability::Import;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, Cells, CountyId};
use zhengzhi::units::{self, NewUnit, UnitChanges};

const COUNTY: i32 = 140403;
const FACTORY: &str = "潞州区清漳焦化有限公司";
const NEW_PASSWORD: &str = "漳泽水库边的芦苇荡又高又密";

#[tokio::test]
async fn a_clerk_registers_what_was_found_and_the_city_reads_the_same_figures_everywhere() {
    let app = TestApp::start().await;
    app.account("wangjianguo", Role::CityAdmin, CITY, false, false).await;
    app.account("limin", Role::CityReviewer, CITY, false, false).await;
    let browser = Browser::start(&app).await;

    let password = the_administrator_makes_a_clerk(&browser).await;
    assert_eq!(the_reviewer_reads_the_board(&browser).await["单位"], "0");
    the_clerk_signs_in(&browser, &password).await;
    the_clerk_registers_a_unit_that_found_two_problems(&browser).await;
    one_problem_is_mended_and_struck_off(&browser).await;
    the_other_becomes_a_case(&browser).await;
    forty_more_units(&app).await;
    the_clerk_marks_the_forty_at_once(&browser).await;
    browser.sign_out().await;
    let board = the_reviewer_reads_the_board(&browser).await;
    let expected = [
        ("单位", "41"),
        ("已自查", "41"),
        ("自查率", "100.0%"),
        ("问题", "2"),
        ("销号", "1"),
        ("完成率", "50.0%"),
        ("案件", "1"),
        ("罚款（万元）", "12.5"),
        ("查封扣押（件）", "1"),
    ];
    for (heading, figure) in expected {
        assert_eq!(board[heading], figure, "{heading}");
    }

    browser.sign_in("limin", PASSWORD).await;
    annex_1_agrees(&browser, &board).await;
    annex_2_agrees(&browser, &board).await;
    the_roll_up_agrees(&browser, &board).await;
    browser.quit().await;
}

async fn the_administrator_makes_a_clerk(browser: &Browser) -> String {
    browser.sign_in("wangjianguo", PASSWORD).await;
    browser.open("/accounts/new").await;
    browser.fill("name", "赵晓燕").await;
    browser.fill("login", "zhaoxiaoyan").await;
    browser.pick("role", "县区填报员").await;
    browser.pick("county", "潞州区").await;
    browser.press("开通账号").await;
    let password = browser.text("#secret-password").await;
    browser.press("已告知，返回账号").await;
    browser.sees("赵晓燕").await;
    browser.sign_out().await;
    password
}

async fn the_clerk_signs_in(browser: &Browser, one_time: &str) {
    browser.sign_in("zhaoxiaoyan", one_time).await;
    browser.open("/units").await;
    assert_eq!(browser.path().await, "/password", "nothing opens before the one-time password is changed");
    browser.fill("current", one_time).await;
    browser.fill("new", NEW_PASSWORD).await;
    browser.fill("again", NEW_PASSWORD).await;
    browser.press("修改密码").await;
    assert_eq!(browser.path().await, "/login", "a changed password ends the session");
    browser.sign_in("zhaoxiaoyan", NEW_PASSWORD).await;
    browser.sees("潞州区").await;
}

async fn the_clerk_registers_a_unit_that_found_two_problems(browser: &Browser) {
    browser.open("/units").await;
    browser.press("新增单位").await;
    browser.fill("name", FACTORY).await;
    browser.fill("township", "马厂镇").await;
    browser.press("保存").await;
    browser.sees(FACTORY).await;
    browser.press("登记自查").await;
    browser.pick("self_inspection", "已自查").await;
    browser.fill("self_inspected_on", "6.18").await;
    browser.pick("has_problem", "发现问题").await;
    browser.press("保存").await;
    browser.sees("请登记发现的问题").await;
    a_problem(browser, "焦炉烟囱在线监测数据超标", "保存并录下一条").await;
    browser.sees("请录下一条").await;
    a_problem(browser, "熄焦废水经旁路排入浊漳河", "保存").await;
    browser.sees("问题已登记").await;
}

async fn a_problem(browser: &Browser, text: &str, button: &str) {
    browser.pick("problem_kind", "05").await;
    browser.fill("problem", text).await;
    browser.fill("found_on", "6.18").await;
    browser.fill("due_on", "6.20").await;
    browser.press(button).await;
}

async fn one_problem_is_mended_and_struck_off(browser: &Browser) {
    browser.press(FACTORY).await;
    browser.press("焦炉烟囱在线监测数据超标").await;
    browser.press("登记整改完成").await;
    browser.fill("completed_on", "6.19").await;
    browser.press("保存").await;
    browser.sees("已完成待核查").await;
    browser.press("核查销号").await;
    browser.fill("verified_on", "6.20").await;
    browser.fill("verifier_1", "张志强").await;
    browser.fill("verifier_2", "李红").await;
    browser.press("保存").await;
    browser.sees("已销号").await;
}

async fn the_other_becomes_a_case(browser: &Browser) {
    browser.press(FACTORY).await;
    browser.press("熄焦废水经旁路排入浊漳河").await;
    browser.press("转入台账").await;
    browser.sees("已转入台账").await;
    browser.press("编辑案件").await;
    browser.fill("case_number", "长环潞立〔2019〕7号").await;
    browser.fill("case_filed_on", "6.19").await;
    browser.fill("decided_on", "6.20").await;
    browser.fill("decision_number", "长环潞罚〔2019〕7号").await;
    browser.fill("fine", "12.5").await;
    assert_eq!(browser.text("#n-fine").await, "= 12.5万元（125,000元）", "the page says what the number means");
    browser.press("保存").await;
    browser.sees("12.5万元").await;
    browser.press("＋查封").await;
    browser.fill("number", "长环潞查〔2019〕2号").await;
    browser.fill("decided_on", "6.19").await;
    browser.fill("from_on", "6.19").await;
    browser.fill("until_on", "7.18").await;
    browser.press("保存").await;
    browser.sees("措施（1件）").await;
}

async fn forty_more_units(app: &TestApp) {
    let units: Vec<NewUnit> = (1..=40)
        .map(|n| {
            let mut cells = Cells::default();
            cells.set("name", format!("潞州区{n}号养殖场"));
            NewUnit { county: CountyId(COUNTY), facts: UnitChanges::read(&mut cells).unwrap() }
        })
        .collect();
    let mut writing = app.writing(accounts::system_actor(), &app.whole()).await;
    let permit = writing.permit::<Import>(CountyId(COUNTY)).unwrap();
    units::add_many(&mut writing, &permit, &units).await.unwrap();
    writing.commit().await.unwrap();
}

async fn the_clerk_marks_the_forty_at_once(browser: &Browser) {
    browser.open("/units").await;
    browser.sees("共 41 条").await;
    browser.pick("owed", "未自查").await;
    browser.press("查询").await;
    browser.sees("共 40 条").await;
    browser.tick("全选当前筛选结果（共40条）").await;
    browser.sees("已选 40 条").await;
    browser.press("批量登记自查").await;
    browser.sees("将更新40条，跳过0条").await;
    browser.press("更新40条").await;
    browser.sees("已更新40条，跳过0条").await;
}

/// The county's row of the board, by heading.
async fn the_reviewer_reads_the_board(browser: &Browser) -> BTreeMap<String, String> {
    browser.sign_in("limin", PASSWORD).await;
    browser.open("/dashboard").await;
    browser.sees("调度看板").await;
    let headings = browser.texts("#board thead th").await;
    let mut rows = browser.texts("#board tbody tr > th").await.into_iter();
    let at = rows.position(|name| name.starts_with("潞州区")).unwrap() + 1;
    let cells = browser.texts(&format!("#board tbody tr:nth-child({at}) > *")).await;
    browser.sign_out().await;
    assert_eq!(headings.len(), cells.len());
    headings.into_iter().zip(cells).collect()
}

/// The lines of an annex's sheet by heading: those that begin with a number.
async fn lines(browser: &Browser, path: &str) -> Vec<BTreeMap<String, String>> {
    let grid = workbook::grid(&browser.download(path).await, "潞州区");
    let head = grid.iter().position(|row| row[0] == "序号").unwrap();
    let headings = grid[head].iter().zip(&grid[head + 1]).map(|(above, own)| if own.is_empty() { above } else { own });
    let headings: Vec<String> = headings.cloned().collect();
    let rows = grid[head + 2..].iter().filter(|row| row[0].parse::<u32>().is_ok());
    rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn filled(lines: &[BTreeMap<String, String>], heading: &str) -> String {
    lines.iter().filter(|line| !line[heading].is_empty()).count().to_string()
}

async fn annex_1_agrees(browser: &Browser, board: &BTreeMap<String, String>) {
    let lines = lines(browser, &format!("/annexes/1.xlsx?county={COUNTY}")).await;
    let units: BTreeSet<&String> = lines.iter().map(|line| &line["单位名称"]).collect();
    let inspected: BTreeSet<&String> =
        lines.iter().filter(|line| line["自查状态"] == "已自查").map(|line| &line["单位名称"]).collect();
    assert_eq!(units.len().to_string(), board["单位"]);
    assert_eq!(inspected.len().to_string(), board["已自查"]);
    assert_eq!(filled(&lines, "存在的问题"), board["问题"]);
    assert_eq!(filled(&lines, "核查日期"), board["销号"]);
    assert_eq!(filled(&lines, "实际完成日期"), "1");
    assert_eq!(lines.iter().filter(|line| line["单位名称"] == FACTORY).count(), 2, "a line a problem");
}

async fn annex_2_agrees(browser: &Browser, board: &BTreeMap<String, String>) {
    let lines = lines(browser, &format!("/annexes/2.xlsx?county={COUNTY}")).await;
    assert_eq!(filled(&lines, "案件编号"), board["案件"]);
    assert_eq!(filled(&lines, "查封扣押日期"), board["查封扣押（件）"]);
    let [line] = lines.as_slice() else { panic!("one problem is in the ledger, not {}", lines.len()) };
    assert_eq!(line["罚款金额（万元）"], board["罚款（万元）"]);
    assert_eq!((line["单位名称"].as_str(), line["查封扣押日期"].as_str()), (FACTORY, "2019-06-19"));
    assert_eq!(line["违法事实"], "熄焦废水经旁路排入浊漳河");
}

async fn the_roll_up_agrees(browser: &Browser, board: &BTreeMap<String, String>) {
    let book = browser.download("/annexes/2.xlsx").await;
    let grid = workbook::grid(&book, "汇总表");
    let head = grid.iter().position(|row| row[0] == "县（区）").unwrap();
    let row = |name: &str| grid.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no {name}"));
    let pairs = [
        ("应查单位", "单位"),
        ("应自查", "应自查"),
        ("已自查", "已自查"),
        ("问题数", "问题"),
        ("已销号", "销号"),
        ("立案（件）", "案件"),
        ("罚款（万元）", "罚款（万元）"),
        ("查封扣押（件）", "查封扣押（件）"),
    ];
    for (heading, on_the_board) in pairs {
        let at = grid[head + 1].iter().position(|h| h == heading).unwrap_or_else(|| panic!("no {heading}"));
        assert_eq!(row("潞州区")[at], board[on_the_board], "{heading}");
        assert_eq!(row("合计")[at], board[on_the_board], "{heading}, all counties");
    }
    let completed = grid[head + 1].iter().position(|h| h == "完成整改").unwrap();
    assert_eq!(row("潞州区")[completed], "1");
    let sheet = workbook::grid(&book, "潞州区");
    let totals = sheet.iter().find(|row| row[0].starts_with("合计：")).unwrap();
    assert!(totals[0].contains("立案1件；罚款12.5万元") && totals[0].contains("查封扣押1件"), "{}", totals[0]);
}

#[tokio::test]
async fn a_first_problem_that_was_unticked_again_is_not_sent() {
    let app = TestApp::start().await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    let browser = Browser::start(&app).await;
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    for (name, meant) in [("漳泽建材厂", false), ("清漳建材厂", true)] {
        browser.open("/units/new").await;
        browser.fill("name", name).await;
        browser.tick("同时登记该单位的一个问题").await;
        browser.fill("problem", "堆场未覆盖").await;
        if !meant {
            browser.tick("同时登记该单位的一个问题").await;
        }
        browser.press("保存").await;
        browser.sees(&format!("已登记“{name}”")).await;
        browser.open("/problems").await;
        assert_eq!(browser.text("main").await.contains("堆场未覆盖"), meant, "{name}");
    }
    browser.quit().await;
}
