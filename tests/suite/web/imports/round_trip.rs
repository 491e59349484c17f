//! An annex goes out, is edited elsewhere, and comes back merged.

use super::{brought, confirmed, counts, taken};
use crate::support::rows::{self, Made};
use crate::support::{Elsewhere, Person, TestApp};
use serde_json::json;

const PAGE: &str = "/annexes/1/import";

/// Three units: one with an open problem, one with nothing found, one that has not inspected itself.
async fn three(app: &TestApp) -> (Made, Made, Made) {
    let with = rows::unit(app, 140403, "甲焦化厂", json!({"township": "马厂镇", "contact_name": "王某"})).await;
    rows::self_inspection(app, with, json!({"found": "some"})).await;
    let own = json!({"source": "self_inspection", "due_on": "2019-06-25", "invested_fen": 25_000, "measures": "覆盖堆场"});
    let problem = rows::problem(app, with, own).await;
    let clean = rows::unit(app, 140403, "乙建材厂", json!({"township": "黄碾镇"})).await;
    rows::self_inspection(app, clean, json!({})).await;
    let silent = rows::unit(app, 140403, "丙机械厂", json!({})).await;
    (problem, clean, silent)
}

async fn home(app: &TestApp) -> (Person, Elsewhere) {
    let clerk = app.clerk(140403).await;
    let bytes = taken(&clerk, 1).await;
    (clerk, Elsewhere::open(&bytes))
}

/// A cell of annex 1 as it stands now.
async fn now(clerk: &Person, unit: &str, heading: &str) -> String {
    Elsewhere::open(&taken(clerk, 1).await).get(unit, heading)
}

#[tokio::test]
async fn what_nobody_touched_changes_nothing() {
    let app = TestApp::start().await;
    three(&app).await;
    let clerk = app.clerk(140403).await;
    let bytes = taken(&clerk, 1).await;
    let as_it_was = brought(&clerk, PAGE, bytes.clone()).await;
    assert_eq!(counts(&as_it_was), [3, 0, 0, 3, 0, 0], "{}", as_it_was.text());
    let rewritten = brought(&clerk, PAGE, Elsewhere::open(&bytes).bytes()).await;
    assert_eq!(counts(&rewritten), [3, 0, 0, 3, 0, 0], "written by another program: {}", rewritten.text());
    let turned = brought(&clerk, PAGE, Elsewhere::open(&bytes).reverse().bytes()).await;
    assert_eq!(counts(&turned), [3, 0, 0, 3, 0, 0], "in another order: {}", turned.text());
}

#[tokio::test]
async fn an_edit_reaches_the_fact_that_owns_the_cell() {
    let app = TestApp::start().await;
    let (problem, ..) = three(&app).await;
    let (clerk, mut table) = home(&app).await;
    table.set("甲焦化厂", "整改措施", "覆盖堆场并硬化地面").set("甲焦化厂", "环保负责人", "李某");
    table.set("甲焦化厂", "整改投入资金", "3.5").set("甲焦化厂", "实际完成日期", "2019.6.18");
    table.set("乙建材厂", "所在乡镇", "马厂镇");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 2, 1, 0, 0], "{}", preview.text());
    let told = preview.table("table.list");
    let change = |label: &str| told.iter().find(|r| r[2] == label).unwrap_or_else(|| panic!("{label}: {told:?}")).clone();
    assert_eq!(change("整改措施")[3..5], ["覆盖堆场", "覆盖堆场并硬化地面"]);
    assert_eq!(change("整改投入资金（万元）")[3..5], ["0.025", "3.5"]);
    assert_eq!(now(&clerk, "甲焦化厂", "环保负责人").await, "王某", "nothing is written before 确认");

    let done = confirmed(&clerk, &preview).await;
    assert!(done.text().contains("修改2"), "{}", done.text());
    for (heading, value) in
        [("整改措施", "覆盖堆场并硬化地面"), ("环保负责人", "李某"), ("整改投入资金", "3.5"), ("是否销号", "否")]
    {
        assert_eq!(now(&clerk, "甲焦化厂", heading).await, value, "{heading}");
    }
    assert_eq!(now(&clerk, "乙建材厂", "所在乡镇").await, "马厂镇");
    let page = clerk.open(&format!("/problems/{}", problem.id)).await;
    assert!(page.text().contains("2019-06-18") || page.text().contains("6月18日"), "{}", page.text());
    let again = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&again), [3, 0, 0, 3, 0, 0], "the same file a second time: {}", again.text());
}

