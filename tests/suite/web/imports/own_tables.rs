//! Annexes as offices keep them themselves.

use super::{brought, confirmed, counts, taken, undo_of};
use crate::support::rows::CAMPAIGN;
use crate::support::{Elsewhere, TestApp, Workbook};
use crate::web::campaigns::with_newer;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A county's own table of self-inspections.
fn own_table() -> Workbook {
    Workbook::of(&[
        &["潞州区排污单位自查和整改情况表"],
        &["填报单位：潞州分局", "", "", "", "", "", "2019年6月20日"],
        &[
            "序号",
            "企业名称",
            "乡镇",
            "自查日期",
            "是否存在问题",
            "问题类型",
            "存在问题",
            "整改措施",
            "完成时限",
            "投入资金（元）",
            "完成时间",
        ],
        &["1", "甲焦化厂", "马厂镇", "2019.6.8", "是", "无组织排放", "堆场未覆盖", "覆盖", "6月25日", "50000元", ""],
        &["2", "乙建材厂", "黄碾镇", "20190609", "否", "", "无", "", "", "", ""],
        &["3", "丙机械厂", "马厂镇", "6月9日", "√", "危废", "危废间无标识", "补标识", "6月底前", "伍万元整", "6月15日"],
        &["4", "丁洗煤厂", "", "停产", "", "", "", "", "", "", ""],
        &["合计", "4家"],
        &["填表人：王某", "审核人：李某"],
    ])
}

#[tokio::test]
async fn a_countys_own_table_becomes_units_inspections_and_problems() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, "/annexes/1/import", own_table().bytes()).await;
    assert_eq!(counts(&preview), [4, 4, 0, 0, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("6月底前"), "what cannot be a date is told: {}", flagged.text());
    let done = confirmed(&clerk, &preview).await;
    assert!(done.text().contains("新增4"), "{}", done.text());

    let table = Elsewhere::open(&taken(&clerk, 1).await);
    let cell = |unit: &str, heading: &str| table.get(unit, heading);
    assert_eq!(cell("甲焦化厂", "自查完成日期"), "2019-06-08");
    assert_eq!(cell("甲焦化厂", "整改投入资金"), "5", "50,000元 are 5万元");
    assert_eq!(cell("丙机械厂", "整改投入资金"), "5", "伍万元整");
    assert_eq!((cell("甲焦化厂", "存在的问题"), cell("甲焦化厂", "计划完成时限")), ("堆场未覆盖".into(), "2019-06-25".into()));
    assert_eq!(cell("乙建材厂", "是否发现问题"), "否");
    assert_eq!(cell("丙机械厂", "实际完成日期"), "2019-06-15");
    let again = brought(&clerk, "/annexes/1/import", own_table().bytes()).await;
    assert_eq!(counts(&again)[..3], [4, 0, 0], "the same table again: {}", again.text());
}

#[tokio::test]
async fn a_table_goes_into_the_campaign_in_which_it_was_read() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, "/annexes/1/import", own_table().bytes()).await;
    with_newer(&app).await;
    let done = confirmed(&clerk, &preview).await;
    assert!(done.text().contains("新增4"), "{}", done.text());
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    for table in ["self_inspections", "problems"] {
        let sql = format!("select distinct campaign_id from {table}");
        let campaigns: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(reader.connection()).await.unwrap();
        assert_eq!(campaigns, [CAMPAIGN], "{table}");
    }
}

#[tokio::test]
async fn rows_of_a_new_unit_make_one_and_tell_it_together() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let code = "91350100M000100Y43";
    let table = Workbook::of(&[
        &["单位名称", "统一社会信用代码", "联系电话", "存在的问题"],
        &["甲焦化厂", "", "2012345", "堆场未覆盖"],
        &["甲焦化厂", code, "2099999", "危废间无标识"],
        &["甲焦化厂", code, "", "台账缺失"],
        &["甲焦化厂", "", "", "废水直排"],
    ]);
    let preview = brought(&clerk, "/annexes/1/import", table.bytes()).await;
    assert_eq!(counts(&preview), [4, 4, 0, 0, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("与第2行的同一单位不同，按第2行登记"), "{}", flagged.text());
    let done = confirmed(&clerk, &preview).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(table.all("甲焦化厂", "统一社会信用代码"), [code; 4], "the code that a lower row knows");
    assert_eq!(table.all("甲焦化厂", "联系电话"), ["2012345"; 4]);
    assert_eq!(clerk.open("/units").await.table("table.list").len(), 1, "one unit");
    let undone = clerk.send(&done, &undo_of(&done), &[]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert_eq!(clerk.open("/units").await.table("table.list").len(), 0, "and gone at one click");
}

#[tokio::test]
async fn a_row_that_waits_for_an_answer_takes_nothing_from_the_row_below() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["单位名称", "自查完成日期", "是否发现问题", "存在的问题", "整改投入资金（万元）"],
        &["甲焦化厂", "2019-06-08", "是", "（1）堆场未覆盖；（2）危废间无标识", ""],
        &["乙建材厂", "2019-06-09", "是", "烟尘超标", "50000"],
        &["丙机械厂", "2019-06-10", "是", "废水直排", ""],
        &["丁洗煤厂", "2019-06-11", "否", "", ""],
    ]);
    let preview = brought(&clerk, "/annexes/1/import", table.bytes()).await;
    assert_eq!(counts(&preview)[..2], [4, 2], "two are asked: {}", preview.text());
    confirmed(&clerk, &preview).await;
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(table.get("丙机械厂", "自查完成日期"), "2019-06-10");
    assert_eq!(table.get("丁洗煤厂", "自查完成日期"), "2019-06-11");
}

