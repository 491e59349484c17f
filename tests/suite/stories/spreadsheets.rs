//! Tables that people keep themselves: a messy one goes in, an annex goes home and comes back, thirteen mailed files are entered
//! for their counties.

use crate::support::{Browser, Elsewhere, PASSWORD, TestApp, Workbook, corpus, workbook};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId};

const COUNTY: i32 = 140403;

/// A file on the clerk's disk.
fn saved(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A county's table with everything that offices do, and three rows that cannot go in.
fn messy() -> Workbook {
    let rows: [&[&str]; 13] = [
        &["附件1"],
        &["潞州区排污单位自查和整改情况表"],
        &["序号", "单位", "", "自查情况", "", "", "整改", "", ""],
        &["", "企业名称", "信用代码", "自查日期", "是否存在问题", "存在问题", "整改措施", "完成时限", "投入资金（元）"],
        &["#1", "清漳焦化厂", "９１３５０１００ｍ０００１００ｙ４３", "2019.6.8", "√", "堆场未覆盖", "覆盖", "6月25日", "50000"],
        &["", "", "", "", "", "雨污未分流", "改造管网", "6月底前", "2.5万元"],
        &["#2", "漳泽建材厂", "#913501009000100000", "@43625", "否", "", "", "", ""],
        &["序号", "企业名称", "信用代码", "自查日期", "是否存在问题", "存在问题", "整改措施", "完成时限", "投入资金（元）"],
        &["#3", "老顶山机械厂", "", "6月31日", "否", "", "", "", ""],
        &["#4", "黄碾洗煤厂", "", "20190611", "有", "未批先建", "补办手续", "2019年7月3日", "伍万元整"],
        &["#5", "", "", "2019-6-11", "否", "", "", "", ""],
        &["合计", "5家"],
        &["填报人：张三", "", "审核人：李四"],
    ];
    Workbook::new().with("自查表", &rows).merged(&["B3:C3", "D3:F3", "G3:I3", "B5:B6", "C5:C6", "D5:D6", "E5:E6"])
}

async fn brings(browser: &Browser, page: &str, file: &Path) {
    browser.open(page).await;
    browser.attach("file", &[file]).await;
    browser.press("上传并预览").await;
    browser.sees("导入预览").await;
}

/// What a tab counts.
async fn count(browser: &Browser, tab: &str) -> usize {
    let tabs = browser.texts("nav.tabs a").await;
    let found = tabs.iter().find_map(|t| t.strip_prefix(tab)?.strip_prefix('（')?.strip_suffix('）')?.parse().ok());
    found.unwrap_or(0)
}

#[tokio::test]
async fn a_messy_county_table_goes_in_and_its_bad_rows_in_a_second_round() {
    let app = TestApp::start().await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    let browser = Browser::start(&app).await;
    let desk = TempDir::new().unwrap();
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;

    brings(&browser, "/annexes/1/import", &saved(&desk, "自查表.xlsx", &messy().bytes())).await;
    assert_eq!((count(&browser, "新增").await, count(&browser, "错误").await), (3, 3), "{}", browser.text("main").await);
    browser.sees("无法还原").await;
    assert_eq!(browser.texts("table.list tbody tr").await.len(), 3, "each bad cell is told");
    let preview = browser.path().await;
    browser.open(&format!("{preview}?tab=flagged")).await;
    browser.sees("6月底前").await;
    browser.press("确认导入（新增3，修改0）").await;
    browser.sees("新增3行").await;

    let bad = browser.download(&format!("{}/refused.xlsx", browser.path().await)).await;
    let mut mended = workbook::grid(&bad, "自查表");
    assert_eq!(mended.len(), 4, "only the bad rows, under the clerk's own head: {mended:?}");
    let column = |grid: &[Vec<String>], heading: &str| grid[0].iter().position(|h| h == heading).unwrap();
    let (code, day, name) = (column(&mended, "信用代码"), column(&mended, "自查日期"), column(&mended, "企业名称"));
    mended[1][code].clear();
    mended[2][day] = "2019.6.10".to_owned();
    mended[3][name] = "南垂铸造厂".to_owned();
    let mended: Vec<Vec<&str>> = mended.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mended: Vec<&[&str]> = mended.iter().map(Vec::as_slice).collect();
    brings(&browser, "/annexes/1/import", &saved(&desk, "改好.xlsx", &Workbook::of(&mended).bytes())).await;
    assert_eq!((count(&browser, "新增").await, count(&browser, "错误").await), (3, 0), "{}", browser.text("main").await);
    browser.press("确认导入（新增3，修改0）").await;
    browser.sees("新增3行").await;

    let annex = Elsewhere::open(&browser.download("/annexes/1.xlsx").await);
    let mut units = annex.units();
    units.sort();
    assert_eq!(units, ["南垂铸造厂", "清漳焦化厂", "清漳焦化厂", "漳泽建材厂", "老顶山机械厂", "黄碾洗煤厂"]);
    assert_eq!(annex.get("黄碾洗煤厂", "整改投入资金"), "5");
    browser.quit().await;
}

#[tokio::test]
async fn an_annex_goes_home_is_edited_there_and_comes_back_merged() {
    let app = TestApp::start().await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    let table: [&[&str]; 3] = [
        &["企业名称", "乡镇", "自查日期", "是否存在问题", "存在问题", "整改措施", "完成时限", "监管责任人"],
        &["清漳焦化厂", "马厂镇", "2019.6.8", "是", "物料堆场未覆盖", "覆盖堆场", "2019.6.25", "王某"],
        &["漳泽建材厂", "黄碾镇", "2019.6.9", "否", "", "", "", ""],
    ];
    let clerk = app.clerk(COUNTY).await;
    let sent = clerk.upload("/annexes/1/import", "/annexes/1/import", "自查表.xlsx", Workbook::of(&table).bytes()).await;
    let preview = clerk.follow(&sent).await;
    clerk.send(&preview, &format!("{}/confirm", preview.path), &[]).await;
    let (_, problem) = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap();
    let problem = problem.split('?').next().unwrap();
    let browser = Browser::start(&app).await;
    let desk = TempDir::new().unwrap();
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    let home = browser.download("/annexes/1.xlsx").await;

    // Two days at home: edited by one program, saved by another.
    let mut table = Elsewhere::open(&home);
    table.set("清漳焦化厂", "整改措施", "搭建全封闭料棚").set("清漳焦化厂", "计划完成时限", "2019.6.30");
    table.set("漳泽建材厂", "所在乡镇", "马厂镇").reverse();
    let back = corpus::converted(&table.bytes(), "xlsx");
    // Meanwhile two colleagues: one in other cells, one in the same.
    for (field, value) in [("supervisor", "赵某"), ("measures", "洒水抑尘")] {
        let colleague = app.clerk(COUNTY).await;
        let saved = colleague.fill(&format!("{problem}/edit"), &[(field, value)]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }

    brings(&browser, "/annexes/1/import", &saved(&desk, "附件1.xlsx", &back)).await;
    assert_eq!(
        (count(&browser, "修改").await, count(&browser, "冲突").await, count(&browser, "错误").await),
        (1, 1, 0),
        "{}",
        browser.text("main").await
    );
    let asked = browser.texts("table.list tbody tr td").await;
    assert_eq!((asked[3].as_str(), asked[5].as_str()), ("覆盖堆场", "搭建全封闭料棚"));
    assert!(asked[4].starts_with("洒水抑尘"), "{asked:?}");
    browser.choose("采用文件").await;
    browser.press("保存选择").await;
    assert_eq!((count(&browser, "修改").await, count(&browser, "冲突").await), (2, 0));
    browser.press("确认导入（新增0，修改2）").await;
    browser.sees("修改2行").await;

    let annex = Elsewhere::open(&browser.download("/annexes/1.xlsx").await);
    for (name, heading, value) in [
        ("清漳焦化厂", "整改措施", "搭建全封闭料棚"),
        ("清漳焦化厂", "监管责任人", "赵某"),
        ("清漳焦化厂", "计划完成时限", "2019-06-30"),
        ("漳泽建材厂", "所在乡镇", "马厂镇"),
    ] {
        assert_eq!(annex.get(name, heading), value, "{name} {heading}");
    }
    browser.press("撤销本次导入").await;
    let annex = Elsewhere::open(&browser.download("/annexes/1.xlsx").await);
    assert_eq!(annex.get("漳泽建材厂", "所在乡镇"), "黄碾镇");
    assert_eq!(annex.get("清漳焦化厂", "整改措施"), "洒水抑尘", "one click takes the whole file back");
    assert_eq!(annex.get("清漳焦化厂", "监管责任人"), "赵某", "and nothing of a colleague's");
    browser.quit().await;
}

#[tokio::test]
async fn thirteen_mailed_files_are_entered_for_their_counties_which_confirm_them() {
    let app = TestApp::start().await;
    app.account("limin", Role::CityReviewer, CITY, false, false).await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    let browser = Browser::start(&app).await;
    let desk = TempDir::new().unwrap();
    let counties: Vec<String> = app.app.directory.counties().filter(|c| c.id != CITY).map(|c| c.name.clone()).collect();
    assert_eq!(counties.len(), 13);
    let mut files = Vec::new();
    for (at, county) in counties.iter().enumerate() {
        let unit = format!("{county}第一水泥厂");
        let title = format!("{county}排污单位自查和整改情况表");
        // The county stands in the title, in the name of the sheet, or only in the name of the file.
        let rows: [&[&str]; 3] = [
            if at % 3 == 0 { &[&title] } else { &["自查表"] },
            &["企业名称", "自查日期", "是否存在问题"],
            &[&unit, "6月12日", "否"],
        ];
        let sheet = if at % 3 == 1 { county.as_str() } else { "表一" };
        let name = if at % 3 == 2 { format!("{county}报市局.xlsx") } else { format!("报市局{at}.xlsx") };
        files.push(saved(&desk, &name, &Workbook::new().with(sheet, &rows).bytes()));
    }

    browser.sign_in("limin", PASSWORD).await;
    browser.open("/imports").await;
    browser.attach("file", &files.iter().map(PathBuf::as_path).collect::<Vec<_>>()).await;
    browser.press("上传并预览").await;
    let listed = browser.texts("table.list tbody tr").await;
    assert_eq!(listed.iter().filter(|row| row.contains("附件1") && row.contains("待确认")).count(), 13, "{listed:#?}");
    for file in &files {
        browser.open("/imports").await;
        browser.press(file.file_name().unwrap().to_str().unwrap()).await;
        browser.press("确认导入（新增1，修改0）").await;
        browser.sees("新增1行").await;
    }
    browser.open("/imports").await;
    browser.sees("市局代录，待县（区）确认").await;
    browser.sign_out().await;

    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.sees("市局代录1批").await;
    browser.open("/units").await;
    browser.press("潞州区第一水泥厂").await;
    browser.sees("市局代录，待县（区）确认").await;
    browser.press("查看代录内容").await;
    let batch = browser.texts("table.list tbody a").await;
    browser.press(&batch[0]).await;
    browser.sees("潞州区第一水泥厂").await;
    browser.press("确认无误").await;
    browser.sees("已确认市局代录的内容").await;
    browser.open("/units").await;
    browser.press("潞州区第一水泥厂").await;
    assert!(!browser.text("main").await.contains("市局代录"), "confirmed is confirmed");
    browser.quit().await;
}
