//! What a file cannot bring is said before 确认, and what it brings again changes nothing.

use super::{answered, brought, confirmed, counts, taken};
use crate::support::rows::{self, Made};
use crate::support::{Elsewhere, Page, Person, TestApp, Workbook};
use serde_json::json;

const ONE: &str = "/annexes/1/import";
const TWO: &str = "/annexes/2/import";

async fn home(clerk: &Person, annex: u8) -> Elsewhere {
    Elsewhere::open(&taken(clerk, annex).await)
}

async fn flagged(clerk: &Person, preview: &Page) -> String {
    clerk.open(&format!("{}?tab=flagged", preview.path)).await.text()
}

async fn unit(app: &TestApp) -> Made {
    rows::unit(app, 140403, "甲焦化厂", json!({"contact_name": "王某"})).await
}

#[tokio::test]
async fn nothing_found_beside_a_self_found_problem_keeps_its_row_out_and_no_other() {
    let app = TestApp::start().await;
    let with = unit(&app).await;
    rows::self_inspection(&app, with, json!({"found": "some"})).await;
    rows::problem(&app, with, json!({"source": "self_inspection"})).await;
    let clerk = app.clerk(140403).await;
    let head = ["单位名称", "自查完成日期", "是否发现问题"];
    let table = Workbook::of(&[&head, &["甲焦化厂", "2019-06-10", "否"], &["乙建材厂", "2019-06-10", "否"]]);
    let preview = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 1, 0, 0, 0, 1], "{}", preview.text());
    let done = confirmed(&clerk, &preview).await;
    assert!(done.text().contains("新增1"), "{}", done.text());
}

#[tokio::test]
async fn a_case_of_the_city_in_a_countys_file_keeps_its_row_out_and_no_other() {
    let app = TestApp::start().await;
    let made = unit(&app).await;
    let problem = rows::problem(&app, made, json!({"description": "烟气超标"})).await;
    let of_city = json!({"case_number": "长环罚立〔2019〕1号", "handled_by": "city_bureau"});
    rows::case(&app, &[problem], of_city).await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["单位名称", "违法事实", "办案机关", "案件编号", "罚款金额（万元）"],
        &["乙建材厂", "废水直排", "市局", "长环罚立〔2019〕2号", "10"],
        &["丙机械厂", "废水直排", "", "长环罚立〔2019〕1号", ""],
        &["丁洗煤厂", "废水直排", "本局", "长环罚立〔2019〕3号", "5"],
    ]);
    let preview = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 1, 0, 0, 0, 2], "{}", preview.text());
    assert!(preview.text().contains("市生态环境局办理的案件由市局录入"), "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let mut table = home(&clerk, 2).await;
    assert_eq!(table.get("丁洗煤厂", "罚款金额"), "5");
    table.set("甲焦化厂", "当事人", "甲焦化厂二分厂");
    let back = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&back), [2, 0, 0, 1, 0, 1], "{}", back.text());
}

#[tokio::test]
async fn a_cell_of_a_problem_without_a_problem_is_told() {
    let app = TestApp::start().await;
    let clean = unit(&app).await;
    rows::self_inspection(&app, clean, json!({})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 1).await;
    table.set("甲焦化厂", "备注", "6月起停产").set("甲焦化厂", "环保负责人", "李某");
    let preview = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    assert!(flagged(&clerk, &preview).await.contains("本行没有填写问题，此栏未导入"), "{}", preview.text());
    let own = Workbook::of(&[&["单位名称", "自查状态", "备注"], &["丁洗煤厂", "停产", "已停产三年"]]);
    let preview = brought(&clerk, ONE, own.bytes()).await;
    assert_eq!(counts(&preview), [1, 1, 0, 0, 0, 0], "{}", preview.text());
    assert!(flagged(&clerk, &preview).await.contains("本行没有填写问题，此栏未导入"), "{}", preview.text());
}