#[tokio::test]
async fn a_daily_penalty_of_a_ledger_of_ones_own_is_in_the_table_at_once() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["企业名称", "发现日期", "问题来源", "违法事实", "处罚日期", "处罚文号", "罚款金额", "按日连续处罚"],
        &["甲焦化厂", "2019.6.8", "日常检查", "烟气超标", "2019.6.12", "长环罚〔2019〕1号", "10", "50"],
    ]);
    confirmed(&clerk, &brought(&clerk, "/annexes/2/import", table.bytes()).await).await;
    assert_eq!(Elsewhere::open(&taken(&clerk, 2).await).get("甲焦化厂", "按日连续处罚金额"), "50");
    assert!(clerk.open("/annexes/2").await.text().contains("按日连续处罚1件"), "the sums count it too");
    let again = brought(&clerk, "/annexes/2/import", table.bytes()).await;
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "the same ledger again: {}", again.text());
}

#[tokio::test]
async fn an_amount_merged_over_several_problems_counts_once() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["企业名称", "自查日期", "是否存在问题", "存在问题", "投入资金（万元）", "监管责任人"],
        &["甲焦化厂", "2019.6.8", "是", "堆场未覆盖", "#12", "王某"],
        &["", "", "", "危废间无标识"],
        &["", "", "", "台账不全"],
        &["乙建材厂", "2019.6.8", "是", "烟气超标", "/"],
        &["", "", "", "废水直排"],
    ])
    .merged(&["A2:A4", "B2:B4", "C2:C4", "E2:E4", "F2:F4", "A5:A6", "B5:B6", "C5:C6", "E5:E6"]);
    let preview = brought(&clerk, "/annexes/1/import", table.bytes()).await;
    assert_eq!(counts(&preview), [5, 5, 0, 0, 0, 0], "{}", preview.text());
    confirmed(&clerk, &preview).await;
    let shown = clerk.open("/annexes/1").await;
    assert_eq!(shown.text().matches("并入上行").count(), 2, "a stroke is no amount: {}", shown.text());
    assert!(shown.text().contains("整改投入12万元"), "{}", shown.text());
    assert_eq!(shown.text().matches("王某").count(), 3, "a name holds for each row: {}", shown.text());
    let again = brought(&clerk, "/annexes/1/import", table.bytes()).await;
    assert_eq!(counts(&again), [5, 0, 0, 5, 0, 0], "the same table again: {}", again.text());
}

#[tokio::test]
async fn a_fine_merged_over_several_problems_counts_once() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["企业名称", "发现日期", "问题来源", "违法事实", "处罚日期", "罚款金额"],
        &["甲焦化厂", "2019.6.8", "日常检查", "烟气超标", "2019.6.12", "#10"],
        &["", "", "", "废水直排"],
    ])
    .merged(&["A2:A3", "B2:B3", "C2:C3", "E2:E3", "F2:F3"]);
    let preview = brought(&clerk, "/annexes/2/import", table.bytes()).await;
    assert_eq!(counts(&preview), [2, 2, 0, 0, 0, 0], "{}", preview.text());
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    assert!(flagged.text().contains("金额并入上行，只计一次。"), "{}", flagged.text());
    confirmed(&clerk, &preview).await;
    let shown = clerk.open("/annexes/2").await;
    assert!(shown.text().contains("问题2个") && shown.text().contains("罚款10万元"), "{}", shown.text());
    let remarks = Elsewhere::open(&taken(&clerk, 2).await).all("甲焦化厂", "备注");
    assert!(remarks[1].contains("同案，见第1行"), "one fine, one case: {remarks:?}");
    let again = brought(&clerk, "/annexes/2/import", table.bytes()).await;
    assert_eq!(counts(&again), [2, 0, 0, 2, 0, 0], "the same ledger again: {}", again.text());
}
