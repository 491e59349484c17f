//! Cases and measures of annex 2 by more rows than one.

use super::{answered, brought, confirmed, counts, taken};
use crate::support::rows::{self, Made};
use crate::support::{Elsewhere, Person, TestApp, Workbook};
use serde_json::json;

const PAGE: &str = "/annexes/2/import";

/// Problems of the county's inspections at a unit, their table taken home.
async fn found(app: &TestApp, problems: &[&str]) -> (Vec<Made>, Person, Elsewhere) {
    let unit = rows::unit(app, 140403, "甲焦化厂", json!({})).await;
    let mut made = Vec::new();
    for words in problems {
        made.push(rows::problem(app, unit, json!({"description": words})).await);
    }
    let clerk = app.clerk(140403).await;
    let table = home(&clerk).await;
    (made, clerk, table)
}

async fn home(clerk: &Person) -> Elsewhere {
    Elsewhere::open(&taken(clerk, 2).await)
}

#[tokio::test]
async fn rows_that_name_one_new_case_make_one() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = found(&app, &["烟气超标", "危废间无标识"]).await;
    for line in [0, 1] {
        table.set_below("甲焦化厂", line, "案件编号", "长环罚立〔2019〕1号").set_below(
            "甲焦化厂",
            line,
            "立案日期",
            "2019-06-15",
        );
    }
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 2, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let table = home(&clerk).await;
    assert_eq!(table.all("甲焦化厂", "案件编号"), ["长环罚立〔2019〕1号", ""]);
    assert!(table.all("甲焦化厂", "备注")[1].contains("同案，见第1行"), "{:?}", table.all("甲焦化厂", "备注"));
}

#[tokio::test]
async fn a_row_with_the_number_of_a_case_that_stands_joins_it() {
    let app = TestApp::start().await;
    let (problems, clerk, _) = found(&app, &["烟气超标", "危废间无标识"]).await;
    rows::case(&app, &problems[..1], json!({"case_number": "长环罚立〔2019〕1号"})).await;
    let mut table = home(&clerk).await;
    table.set_below("甲焦化厂", 1, "案件编号", "长环罚立〔2019〕1号").set_below("甲焦化厂", 1, "罚款金额", "5");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 1, 1, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("本行的罚款金额（万元）未另行登记"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    let remarks = home(&clerk).await.all("甲焦化厂", "备注");
    assert!(remarks[1].contains("同案，见第1行"), "{remarks:?}");
}

#[tokio::test]
async fn a_measure_alone_makes_a_case_of_a_problem() {
    let app = TestApp::start().await;
    let (_, clerk, mut table) = found(&app, &["烟气超标"]).await;
    table.set("甲焦化厂", "查封扣押日期", "2019-06-15");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(home(&clerk).await.get("甲焦化厂", "查封扣押日期"), "2019-06-15");
}

#[tokio::test]
async fn a_case_is_edited_once_however_many_rows_it_has() {
    let app = TestApp::start().await;
    let (problems, clerk, _) = found(&app, &["烟气超标", "危废间无标识"]).await;
    rows::case(&app, &problems, json!({"case_number": "长环罚立〔2019〕1号"})).await;
    let mut table = home(&clerk).await;
    table.set_below("甲焦化厂", 0, "办案机关", "公安").set_below("甲焦化厂", 1, "办案机关", "城管");
    let apart = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&apart), [2, 0, 1, 0, 0, 1], "{}", apart.text());
    table.set_below("甲焦化厂", 1, "办案机关", "公安").set_below("甲焦化厂", 1, "当事人", "甲焦化厂二分厂");
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [2, 0, 2, 0, 0, 0], "{}", preview.text());
    let done = confirmed(&clerk, &preview).await;
    assert!(done.text().contains("修改2"), "{}", done.text());
    let table = home(&clerk).await;
    assert_eq!((table.get("甲焦化厂", "办案机关"), table.get("甲焦化厂", "当事人")), ("公安".into(), "甲焦化厂二分厂".into()));
}