#[tokio::test]
async fn two_clerks_cells_both_survive_and_a_clash_is_asked() {
    let app = TestApp::start().await;
    let (problem, ..) = three(&app).await;
    let (clerk, mut table) = home(&app).await;
    let edit = format!("/problems/{}/edit", problem.id);
    let colleague = app.clerk(140403).await;
    let saved = colleague.fill(&edit, &[("supervisor", "赵某"), ("measures", "洒水抑尘")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());

    table.set("甲焦化厂", "计划完成时限", "2019年6月26日").set("甲焦化厂", "整改措施", "搭建围挡");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 0, 2, 1, 0], "{}", preview.text());
    let asked = preview.table("table.list");
    assert_eq!(asked.len(), 1, "only the cell that clashes is asked: {asked:?}");
    assert_eq!((asked[0][2].as_str(), asked[0][3].as_str()), ("整改措施", "覆盖堆场"));
    assert!(asked[0][4].starts_with("洒水抑尘") && asked[0][4].contains("6月20日"), "who and when: {:?}", asked[0]);
    assert_eq!(asked[0][5], "搭建围挡");

    let choose = format!("{}/choose", preview.path);
    let (field, _) = preview.form(&choose).into_iter().find(|(n, _)| n.contains("measures")).unwrap_or_else(|| {
        let name = preview.attribute("input[type=radio]", "name").unwrap();
        (name, String::new())
    });
    let chosen = clerk.send(&preview, &choose, &[(&field, "theirs")]).await;
    let preview = clerk.follow(&chosen).await;
    assert_eq!(counts(&preview)[..5], [3, 0, 1, 2, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    for (heading, value) in [("整改措施", "搭建围挡"), ("监管责任人", "赵某"), ("计划完成时限", "2019-06-26")]
    {
        assert!(now(&clerk, "甲焦化厂", heading).await.starts_with(value), "{heading}");
    }
}

#[tokio::test]
async fn a_copied_row_is_asked_and_a_missing_one_is_told() {
    let app = TestApp::start().await;
    three(&app).await;
    let (clerk, mut table) = home(&app).await;
    table.copy("甲焦化厂", &[("存在的问题", "危废间无标识"), ("问题类型", "危险废物")]).delete("丙机械厂");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 0, 2, 1, 0], "{}", preview.text());
    assert!(preview.text().contains("复制而来"), "{}", preview.text());
    assert!(preview.text().contains("文件中没有"), "the row that is not there: {}", preview.text());
    let choose = format!("{}/choose", preview.path);
    let field = preview.attribute("input[type=radio]", "name").unwrap();
    let chosen = clerk.send(&preview, &choose, &[(&field, "new")]).await;
    let preview = clerk.follow(&chosen).await;
    assert_eq!(counts(&preview), [3, 1, 0, 2, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let units = Elsewhere::open(&taken(&clerk, 1).await).units();
    assert_eq!(units.iter().filter(|u| *u == "甲焦化厂").count(), 2, "{units:?}");
    assert!(units.contains(&"丙机械厂".to_owned()), "nothing is deleted");
}

#[tokio::test]
async fn a_problem_appears_where_there_was_none_and_is_not_taken_back_in_silence() {
    let app = TestApp::start().await;
    three(&app).await;
    let (clerk, mut table) = home(&app).await;
    table.set("乙建材厂", "是否发现问题", "是").set("乙建材厂", "问题类型", "废气超标").set(
        "乙建材厂",
        "存在的问题",
        "窑尾烟气超标",
    );
    table.set("甲焦化厂", "是否发现问题", "否").set("甲焦化厂", "问题类型", "").set("甲焦化厂", "存在的问题", "");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 1, 0, 1, 1, 0], "{}", preview.text());
    assert!(preview.text().contains("未发现问题"), "{}", preview.text());
    let field = preview.attribute("input[type=radio]", "name").unwrap();
    let chosen = clerk.send(&preview, &format!("{}/choose", preview.path), &[(&field, "unfounded")]).await;
    let preview = clerk.follow(&chosen).await;
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "乙建材厂", "存在的问题").await, "窑尾烟气超标");
    assert_eq!(now(&clerk, "甲焦化厂", "存在的问题").await, "");
}

