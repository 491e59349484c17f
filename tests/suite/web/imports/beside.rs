//! Rows of one file beside each other, and beside what colleagues entered meanwhile: none takes anything from another.

use super::{answered, brought, confirmed, counts, taken};
use crate::support::rows::{self, Made};
use crate::support::{Elsewhere, Person, TestApp, Workbook};
use serde_json::json;

const PAGE: &str = "/annexes/1/import";

/// A unit that found nothing, taken home by its clerk.
async fn clean_unit(app: &TestApp) -> (Made, Person, Elsewhere) {
    let unit = rows::unit(app, 140403, "乙建材厂", json!({"township": "黄碾镇", "contact_name": "王某"})).await;
    rows::self_inspection(app, unit, json!({})).await;
    let clerk = app.clerk(140403).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    (unit, clerk, table)
}

/// A unit with a problem of its own finding, taken home by its clerk.
async fn unit_with_problem(app: &TestApp) -> (Made, Person, Elsewhere) {
    let unit = rows::unit(app, 140403, "甲焦化厂", json!({"township": "马厂镇", "contact_name": "王某"})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    rows::problem(app, unit, json!({"source": "self_inspection", "measures": "覆盖堆场"})).await;
    let clerk = app.clerk(140403).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    (unit, clerk, table)
}

/// A colleague corrects a unit meanwhile.
async fn corrected(app: &TestApp, unit: Made, field: &str, value: &str) {
    let colleague = app.clerk(140403).await;
    let saved = colleague.fill(&format!("/units/{}/edit", unit.id), &[(field, value)]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
}

fn finds(table: &mut Elsewhere) -> &mut Elsewhere {
    table.set("乙建材厂", "是否发现问题", "是").set("乙建材厂", "问题类型", "废气超标").set(
        "乙建材厂",
        "存在的问题",
        "窑尾烟气超标",
    )
}

async fn now(clerk: &Person, unit: &str, heading: &str) -> Vec<String> {
    Elsewhere::open(&taken(clerk, 1).await).all(unit, heading)
}

#[tokio::test]
async fn a_new_problem_brings_the_other_edits_of_its_row_and_no_stale_cell() {
    let app = TestApp::start().await;
    let (unit, clerk, mut table) = clean_unit(&app).await;
    corrected(&app, unit, "township", "马厂镇").await;
    finds(&mut table).set("乙建材厂", "环保负责人", "李某");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 1, 0, 0, 0, 0], "{}", preview.text());
    assert!(preview.text().contains("环保负责人： 王某 李某"), "what changes beside it is shown: {}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "乙建材厂", "存在的问题").await, ["窑尾烟气超标"]);
    assert_eq!(now(&clerk, "乙建材厂", "环保负责人").await, ["李某"], "edited in the same row");
    assert_eq!(now(&clerk, "乙建材厂", "所在乡镇").await, ["马厂镇"], "a colleague's, after the download");
}

#[tokio::test]
async fn a_clash_beside_a_new_problem_is_settled_as_it_was_answered() {
    for (answer, stands) in [("ours", "赵某"), ("theirs", "李某")] {
        let app = TestApp::start().await;
        let (unit, clerk, mut table) = clean_unit(&app).await;
        corrected(&app, unit, "contact_name", "赵某").await;
        finds(&mut table).set("乙建材厂", "环保负责人", "李某");
        let preview = brought(&clerk, PAGE, table.bytes()).await;
        assert_eq!(counts(&preview), [1, 0, 0, 0, 1, 0], "{}", preview.text());
        let preview = answered(&clerk, &preview, (0, "contact_name"), answer).await;
        assert_eq!(counts(&preview), [1, 1, 0, 0, 0, 0], "{}", preview.text());
        confirmed(&clerk, &preview).await;
        assert_eq!(now(&clerk, "乙建材厂", "环保负责人").await, [stands], "{answer}");
    }
}

#[tokio::test]
async fn a_copied_row_reverts_nothing_of_its_unit() {
    let app = TestApp::start().await;
    let (unit, clerk, mut table) = unit_with_problem(&app).await;
    corrected(&app, unit, "township", "黄碾镇").await;
    table.copy("甲焦化厂", &[("存在的问题", "危废间无标识")]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    let preview = answered(&clerk, &preview, (1, "row"), "new").await;
    assert_eq!(counts(&preview), [2, 1, 0, 1, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "所在乡镇").await, ["黄碾镇", "黄碾镇"]);
    let again = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&again), [2, 0, 0, 2, 0, 0], "the copy is a problem by now: {}", again.text());
}

#[tokio::test]
async fn without_a_base_a_new_problem_asks_about_the_unit() {
    let app = TestApp::start().await;
    let (.., mut table) = clean_unit(&app).await;
    finds(&mut table).set("乙建材厂", "环保负责人", "李某");
    let other = TestApp::start().await;
    let (_, stranger, _) = clean_unit(&other).await;
    let preview = brought(&stranger, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 0, 0, 1, 0], "a base that nobody knows: {}", preview.text());
    let preview = answered(&stranger, &preview, (0, "contact_name"), "ours").await;
    confirmed(&stranger, &preview).await;
    assert_eq!(now(&stranger, "乙建材厂", "环保负责人").await, ["王某"]);
    assert_eq!(now(&stranger, "乙建材厂", "存在的问题").await, ["窑尾烟气超标"]);
}