#[tokio::test]
async fn only_an_emptied_problem_is_asked_about_and_the_rest_of_its_row_goes_in() {
    let app = TestApp::start().await;
    let made = unit(&app).await;
    rows::problem(&app, made, json!({"description": null, "kind": null})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 2).await;
    table.set("甲焦化厂", "整改时限", "2019-06-26");
    let preview = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "nobody emptied it: {}", preview.text());
    let app = TestApp::start().await;
    let with = unit(&app).await;
    rows::problem(&app, with, json!({})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 2).await;
    table.set("甲焦化厂", "整改时限", "2019-06-26").clear("违法事实").clear("违法行为类型");
    let preview = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "columns that were taken out say nothing: {}", preview.text());
    for (answer, left) in [("keep", "物料堆场未覆盖"), ("unfounded", "")] {
        let app = TestApp::start().await;
        let with = unit(&app).await;
        rows::self_inspection(&app, with, json!({"found": "some"})).await;
        rows::problem(&app, with, json!({"source": "self_inspection"})).await;
        let clerk = app.clerk(140403).await;
        let mut table = home(&clerk, 1).await;
        table.set("甲焦化厂", "存在的问题", "").set("甲焦化厂", "问题类型", "").set("甲焦化厂", "是否发现问题", "否");
        table.set("甲焦化厂", "环保负责人", "李某");
        let preview = brought(&clerk, ONE, table.bytes()).await;
        assert_eq!(counts(&preview), [1, 0, 0, 0, 1, 0], "{}", preview.text());
        let preview = answered(&clerk, &preview, (0, "problem"), answer).await;
        assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
        confirmed(&clerk, &preview).await;
        let table = home(&clerk, 1).await;
        assert_eq!((table.get("甲焦化厂", "环保负责人"), table.get("甲焦化厂", "存在的问题")), ("李某".into(), left.into()));
    }
}

#[tokio::test]
async fn a_cell_that_was_split_is_known_again() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = |problems: &str| Workbook::of(&[&["单位名称", "存在的问题"], &["甲焦化厂", problems]]).bytes();
    let preview = brought(&clerk, ONE, table("（1）堆场未覆盖；（2）危废间无标识")).await;
    let preview = answered(&clerk, &preview, (0, "split"), "split").await;
    confirmed(&clerk, &preview).await;
    let again = brought(&clerk, ONE, table("（1）堆场未覆盖；（2）危废间无标识")).await;
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "{}", again.text());
    let more = brought(&clerk, ONE, table("（1）堆场未覆盖；（2）危废间无标识；（3）台账缺失")).await;
    assert!(more.text().contains("其中2个已登记，是否登记其余1个"), "{}", more.text());
    let more = answered(&clerk, &more, (0, "split"), "split").await;
    confirmed(&clerk, &more).await;
    assert_eq!(home(&clerk, 1).await.all("甲焦化厂", "存在的问题"), ["堆场未覆盖", "危废间无标识", "台账缺失"]);
}

#[tokio::test]
async fn a_number_typed_to_a_case_that_stands_names_it_for_the_rows_below() {
    let app = TestApp::start().await;
    let made = unit(&app).await;
    let first = rows::problem(&app, made, json!({"description": "烟气超标"})).await;
    rows::problem(&app, made, json!({"description": "危废间无标识"})).await;
    rows::case(&app, &[first], json!({"order_on": "2019-06-13"})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 2).await;
    for line in [0, 1] {
        table.set_below("甲焦化厂", line, "案件编号", "长环罚立〔2019〕1号");
    }
    let preview = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 2, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let remarks = home(&clerk, 2).await.all("甲焦化厂", "备注");
    assert!(remarks[1].contains("同案，见第1行"), "{remarks:?}");
    table.set_below("甲焦化厂", 1, "整改措施", "补标识");
    let again = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&again), [2, 0, 1, 1, 0, 0], "the same file with one more edit: {}", again.text());
}

