//! What a preview shows of each line, and who wrote what stands.

use super::{brought, confirmed, undo_of};
use crate::support::{TestApp, Workbook};

#[tokio::test]
async fn a_new_line_shows_all_that_the_file_has() {
    let app = TestApp::start().await;
    app.seed_unit(140403, "甲焦化厂").await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 2] = [
        &[
            "企业名称",
            "乡镇",
            "行业",
            "联系人",
            "电话",
            "自查日期",
            "是否存在问题",
            "问题类型",
            "存在问题",
            "整改措施",
            "完成时限",
        ],
        &["甲焦化厂", "马厂镇", "2521", "王某", "2012345", "2019.6.8", "是", "扬尘", "堆场未覆盖", "搭建围挡", "2019.6.25"],
    ];
    let preview = brought(&clerk, "/annexes/1/import", Workbook::of(&rows).bytes()).await;
    let table = preview.table("table.list");
    assert_eq!(table[0][1], "甲焦化厂", "{}", preview.text());
    for told in ["堆场未覆盖", "搭建围挡", "2019-06-25"] {
        assert!(table[0].iter().any(|cell| cell == told), "a problem on a known unit shows what it is: {:?}", table[0]);
    }
}

#[tokio::test]
async fn each_old_value_has_its_own_writer() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "甲焦化厂").await;
    let (first, second) = (app.clerk(140403).await, app.clerk(140403).await);
    first.fill(&format!("/units/{unit}/edit"), &[("contact_name", "王某")]).await;
    second.fill(&format!("/units/{unit}/edit"), &[("address", "东街1号")]).await;
    let rows: [&[&str]; 2] = [&["企业名称", "联系人", "地址"], &["甲焦化厂", "李某", "西街2号"]];
    let importer = app.clerk(140403).await;
    let preview = brought(&importer, "/units/import", Workbook::of(&rows).bytes()).await;
    let who = |person: &crate::support::Person| person.actor.as_ref().unwrap().name.clone();
    let told = |page: &crate::support::Page| -> Vec<(String, String)> {
        page.table("table.list").into_iter().map(|row| (row[2].clone(), row[5].split('，').next().unwrap().to_owned())).collect()
    };
    let expected = [("环保负责人".to_owned(), who(&first)), ("生产地址".to_owned(), who(&second))];
    assert_eq!(told(&preview), expected, "{}", preview.text());
    assert!(preview.text().contains("现有内容"));
    let done = confirmed(&importer, &preview).await;
    assert_eq!(told(&done), expected, "the importer wrote the new value, not the old");
    assert!(done.text().contains("原内容") && !done.text().contains("现有内容"));
    assert!(!done.text().contains("有误的0行"), "{}", done.text());
}

#[tokio::test]
async fn a_file_taken_back_says_so() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 2] = [&["企业名称", "联系人"], &["甲焦化厂", "李某"]];
    let preview = brought(&clerk, "/units/import", Workbook::of(&rows).bytes()).await;
    let done = confirmed(&clerk, &preview).await;
    let undo = undo_of(&done);
    let back = clerk.send(&done, &undo, &[]).await;
    assert_eq!(back.location.as_deref(), Some(preview.path.as_str()), "back to the import, not to a list");
    let told = clerk.follow(&back).await;
    let name = clerk.actor.as_ref().unwrap().name.clone();
    assert!(told.text().contains(&format!("{name}已于6月20日")) && told.text().contains("撤销本次导入"), "{}", told.text());
    assert!(!told.html.contains(&undo), "nothing is left to take back");
    let listed = clerk.open("/imports").await;
    let row = &listed.table("table.list")[0];
    assert!(row.iter().any(|c| c == "已撤销") && row.iter().any(|c| c.contains(&format!("{name}于"))), "{row:?}");
}

#[tokio::test]
async fn the_city_sees_which_counties_a_file_holds() {
    let app = TestApp::start().await;
    let officer = app.reviewer().await;
    let rows: [&[&str]; 3] = [&["县区", "企业名称", "地址"], &["潞州区", "甲厂", "东街"], &["沁县", "乙厂", "西街"]];
    let sent = officer.upload("/imports", "/imports", "名单.xlsx", Workbook::of(&rows).bytes()).await;
    let listed = officer.follow(&sent).await;
    assert!(listed.table("table.list")[0].contains(&"潞州区、沁县".to_owned()), "{}", listed.text());
    let (_, preview) = listed.links("table.list").into_iter().next().unwrap();
    let preview = officer.open(&preview).await;
    let row = &preview.table("table.list")[0];
    assert_eq!((row[1].as_str(), row[2].as_str()), ("甲厂", "潞州区"));
    let sent = officer
        .upload("/imports", "/imports", "名单.xlsx", Workbook::of(&[&["企业名称", "地址"], &["丙厂", "北街"]]).bytes())
        .await;
    assert_eq!(officer.follow(&sent).await.table("table.list")[0][2], "未识别");
}
