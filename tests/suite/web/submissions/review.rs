//! The city's review: remarks on cells, the county's answers, and a second round that shows only what changed.

use super::{COUNTY, county, filed, handed_over, pressed};
use crate::support::TestApp;
use crate::support::workbook;

#[tokio::test]
async fn a_remark_is_answered_and_the_second_round_shows_what_changed() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, officer, neighbour) = (app.clerk(COUNTY).await, app.reviewer().await, app.clerk(140404).await);
    let first = filed(&clerk, &handed_over(&clerk).await).await;
    assert_eq!(pressed(&officer, &first.path, "open", &[]).await.status, 303);
    let bare = pressed(&officer, &first.path, "return", &[]).await;
    assert!(bare.status == 422 && bare.text().contains("请先写明意见"), "{}", bare.text());
    let on_cell = [("annex", "2"), ("line_no", "1"), ("column_id", "measures"), ("text", "措施过于笼统")];
    let said = pressed(&officer, &first.path, "remarks", &on_cell).await;
    let lines = officer.follow(&said).await;
    assert!(lines.texts("td.remarked").iter().any(|t| t.contains("措施过于笼统")), "{}", lines.text());
    assert_eq!(pressed(&officer, &first.path, "return", &[("review_note", "共1处")]).await.status, 303);

    let back = clerk.open(&first.path).await;
    assert!(back.text().contains("附件2第1行“整改措施”") && back.text().contains("已退回"), "{}", back.text());
    let form = back.attribute("#remarks form", "action").unwrap();
    assert_eq!(neighbour.post(&form, &[("form_token", &super::token(&neighbour.open("/password").await))]).await.status, 404);
    let answered = clerk.send(&back, &form, &[("answer", "已改为搭建料棚")]).await;
    assert!(clerk.follow(&answered).await.text().contains("已改为搭建料棚"));
    let (_, problem) = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap();
    let edit = format!("{}/edit", problem.split('?').next().unwrap());
    assert_eq!(clerk.fill(&edit, &[("measures", "搭建全封闭料棚")]).await.status, 303);

    let second = filed(&clerk, &handed_over(&clerk).await).await;
    assert!(second.text().contains("第2次报送"), "{}", second.text());
    let changed = officer.open(&format!("{}/lines/2", second.path)).await;
    assert_eq!(changed.texts("nav.tabs a.current"), ["较上次有变化（1）"]);
    assert_eq!(changed.texts("td.changed"), ["搭建全封闭料棚 原：覆盖堆场"]);
    assert!(officer.open(&format!("{}/lines/1", second.path)).await.text().contains("没有这一类的行"));
    assert_eq!(pressed(&officer, &second.path, "open", &[]).await.status, 303);
    assert_eq!(pressed(&officer, &second.path, "accept", &[]).await.status, 303);
    let board = officer.open("/submissions").await;
    assert!(board.text().contains("已接收1个"), "{}", board.text());
    app.history_holds().await;
}

#[tokio::test]
async fn telephones_are_compared_as_lists_show_them() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let links = clerk.open("/units").await.links("#rows");
    let (_, unit) = links.into_iter().find(|(words, _)| words == "清漳焦化厂").unwrap();
    let edit = format!("{}/edit", unit.split('?').next().unwrap());
    assert_eq!(clerk.fill(&edit, &[("contact_phone", "13812345678")]).await.status, 303);
    let frozen = handed_over(&clerk).await;
    assert_eq!(clerk.fill(&edit, &[("contact_phone", "13987654321")]).await.status, 303);
    let compared = clerk.open(&format!("{}/compare", frozen.path)).await;
    assert_eq!(compared.table("table.list")[0][3..], ["联系电话", "138****5678", "139****4321"]);
    assert!(!compared.html.contains("13812345678") && !compared.html.contains("13987654321"));
}

#[tokio::test]
async fn what_was_received_is_corrected_with_a_reason_and_keeps_its_first_time() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let first = filed(&clerk, &handed_over(&clerk).await).await;
    pressed(&officer, &first.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &first.path, "accept", &[]).await.status, 303);
    let check = clerk.open("/submissions/check").await;
    let refused = clerk.send(&check, "/submissions/hand-over", &[]).await;
    assert!(refused.error("correction_reason").unwrap().contains("请写明原因"), "{}", refused.text());
    let sent = clerk.send(&check, "/submissions/hand-over", &[("correction_reason", "罚款金额录错")]).await;
    let second = filed(&clerk, &clerk.follow(&sent).await).await;
    assert!(second.text().contains("第2次报送（更正版）") && second.text().contains("首次上报"), "{}", second.text());
}

