//! Out in the field from end to end, half of it with a telephone: a unit is told, confirms and reports through its code; officers
//! come; what it reported is taken over, helped along, struck off with photographs, and looked at again.

use crate::support::{Browser, PASSWORD, TestApp};
use image::{DynamicImage, ImageFormat};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;
use zhengzhi::platform::config::Config;

const FACTORY: &str = "潞州区清漳石灰有限公司";

fn photograph(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("现场.jpg");
    DynamicImage::new_rgb8(320, 240).save_with_format(&path, ImageFormat::Jpeg).unwrap();
    path
}

#[tokio::test]
async fn a_unit_is_told_reports_by_telephone_is_visited_and_what_it_mended_is_looked_at_again() {
    let mut config = Config::default();
    config.server.public_url = Some("http://127.0.0.1".into());
    let app = TestApp::start_with(config).await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(140403), false, false).await;
    let unit = app.seed_unit(140403, FACTORY).await;
    let folder = TempDir::new().unwrap();
    let photo = photograph(&folder);
    let browser = Browser::start(&app).await;

    the_clerk_prints_the_sheet(&browser, unit).await;
    browser.quit().await;
    let link = format!("/public/units/{}", app.token_of(unit).await);
    let browser = Browser::on_a_telephone(&app).await;
    the_unit_confirms_and_reports(&browser, &link, &photo).await;
    officers_come(&browser, &photo).await;
    the_clerk_takes_it_over(&browser).await;
    it_is_helped_along_and_struck_off(&browser, unit, &photo).await;
    somebody_else_looks_again(&browser).await;
    the_summary_tells_it(&browser).await;
    browser.quit().await;
    app.history_holds().await;
}

async fn the_clerk_prints_the_sheet(browser: &Browser, unit: Uuid) {
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.open(&format!("/notifications/sheets?id={unit}")).await;
    browser.sees("送达回执").await;
    browser.press("生成二维码").await;
    browser.sees("请用手机扫描二维码").await;
    browser.sign_out().await;
}

async fn the_unit_confirms_and_reports(browser: &Browser, link: &str, photo: &Path) {
    browser.open(link).await;
    browser.sees(FACTORY).await;
    browser.fits().await;
    browser.fill("receiver", "王某").await;
    browser.press("确认收到告知书").await;
    browser.sees("已于2019-06-20确认收到").await;
    browser.fill("reporter", "王某").await;
    browser.fill("inspected_on", "6.18").await;
    browser.pick("found", "发现问题").await;
    browser.press("报送").await;
    browser.sees("请写明发现的问题").await;
    browser.fill("problem_1", "除尘布袋破损").await;
    browser.fill("measures_1", "更换布袋").await;
    browser.fill("due_on_1", "6.28").await;
    browser.press("报送").await;
    browser.sees("待核实").await;
    browser.attach("file", &[photo]).await;
    browser.press("上传照片").await;
    browser.sees("已添加1张照片").await;
    browser.fits().await;
}

async fn officers_come(browser: &Browser, photo: &Path) {
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.open("/inspections/on-site").await;
    browser.fits().await;
    browser.fill("q", "清漳").await;
    browser.press("查找").await;
    browser.press("登记排查").await;
    browser.fits().await;
    browser.fill("officers", "张某、李某").await;
    browser.pick("result", "未发现问题").await;
    browser.press("保存").await;
    browser.sees("可添加现场照片").await;
    browser.attach("file", &[photo]).await;
    browser.fill("caption", "厂区大门").await;
    browser.press("上传").await;
    browser.sees("厂区大门").await;
    browser.fits().await;
}

async fn the_clerk_takes_it_over(browser: &Browser) {
    browser.open("/").await;
    browser.sees("企业自报1份").await;
    browser.open("/self-reports?state=waiting").await;
    browser.press(FACTORY).await;
    browser.sees("除尘布袋破损").await;
    browser.fits().await;
    browser.press("采用勾选内容").await;
    browser.sees("已采用企业自报内容").await;
}

async fn it_is_helped_along_and_struck_off(browser: &Browser, unit: Uuid, photo: &Path) {
    browser.open(&format!("/units/{unit}")).await;
    browser.press("除尘布袋破损").await;
    browser.sees("企业自报：现场.jpg").await;
    browser.press("登记帮扶").await;
    browser.fill("advice", "加装压差计，定期更换").await;
    browser.press("保存").await;
    browser.press("所涉问题").await;
    browser.press("登记整改完成").await;
    browser.fill("completed_on", "6.19").await;
    browser.press("保存").await;
    browser.press("核查销号").await;
    browser.fill("verified_on", "6.20").await;
    browser.fill("verifier_1", "张某").await;
    browser.fill("verifier_2", "李某").await;
    browser.press("保存").await;
    browser.sees("请添加现场照片").await;
    browser.attach("file", &[photo]).await;
    browser.press("上传").await;
    browser.sees("已添加1个文件").await;
}

async fn somebody_else_looks_again(browser: &Browser) {
    browser.open("/look-backs").await;
    browser.fill("each", "1").await;
    browser.press("随机抽取已销号的问题").await;
    browser.sees("已抽取1个问题").await;
    browser.press(FACTORY).await;
    browser.fits().await;
    browser.pick("result", "整改到位").await;
    browser.fill("people", "赵某、钱某").await;
    browser.press("保存").await;
    browser.sees("整改到位").await;
}

async fn the_summary_tells_it(browser: &Browser) {
    browser.open("/summary").await;
    browser.sees("已告知").await;
    let text = browser.text("main").await.replace([' ', '\n'], "");
    for words in ["应告知排污单位1家，已告知1家", "出动执法人员2人次，检查排污单位1家次", "开展帮扶指导1次，涉及单位1家"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}
