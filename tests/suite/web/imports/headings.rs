//! What a clerk says of a column is known in the next file.

use super::{brought, confirmed, taken};
use crate::support::{Elsewhere, Page, Person, TestApp, Workbook};

const PAGE: &str = "/annexes/1/import";

/// Says on the page of columns what each means, in the order of the columns, and shows the preview again.
async fn taught(clerk: &Person, preview: &Page, columns: &[(&str, &str)]) -> Page {
    let address = format!("{}/headings", preview.path);
    let sent = clerk.fill(&address, columns).await;
    clerk.follow(&sent).await
}

/// What annex 1 says of a unit once a file with these rows is in.
async fn said(clerk: &Person, rows: &[&[&str]], unit: &str, heading: &str) -> String {
    let preview = brought(clerk, PAGE, Workbook::of(rows).bytes()).await;
    confirmed(clerk, &preview).await;
    Elsewhere::open(&taken(clerk, 1).await).get(unit, heading)
}

#[tokio::test]
async fn a_heading_that_stands_twice_is_known_by_its_group() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let file = |unit: &'static str| -> Vec<Vec<&'static str>> {
        vec![
            vec!["企业名称", "自查情况", "", "", "整改情况", ""],
            vec!["", "日期", "是否存在问题", "存在问题", "整改措施", "日期"],
            vec![unit, "2019.6.8", "是", "堆场未覆盖", "覆盖", "2019.6.12"],
        ]
    };
    let first = file("甲焦化厂");
    let first: Vec<&[&str]> = first.iter().map(Vec::as_slice).collect();
    let preview = brought(&clerk, PAGE, Workbook::of(&first).bytes()).await;
    taught(&clerk, &preview, &[("h.0.5", "completed_on")]).await;
    let next = file("乙建材厂");
    let next: Vec<&[&str]> = next.iter().map(Vec::as_slice).collect();
    assert_eq!(said(&clerk, &next, "乙建材厂", "自查完成日期").await, "2019-06-08");
    let table = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(table.get("乙建材厂", "实际完成日期"), "2019-06-12");
    let alone: [&[&str]; 3] = [
        &["企业名称", "自查情况", "", ""],
        &["", "日期", "是否存在问题", "存在问题"],
        &["丙机械厂", "2019.6.9", "是", "烟气超标"],
    ];
    assert_eq!(said(&clerk, &alone, "丙机械厂", "自查完成日期").await, "2019-06-09", "under another group it means what it did");
}

#[tokio::test]
async fn what_a_clerk_said_goes_before_a_guess_further_left() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let first: [&[&str]; 2] = [&["企业名称", "自查日期", "电话", "手机"], &["甲焦化厂", "2019.6.8", "2012345", "13800000000"]];
    let preview = brought(&clerk, PAGE, Workbook::of(&first).bytes()).await;
    taught(&clerk, &preview, &[("h.0.2", "contact_phone"), ("h.0.3", "contact_phone")]).await;
    for (unit, head) in
        [("乙建材厂", ["企业名称", "自查日期", "电话", "手机"]), ("丙机械厂", ["企业名称", "自查日期", "固话", "手机"])]
    {
        let next: [&[&str]; 2] = [&head, &[unit, "2019.6.8", "2012346", "13900000000"]];
        assert_eq!(said(&clerk, &next, unit, "联系电话").await, "13900000000");
    }
    let without: [&[&str]; 2] = [&["企业名称", "自查日期", "电话"], &["丁洗煤厂", "2019.6.8", "2012347"]];
    assert_eq!(said(&clerk, &without, "丁洗煤厂", "联系电话").await, "2012347", "alone it is what it always was");
}

#[tokio::test]
async fn a_column_takes_a_field_from_one_on_its_right() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let file: [&[&str]; 2] = [&["企业名称", "自查日期", "值班电话", "电话"], &["甲焦化厂", "2019.6.8", "2012345", "13800000000"]];
    let preview = brought(&clerk, PAGE, Workbook::of(&file).bytes()).await;
    let settled = taught(&clerk, &preview, &[("h.0.2", "contact_phone"), ("h.0.3", "contact_phone")]).await;
    confirmed(&clerk, &settled).await;
    assert_eq!(Elsewhere::open(&taken(&clerk, 1).await).get("甲焦化厂", "联系电话"), "2012345");
}

#[tokio::test]
async fn a_merged_amount_counts_once_though_its_column_was_named_later() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[
        &["企业名称", "自查日期", "存在问题", "整改花费"],
        &["甲焦化厂", "2019.6.8", "堆场未覆盖", "#12"],
        &["", "", "危废间无标识"],
        &["", "2019.6.31", "台账不全"],
    ])
    .merged(&["A2:A4", "D2:D4"]);
    let preview = brought(&clerk, PAGE, table.bytes()).await;
    let preview = taught(&clerk, &preview, &[("h.0.3", "invested")]).await;
    confirmed(&clerk, &preview).await;
    let amounts = Elsewhere::open(&taken(&clerk, 1).await).all("甲焦化厂", "整改投入资金");
    assert_eq!(amounts, ["12", "并入上行"]);
    let (status, _, refused) = clerk.download(&format!("{}/refused.xlsx", preview.path)).await;
    assert_eq!(status, 200);
    let rows = crate::support::workbook::grid(&refused, &crate::support::workbook::sheets(&refused)[0]);
    assert!(rows.iter().flatten().any(|cell| cell == "并入上行"), "the row to be mended holds no amount of its own: {rows:?}");
}