#[tokio::test]
async fn a_correction_is_as_punctual_as_what_it_corrects() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let mailed = [("arrived_on", "6.28"), ("arrived_at", "17:30"), ("reason", "县局断网，邮件报来")];
    let sent = officer.fill_to("/submissions/behalf?county=140403", "/submissions/behalf", &mailed).await;
    let first = officer.follow(&sent).await;
    pressed(&officer, &first.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &first.path, "accept", &[]).await.status, 303);
    let corrected = async |reason: &str| {
        let check = super::explained(&clerk).await;
        let sent = clerk.send(&check, "/submissions/hand-over", &[("correction_reason", reason)]).await;
        filed(&clerk, &clerk.follow(&sent).await).await
    };
    let second = corrected("罚款金额录错").await;
    let said = second.text();
    assert!(
        said.contains("第2次报送（更正版）") && said.contains("按时") && !said.contains("迟报"),
        "filed after the deadline: {said}"
    );
    let (_, _, receipt) = clerk.download(&format!("{}/files/receipt", second.path)).await;
    let words = workbook::part(&receipt, "word/document.xml");
    assert!(words.contains("首次上报时间：2019-06-28 17:30，按时"), "{words}");
    let officers = officer.open("/today").await;
    let kept = officer.follow(&officer.send(&officers, "/today/freeze", &[]).await).await;
    let (_, _, bulletin) = officer.download(&format!("{}/files/bulletin", kept.path)).await;
    let words = workbook::part(&bulletin, "word/document.xml");
    assert!(words.contains("已接收1个（潞州区）") && !words.contains("迟报"), "{words}");

    pressed(&officer, &second.path, "open", &[]).await;
    pressed(&officer, &second.path, "remarks", &[("text", "请附更正依据")]).await;
    assert_eq!(pressed(&officer, &second.path, "return", &[]).await.status, 303);
    let third = corrected("罚款金额录错，已附决定书").await.text();
    assert!(third.contains("第3次报送（更正版）") && third.contains("按时"), "still a correction of the first: {third}");
    app.history_holds().await;
}

#[tokio::test]
async fn what_is_open_is_mended_within_working_days() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let shown = filed(&clerk, &handed_over(&clerk).await).await;
    pressed(&officer, &shown.path, "open", &[]).await;
    pressed(&officer, &shown.path, "remarks", &[("text", "请补传佐证")]).await;
    assert_eq!(pressed(&officer, &shown.path, "accept-open", &[]).await.status, 303);
    let text = clerk.open(&shown.path).await.text();
    assert!(text.contains("带问题接收") && text.contains("请于2019-06-25前整改"), "three working days from Thursday: {text}");
}

#[tokio::test]
async fn a_reminder_text_names_what_is_missing_and_is_noted() {
    let app = TestApp::start().await;
    county(&app).await;
    let officer = app.reviewer().await;
    let page = officer.open("/submissions/remind?county=140403").await;
    let text = page.texts("#remind-text").remove(0);
    assert!(text.starts_with("潞州区：距报送期限") && text.contains("尚未定稿上报"), "{text}");
    let noted = officer.send(&page, "/submissions/remind", &[("how", "电话")]).await;
    assert_eq!(noted.status, 303);
    assert!(app.auditor().await.open("/history").await.text().contains("催报（电话）"));
}

#[tokio::test]
async fn another_number_is_tried_before_it_is_switched_on() {
    let app = TestApp::start().await;
    county(&app).await;
    let admin = app.admin().await;
    let tried = admin.open("/readiness/rules?rule=R08&value=10").await;
    let first = tried.table("#trial table").into_iter().find(|row| row[0] == "潞州区").unwrap();
    assert_eq!(first[1..], ["0", "1"], "12.5万元 is more than 10: {}", tried.text());
    let clerk = app.clerk(COUNTY).await;
    assert!(!clerk.open("/submissions/check").await.text().contains("R08"), "a trial sets nothing");
    let set = admin.send(&tried, "/readiness/rules", &[]).await;
    assert_eq!(set.status, 303);
    assert!(clerk.open("/submissions/check").await.text().contains("R08"));
}
