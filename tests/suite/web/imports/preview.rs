//! The preview is a place to work: cells are corrected there, blocks are pasted, the city's entries wait for the county.

use super::{brought, confirmed, counts};
use crate::support::{Person, TestApp, Workbook};

fn list() -> Workbook {
    Workbook::of(&[
        &["企业名称", "自查日期", "是否存在问题", "投入资金（万元）"],
        &["甲焦化厂", "6月31日", "否", ""],
        &["乙建材厂", "2019.6.9", "否", "五万多"],
        &["丙机械厂", "2019.6.9", "否", ""],
    ])
}

#[tokio::test]
async fn a_bad_cell_is_corrected_in_the_preview() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, "/annexes/1/import", list().bytes()).await;
    assert_eq!(counts(&preview), [3, 1, 0, 0, 0, 2], "{}", preview.text());
    let correct = format!("{}/correct", preview.path);
    let fields: Vec<(String, String)> = preview.form(&correct).into_iter().filter(|(n, _)| n.starts_with("c.")).collect();
    assert_eq!(fields.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>(), ["6月31日", "五万多"]);
    let again = clerk.send(&preview, &correct, &[]).await;
    assert!(clerk.follow(&again).await.html.contains("没有改动"), "the same words are no correction");
    let half = clerk
        .send(&preview_of(&clerk, &preview.path).await, &correct, &[(&fields[0].0, "6月10日"), (&fields[1].0, "六万")])
        .await;
    let half = clerk.follow(&half).await;
    assert_eq!(counts(&half), [3, 3, 0, 0, 0, 0], "六万 is an amount, a day that was is a day: {}", half.text());
    let neighbour = app.clerk(140404).await;
    let token = neighbour.open("/imports").await.attribute("[name=form_token]", "value").unwrap();
    assert_eq!(neighbour.post(&correct, &[("form_token", &token)]).await.status, 404);
    confirmed(&clerk, &half).await;
    let late = clerk
        .post(&correct, &[("form_token", &clerk.open("/imports").await.attribute("[name=form_token]", "value").unwrap())])
        .await;
    assert_eq!(late.status, 409, "what is written is corrected on its own page");
}

#[tokio::test]
async fn lines_of_a_cell_stay_lines_where_it_is_corrected() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let table = Workbook::of(&[&["企业名称", "问题类型", "存在的问题"], &["甲焦化厂", "无组织排放\n怪味", "堆场未覆盖"]]);
    let preview = brought(&clerk, "/annexes/1/import", table.bytes()).await;
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    let correct = format!("{}/correct", preview.path);
    let name = flagged.attribute("textarea", "name").expect("a place for several lines");
    let same = clerk.send(&flagged, &correct, &[(&name, "无组织排放\r\n怪味")]).await;
    assert!(clerk.follow(&same).await.html.contains("没有改动"), "a browser's line ends are no correction");
    let flagged = clerk.open(&format!("{}?tab=flagged", preview.path)).await;
    let mended = clerk.send(&flagged, &correct, &[(&name, "无组织排放\r\n危废")]).await;
    let mended = clerk.follow(&mended).await;
    assert!(!mended.text().contains("请核对（"), "both kinds are read: {}", mended.text());
}

async fn preview_of(clerk: &Person, path: &str) -> crate::support::Page {
    clerk.open(path).await
}

#[tokio::test]
async fn a_block_is_pasted_with_and_without_its_head() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    for (block, name) in [
        ("企业名称\t自查日期\t是否存在问题\r\n甲焦化厂\t2019.6.8\t否\r\n", "甲焦化厂"),
        ("1\t\"乙\n建材厂\"\t\t\t马厂镇\r\n2\t丙机械厂\t\t\t\r\n", "丙机械厂"),
    ] {
        let sent = clerk.paste("/annexes/1/import", block).await;
        let preview = clerk.follow(&sent).await;
        assert!(preview.text().contains(name), "{}", preview.text());
        assert_eq!(counts(&preview)[5], 0, "{}", preview.text());
        assert!(counts(&preview)[1] > 0, "{}", preview.text());
    }
    let page = clerk.open("/annexes/1").await;
    assert!(page.html.contains("data-paste-here"), "Ctrl+V on the table itself");
    let auditor = app.auditor().await;
    assert!(!auditor.open("/annexes/1").await.html.contains("data-paste-here"));
}

#[tokio::test]
async fn what_the_city_enters_waits_for_the_county() {
    let app = TestApp::start().await;
    let (officer, clerk, neighbour) = (app.reviewer().await, app.clerk(140403).await, app.clerk(140404).await);
    let rows: [&[&str]; 3] =
        [&["潞州区排污单位自查和整改情况表"], &["企业名称", "自查日期", "是否存在问题"], &["甲焦化厂", "2019.6.9", "否"]];
    let sent = officer.upload("/imports", "/imports", "潞州区.xlsx", Workbook::of(&rows).bytes()).await;
    let listed = officer.follow(&sent).await;
    let (_, preview) = listed.links("table.list").into_iter().next().unwrap();
    let preview = officer.open(&preview).await;
    let done = confirmed(&officer, &preview).await;
    assert!(done.text().contains("新增1"), "{}", done.text());

    let waiting = clerk.open("/imports").await;
    let (title, batch) = waiting.links("table.list").into_iter().find(|(_, href)| href.starts_with("/batches/")).unwrap();
    assert!(title.starts_with("市局代录附件1"), "{title}");
    assert_eq!(neighbour.get(&batch).await.status, 404);
    let shown = clerk.open(&batch).await;
    assert!(shown.text().contains("待县（区）确认") && shown.text().contains("甲焦化厂"), "{}", shown.text());
    let confirm = format!("{batch}/confirm");
    let token = officer.open("/imports").await.attribute("[name=form_token]", "value").unwrap();
    assert_eq!(officer.post(&confirm, &[("form_token", &token)]).await.status, 403, "the county's word is the county's");
    let said = clerk.send(&shown, &confirm, &[]).await;
    assert!(clerk.follow(&said).await.html.contains("已确认"));
    let twice = clerk.open(&batch).await;
    assert!(!twice.html.contains(&confirm), "there is nothing left to confirm");
    app.history_holds().await;
}