#[tokio::test]
async fn a_file_whose_key_was_lost_asks_for_each_difference() {
    let app = TestApp::start().await;
    three(&app).await;
    let (clerk, mut table) = home(&app).await;
    table.clear("行标识").set("甲焦化厂", "整改措施", "搭建围挡");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview)[0], 3, "{}", preview.text());
    let [_, created, updated, ..] = counts(&preview);
    assert_eq!((created, updated), (0, 1), "read as a table of one's own: {}", preview.text());

    let other = TestApp::start().await;
    three(&other).await;
    let stranger = other.clerk(140403).await;
    let (_, mut table) = home(&app).await;
    table.set("甲焦化厂", "整改措施", "搭建围挡").set("乙建材厂", "所在乡镇", "马厂镇");
    let preview = brought(&stranger, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 0, 1, 2, 0], "a base that nobody knows: {}", preview.text());
}

#[tokio::test]
async fn what_changes_between_preview_and_confirming_comes_back_to_be_decided() {
    let app = TestApp::start().await;
    let (problem, ..) = three(&app).await;
    let (clerk, mut table) = home(&app).await;
    table.set("甲焦化厂", "整改措施", "搭建围挡");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [3, 0, 1, 2, 0, 0], "{}", preview.text());
    let colleague = app.clerk(140403).await;
    let saved = colleague.fill(&format!("/problems/{}/edit", problem.id), &[("measures", "洒水抑尘")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let back = confirmed(&clerk, &preview).await;
    assert_eq!(counts(&back), [3, 0, 0, 2, 1, 0], "{}", back.text());
    assert_eq!(now(&clerk, "甲焦化厂", "整改措施").await, "洒水抑尘", "nothing was written");
    let chosen = clerk.send(&back, &format!("{}/choose", back.path), &[("all", "theirs")]).await;
    let preview = clerk.follow(&chosen).await;
    confirmed(&clerk, &preview).await;
    assert_eq!(now(&clerk, "甲焦化厂", "整改措施").await, "搭建围挡");
}

#[tokio::test]
async fn cases_and_measures_come_back_too() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲焦化厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let case = rows::case(&app, &[problem], json!({"case_number": "长环罚立〔2019〕1号", "fine_fen": 12_500_000})).await;
    rows::measure(&app, case, "seizure", json!({})).await;
    let clerk = app.clerk(140403).await;
    let bytes = taken(&clerk, 2).await;
    let same = brought(&clerk, "/annexes/2/import", Elsewhere::open(&bytes).bytes()).await;
    assert_eq!(counts(&same), [1, 0, 0, 1, 0, 0], "{}", same.text());
    let mut table = Elsewhere::open(&bytes);
    table.set("甲焦化厂", "罚款金额", "15").set("甲焦化厂", "处罚决定日期", "6月19日");
    let preview = brought(&clerk, "/annexes/2/import", table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let after = Elsewhere::open(&taken(&clerk, 2).await);
    assert_eq!(after.get("甲焦化厂", "罚款金额"), "15");
}