#[tokio::test]
async fn a_copied_row_is_of_the_same_case() {
    let app = TestApp::start().await;
    let made = unit(&app).await;
    let problem = rows::problem(&app, made, json!({"description": "烟气超标"})).await;
    let case = rows::case(&app, &[problem], json!({"order_on": "2019-06-13"})).await;
    rows::measure(&app, case, "sealing", json!({})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 2).await;
    table.copy("甲焦化厂", &[("违法事实", "危废间无标识")]);
    let preview = brought(&clerk, TWO, table.bytes()).await;
    let preview = answered(&clerk, &preview, (1, "row"), "new").await;
    assert_eq!(counts(&preview), [2, 1, 0, 1, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let table = home(&clerk, 2).await;
    assert_eq!(table.all("甲焦化厂", "查封扣押日期"), ["2019-06-14", ""], "sealed once");
    assert!(table.all("甲焦化厂", "备注")[1].contains("同案，见第1行"));
}

#[tokio::test]
async fn a_day_corrected_in_the_same_row_is_the_day_of_its_case() {
    let app = TestApp::start().await;
    let made = unit(&app).await;
    rows::problem(&app, made, json!({"description": "烟气超标"})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 2).await;
    table.set("甲焦化厂", "发现日期", "2019-06-01").set("甲焦化厂", "立案日期", "2019-06-05");
    let preview = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "found on the tenth before: {}", preview.text());
    confirmed(&clerk, &preview).await;
    let mut table = home(&clerk, 2).await;
    assert_eq!(table.get("甲焦化厂", "立案日期"), "2019-06-05");
    table.set("甲焦化厂", "发现日期", "2019-06-08").set("甲焦化厂", "办案机关", "公安");
    let late = brought(&clerk, TWO, table.bytes()).await;
    assert_eq!(counts(&late), [1, 0, 0, 0, 0, 1], "filed before it was found: {}", late.text());
}

#[tokio::test]
async fn one_code_is_of_one_unit() {
    let app = TestApp::start().await;
    for name in ["甲焦化厂", "乙建材厂", "丙机械厂"] {
        let code = (name == "丙机械厂").then_some("91140400MA0GRQ0M1F");
        rows::unit(&app, 140403, name, json!({"credit_code": code})).await;
    }
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 1).await;
    for name in ["甲焦化厂", "乙建材厂"] {
        table.set(name, "统一社会信用代码", "91350100M000100Y43");
    }
    let preview = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 1, 1, 0, 1], "filled down over two: {}", preview.text());
    assert!(preview.text().contains("另一家单位填了同一代码"), "{}", preview.text());
    table.set("甲焦化厂", "统一社会信用代码", "91140400MA0GRQ0M1F");
    let taken = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&taken), [3, 0, 1, 1, 0, 1], "a code of the register: {}", taken.text());
    assert!(taken.text().contains("改后与登记簿中的“丙机械厂”是同一单位"), "{}", taken.text());
    confirmed(&clerk, &taken).await;
    assert_eq!(home(&clerk, 1).await.get("乙建材厂", "统一社会信用代码"), "91350100M000100Y43", "the other went in");
}

#[tokio::test]
async fn kept_words_come_again_unchanged() {
    let app = TestApp::start().await;
    let with = unit(&app).await;
    rows::problem(&app, with, json!({"source": "self_inspection"})).await;
    let clerk = app.clerk(140403).await;
    let mut table = home(&clerk, 1).await;
    table.set("甲焦化厂", "问题类型", "怪味").set("甲焦化厂", "备注", "急");
    let preview = brought(&clerk, ONE, table.bytes()).await;
    confirmed(&clerk, &preview).await;
    assert_eq!(home(&clerk, 1).await.get("甲焦化厂", "备注"), "急；问题类型：怪味");
    let again = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "{}", again.text());
}

#[tokio::test]
async fn units_of_one_name_are_told_apart_by_their_codes() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let (one, other) = ("91350100M000100Y43", "91140400MA0GRQ0M1F");
    let table = Workbook::of(&[
        &["单位名称", "统一社会信用代码", "存在的问题"],
        &["甲焦化厂", "", "堆场未覆盖"],
        &["甲焦化厂", one, "危废间无标识"],
        &["甲焦化厂", other, "台账缺失"],
        &["甲焦化厂", "", "废水直排"],
    ]);
    let preview = brought(&clerk, ONE, table.bytes()).await;
    assert_eq!(counts(&preview), [4, 3, 0, 0, 0, 1], "the last could be either: {}", preview.text());
    assert!(preview.text().contains("多家同名单位"), "{}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(clerk.open("/units").await.table("table.list").len(), 2, "two codes, two units");
}

#[tokio::test]
async fn a_unit_without_a_code_is_the_same_when_the_table_comes_again() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let coded = "91350100M000100Y43";
    let table = || {
        Workbook::of(&[&["单位名称", "统一社会信用代码", "自查状态"], &["甲焦化厂", "/", "停产"], &["乙建材厂", coded, "停产"]])
    };
    confirmed(&clerk, &brought(&clerk, ONE, table().bytes()).await).await;
    let again = brought(&clerk, ONE, table().bytes()).await;
    assert_eq!(counts(&again), [2, 0, 0, 2, 0, 0], "{}", again.text());
    let mut back = home(&clerk, 1).await;
    back.set("甲焦化厂", "统一社会信用代码", "无");
    let same = brought(&clerk, ONE, back.bytes()).await;
    assert_eq!(counts(&same), [2, 0, 0, 2, 0, 0], "{}", same.text());
    back.set("甲焦化厂", "统一社会信用代码", "").set("乙建材厂", "统一社会信用代码", "/");
    let gone = brought(&clerk, ONE, back.bytes()).await;
    assert_eq!(counts(&gone), [2, 0, 1, 1, 0, 0], "a code that is struck out is a change: {}", gone.text());
}