#[tokio::test]
async fn a_copy_never_takes_the_place_of_a_refused_row() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = unit_with_problem(&app).await;
    table.copy("甲焦化厂", &[("存在的问题", "危废间无标识")]).set("甲焦化厂", "实际完成日期", "6月31日");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 0, 0, 1, 1], "the copy is asked: {}", preview.text());
    assert!(!preview.text().contains("文件中没有"), "a refused row is there: {}", preview.text());
}

#[tokio::test]
async fn a_copy_that_was_sorted_above_its_row_is_still_the_copy() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = unit_with_problem(&app).await;
    table.copy("甲焦化厂", &[("存在的问题", "危废间无标识")]).reverse();
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 0, 1, 1, 0], "{}", preview.text());
    let preview = answered(&clerk, &preview, (0, "row"), "new").await;
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "存在的问题").await, ["物料堆场未覆盖", "危废间无标识"]);
}

#[tokio::test]
async fn a_problem_that_came_with_the_file_once_does_not_come_again() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = clean_unit(&app).await;
    let preview = brought(&clerk, PAGE, finds(&mut table).bytes()).await;
    confirmed(&clerk, &preview).await;
    let again = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "{}", again.text());
    table.set("乙建材厂", "整改措施", "更换滤袋");
    let more = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&more), [1, 0, 1, 0, 0, 0], "an edit of it: {}", more.text());
    table.set("乙建材厂", "问题类型", "危险废物");
    let other = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&other), [1, 0, 0, 0, 1, 0], "nobody knows who said it last: {}", other.text());
}

#[tokio::test]
async fn problems_of_the_same_words_stay_apart() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["单位名称", "自查完成日期", "问题类型", "存在的问题", "整改投入资金（万元）"],
        &["甲焦化厂", "2019-06-08", "无组织排放", "堆场未覆盖", "12"],
        &["甲焦化厂", "2019-06-08", "无组织排放", "堆场未覆盖", "并入上行"],
        &["甲焦化厂", "2019-06-08", "危废", "", ""],
    ]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview)[..2], [3, 3], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let again = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&again), [3, 0, 0, 3, 0, 0], "{}", again.text());
    assert_eq!(now(&clerk, "甲焦化厂", "整改投入资金").await, ["12", "并入上行", ""]);
}

#[tokio::test]
async fn words_that_no_list_knows_are_kept_in_the_remark_of_what_stands() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = unit_with_problem(&app).await;
    table.set("甲焦化厂", "问题类型", "怪味").set("甲焦化厂", "备注", "急");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "备注").await, ["急；问题类型：怪味"]);
    assert_ne!(now(&clerk, "甲焦化厂", "问题类型").await, [""], "what stood stays");
}

#[tokio::test]
async fn an_edit_filled_down_goes_in_with_the_first_row_that_is_written() {
    let app = TestApp::start().await;
    let (unit, ..) = unit_with_problem(&app).await;
    rows::problem(&app, unit, json!({"source": "self_inspection", "description": "危废间无标识"})).await;
    let clerk = app.clerk(140403).await;
    let mut table = Elsewhere::open(&taken(&clerk, 1).await);
    table.set_below("甲焦化厂", 0, "环保负责人", "李某").set_below("甲焦化厂", 1, "环保负责人", "李某");
    table.set("甲焦化厂", "实际完成日期", "2019-06-01");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 1, 0, 0, 1], "completed before it was found: {}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "环保负责人").await, ["李某", "李某"]);
}

#[tokio::test]
async fn a_unit_that_a_colleague_registers_meanwhile_comes_back_to_the_preview() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[&["单位名称", "联系电话", "存在的问题"], &["甲焦化厂", "2012345", "堆场未覆盖"]]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 1, 0, 0, 0, 0], "{}", preview.text());
    rows::unit(&app, 140403, "甲焦化厂", json!({"contact_phone": "03552012345"})).await;
    let back = confirmed(&clerk, &preview).await;
    assert!(back.text().contains("预览之后数据有变化"), "{}", back.text());
    assert!(back.text().contains("联系电话："), "{}", back.text());
    confirmed(&clerk, &back).await;
    assert_eq!(now(&clerk, "甲焦化厂", "存在的问题").await, ["堆场未覆盖"]);
}

#[tokio::test]
async fn rows_of_a_unit_agree_on_its_self_inspection() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["单位名称", "自查完成日期", "是否发现问题", "存在的问题"],
        &["甲焦化厂", "2019-06-08", "否", ""],
        &["甲焦化厂", "2019-06-08", "是", "堆场未覆盖"],
        &["乙建材厂", "", "是", "烟尘超标"],
        &["乙建材厂", "2019-06-09", "是", "危废间无标识"],
        &["乙建材厂", "2019-06-10", "是", "台账缺失"],
    ]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [5, 4, 0, 0, 0, 1], "nothing found and a problem: {}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("自查完成日期与第5行不同，按第5行登记"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "是否发现问题").await, ["否"]);
    assert_eq!(now(&clerk, "乙建材厂", "自查完成日期").await, ["2019-06-09"; 3], "the day that a lower row knows");
}
