//! The desk's month from end to end: what the city asks, what the public tells, what a team finds, and a firm on two registers.

use crate::support::{Browser, PASSWORD, TestApp, Workbook, rows, workbook};
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId};
use zhengzhi::platform::config::Config;

const FACTORY: &str = "潞州区清漳石灰有限公司";
const PHONE: &str = "0355-2345678";

#[tokio::test]
async fn the_city_asks_the_public_tells_a_team_looks_and_every_answer_is_found_again() {
    let mut config = Config::default();
    config.public.tips = true;
    let app = TestApp::start_with(config).await;
    app.account("limin", Role::CityReviewer, CITY, false, false).await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(140403), false, false).await;
    let (unit, problem) = app.seed_violation(140403, FACTORY).await;
    rows::unit(&app, 140404, "上党区清漳石灰厂", serde_json::json!({"contact_phone": PHONE})).await;
    let browser = Browser::start(&app).await;

    the_city_asks_and_the_county_answers(&browser, &problem.to_string()).await;
    the_county_tells_the_public(&browser, &unit.to_string()).await;
    a_neighbour_reports_and_it_becomes_a_problem(&browser).await;
    a_team_brings_back_what_it_found(&browser).await;
    a_firm_stands_on_two_registers(&browser).await;
    browser.quit().await;
    app.history_holds().await;
}

async fn the_city_asks_and_the_county_answers(browser: &Browser, problem: &str) {
    browser.sign_in("limin", PASSWORD).await;
    browser.open(&format!("/problems/{problem}")).await;
    browser.press("督办").await;
    browser.fill("due_on", "6.25").await;
    browser.press("下达").await;
    browser.sees("长环督〔2019〕1号").await;
    let order = browser.path().await;
    browser.sign_out().await;

    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.sees("待回复1件").await;
    browser.press("待回复1件").await;
    browser.press("长环督〔2019〕1号").await;
    browser.press("回复办理情况").await;
    browser.fill("reply", "旁路已封堵，现场已整改。").await;
    browser.press("保存").await;
    browser.sees("有1处需要修改").await;
    browser.fill("person", "赵晓燕").await;
    browser.press("保存").await;
    browser.sees("已回复，待市局核查。").await;
    browser.sign_out().await;

    browser.sign_in("limin", PASSWORD).await;
    browser.open(&format!("{order}/check")).await;
    browser.fill("checker_1", "王某").await;
    browser.fill("checker_2", "张某").await;
    browser.fill("note", "旁路已拆除，与回复一致").await;
    browser.pick("verdict", "符合要求").await;
    browser.press("保存").await;
    browser.sees("已销号").await;
    browser.open("/supervision/changes").await;
    browser.sees("数据更新").await;
    browser.sign_out().await;
}

async fn the_county_tells_the_public(browser: &Browser, unit: &str) {
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.open(&format!("/units/{unit}/edit")).await;
    browser.fill("contact_phone", PHONE).await;
    browser.press("保存").await;
    browser.open("/publicity/new").await;
    browser.pick("channel", "微信").await;
    browser.fill("title", "致排污单位的一封信").await;
    browser.fill("views", "3480").await;
    browser.press("保存").await;
    browser.sees("宣传已登记。").await;
    browser.open("/summary").await;
    browser.sees("发布信息1条，其中微信1条").await;
    browser.sign_out().await;
}

async fn a_neighbour_reports_and_it_becomes_a_problem(browser: &Browser) {
    browser.open("/public").await;
    browser.press("网上举报").await;
    browser.pick("county", "潞州区").await;
    browser.fill("target", "清漳石灰").await;
    browser.fill("content", "夜里冒黑烟，气味刺鼻").await;
    browser.press("提交举报").await;
    browser.sees("举报已收到，编号网20190620-").await;

    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.press("核实中1件").await;
    let number = browser.text("#rows tbody a").await;
    browser.press(&number).await;
    browser.press("答复").await;
    browser.pick("answer", "属实").await;
    browser.fill("answer_note", "经现场核实，除尘设施未开启").await;
    browser.press("保存").await;
    browser.sees(FACTORY).await;
    browser.press("转为该单位的问题").await;
    browser.sees("已转为问题").await;
    browser.sees(&number).await;
    browser.sign_out().await;
}

async fn a_team_brings_back_what_it_found(browser: &Browser) {
    browser.sign_in("limin", PASSWORD).await;
    browser.open("/cross-checks").await;
    browser.sees("屡查屡犯（检查发现2个）").await;
    let sheet = browser.download("/cross-checks/sheet.xlsx?county=140403").await;
    let mut grid = workbook::grid(&sheet, "核查结果");
    for (at, cell) in ["未整改到位", "2019-06-20", "王某、张某", "仍在直排"].iter().enumerate() {
        grid[1][6 + at] = (*cell).to_owned();
    }
    let lines: Vec<Vec<&str>> = grid.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("核查结果.xlsx");
    std::fs::write(&file, Workbook::new().with("核查结果", &lines).bytes()).unwrap();
    browser.press("核查结果与申报不符率").await;
    browser.pick("kind", "潞州区").await;
    browser.fill("caption", "省第三核查组").await;
    browser.attach("file", &[file.as_path()]).await;
    browser.press("上传并核对").await;
    browser.sees("可登记1行，有误0行").await;
    browser.press("确认登记1行").await;
    browser.sees("已登记核查结果1条").await;
    browser.sees("仍在直排").await;
}

async fn a_firm_stands_on_two_registers(browser: &Browser) {
    browser.open("/twins").await;
    browser.press("比对名录").await;
    browser.sees("比对完成，新发现1对").await;
    browser.press("对照").await;
    browser.choose("搬迁").await;
    browser.fill("reason", "由潞州区迁至上党区").await;
    browser.press("保存").await;
    browser.sees("已认定：搬迁").await;
    browser.sign_out().await;
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.open("/units").await;
    browser.press(FACTORY).await;
    browser.sees("该单位可能在其他县（区）已有登记，请与市局联系。").await;
}
