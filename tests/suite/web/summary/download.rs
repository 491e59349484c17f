//! `/summary.docx`.

use super::{COUNTY, facts};
use crate::support::workbook::part;
use crate::support::{Page, TestApp};

/// What a page or a paper says, without the spaces that lie between elements.
fn solid(texts: &[String]) -> String {
    texts.concat().split_whitespace().collect()
}

fn printed(page: &Page) -> String {
    let parts = [".gw-title", ".gw-to", ".gw-head, .gw-par > p:not(.gw-act)", ".gw-attached li", ".gw-sign p"];
    solid(&parts.iter().flat_map(|selector| page.texts(selector)).collect::<Vec<_>>())
}

#[tokio::test]
async fn the_file_says_exactly_what_the_page_says_under_a_name_that_can_be_told_apart() {
    let app = TestApp::start().await;
    facts(&app).await;
    let clerk = app.clerk(COUNTY).await;
    clerk.fill("/summary/weak_more/edit", &[("text", "整改资金不足 & 力量不足。")]).await;
    let (status, headers, bytes) = clerk.download("/summary.docx").await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.contains("summary-140403-20190620.docx"), "{disposition}");
    let name: String = "违法排污行为大整治工作总结-潞州区-20190620.docx"
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    assert!(disposition.ends_with(&format!("filename*=UTF-8''{name}")), "{disposition}");
    let xml = part(&bytes, "word/document.xml").replace("w:", "");
    let text: Vec<String> = scraper::Html::parse_fragment(&xml).root_element().text().map(str::to_owned).collect();
    assert_eq!(solid(&text), printed(&clerk.open("/summary").await));
    let (_, _, again) = clerk.download("/summary.docx").await;
    assert_eq!(bytes, again, "the same text, the same bytes");
}

#[tokio::test]
async fn taking_it_away_is_recorded_and_an_auditor_takes_nothing() {
    let app = TestApp::start().await;
    let auditor = app.auditor().await;
    assert_eq!(auditor.download("/summary.docx").await.0, 403);
    assert_eq!(app.clerk(140404).await.download("/summary.docx?county=140403").await.0, 404);
    let reviewer = app.reviewer().await;
    assert_eq!(reviewer.download("/summary.docx?county=140403").await.0, 200);
    assert_eq!(reviewer.download("/summary.docx").await.0, 200);
    let history = auditor.open("/history").await.text();
    assert!(history.contains("工作总结-潞州区-20190620.docx") && history.contains("工作总结-全市-20190620.docx"), "{history}");
}