#[tokio::test]
async fn a_measures_day_does_not_bring_back_its_old_kind() {
    let app = TestApp::start().await;
    let (problems, clerk, _) = found(&app, &["烟气超标"]).await;
    let case = rows::case(&app, &problems, json!({"case_number": "长环罚立〔2019〕1号"})).await;
    rows::measure(&app, case, "production_limit", json!({})).await;
    let (mut theirs, mut ours) = (home(&clerk).await, home(&clerk).await);
    theirs.set("甲焦化厂", "限产停产种类", "停产整治");
    let colleague = app.clerk(140403).await;
    confirmed(&colleague, &brought(&colleague, PAGE, theirs.bytes()).await).await;
    ours.set("甲焦化厂", "限产停产日期", "2019-06-16");
    let preview = brought(&clerk, PAGE, ours.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let table = home(&clerk).await;
    let cells = ["限产停产种类", "限产停产日期"].map(|heading| table.get("甲焦化厂", heading));
    assert_eq!(cells, ["停产整治", "2019-06-16"], "both clerks' cells");
}

#[tokio::test]
async fn a_ledger_that_tells_its_case_on_each_row_comes_again_unchanged() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let ledger = |fine: &str| {
        let head = ["单位名称", "发现日期", "违法事实", "案件编号", "处罚决定日期", "罚款金额（万元）"];
        let first = ["甲焦化厂", "2019-06-08", "烟气超标", "长环罚立〔2019〕1号", "2019-06-15", "5"];
        let second = ["甲焦化厂", "2019-06-08", "危废间无标识", "长环罚立〔2019〕1号", "2019-06-15", fine];
        Workbook::of(&[&head, &first, &second]).bytes()
    };
    let preview = brought(&clerk, PAGE, ledger("5")).await;
    assert_eq!(counts(&preview), [2, 2, 0, 0, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(!flagged.text().contains("未另行登记"), "the same twice: {}", flagged.text());
    confirmed(&clerk, &preview).await;
    let again = brought(&clerk, PAGE, ledger("5")).await;
    assert_eq!(counts(&again), [2, 0, 0, 2, 0, 0], "{}", again.text());
    let other = brought(&clerk, PAGE, ledger("8")).await;
    assert_eq!(counts(&other), [2, 0, 0, 1, 0, 1], "another fine: {}", other.text());
    assert!(other.text().contains("只在首行填写"), "{}", other.text());
}

#[tokio::test]
async fn a_number_of_a_list_without_its_source_is_told_each_time() {
    let app = TestApp::start().await;
    let (_, clerk, _) = found(&app, &["烟气超标"]).await;
    let table = Workbook::of(&[&["单位名称", "违法事实", "来源编号"], &["甲焦化厂", "烟气超标", "D140000"]]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&preview), [1, 0, 1, 0, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("未作为来源编号导入，已记入备注"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    assert_eq!(home(&clerk).await.get("甲焦化厂", "备注"), "来源编号：D140000");
    let again = brought(&clerk, PAGE, table.bytes()).await;
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "{}", again.text());
}

/// A table of one's own, in which remarks point to the row above.
fn pointing(second: [&str; 5], third: [&str; 5]) -> Vec<u8> {
    let first = ["甲焦化厂", "2019-06-08", "烟气超标", "长环罚立〔2019〕1号", ""];
    Workbook::of(&[&["单位名称", "发现日期", "违法事实", "案件编号", "备注"], &first, &second, &third]).bytes()
}

#[tokio::test]
async fn a_remark_points_to_the_row_above_and_no_further() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let refused = ["乙建材厂", "2019-06-31", "废水直排", "长环罚立〔2019〕2号", ""];
    let table = pointing(refused, ["乙建材厂", "2019-06-09", "危废间无标识", "", "同案"]);
    let preview = brought(&clerk, PAGE, table).await;
    assert_eq!(counts(&preview), [3, 2, 0, 0, 0, 1], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("上一行没有可并入的案件"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    let remarks = home(&clerk).await.all("乙建材厂", "备注");
    assert_eq!(remarks, ["同案"], "it joined no case of another unit");
}

#[tokio::test]
async fn a_remark_that_points_to_another_unit_is_asked() {
    for (answer, joined) in [("join", true), ("apart", false)] {
        let app = TestApp::start().await;
        let clerk = app.clerk(140403).await;
        let same_unit = ["甲焦化厂", "2019-06-08", "堆场未覆盖", "", "同案"];
        let table = pointing(same_unit, ["乙建材厂", "2019-06-09", "危废间无标识", "", "同案"]);
        let preview = brought(&clerk, PAGE, table).await;
        assert_eq!(counts(&preview), [3, 2, 0, 0, 1, 0], "{}", preview.text());
        let preview = answered(&clerk, &preview, (2, "same_case"), answer).await;
        assert_eq!(counts(&preview), [3, 3, 0, 0, 0, 0], "{}", preview.text());
        confirmed(&clerk, &preview).await;
        let table = home(&clerk).await;
        assert!(table.all("甲焦化厂", "备注")[1].contains("同案，见第1行"), "{:?}", table.all("甲焦化厂", "备注"));
        assert_eq!(table.get("乙建材厂", "备注").contains("见第1行"), joined, "{}", table.get("乙建材厂", "备注"));
    }
}
