//! 宣传: logged by channel, counted in the summary, taken away as a file.

use super::{bare, sent_to};
use crate::support::{TestApp, workbook};

#[tokio::test]
async fn what_a_body_told_the_public_is_logged_and_counts_in_its_summary() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let wechat = [("channel", "wechat"), ("on_date", "6.5"), ("title", "致排污单位的一封信"), ("views", "3480")];
    let entry = sent_to(&clerk.fill("/publicity/new", &wechat).await);
    assert!(clerk.open(&entry).await.text().contains("致排污单位的一封信"));
    let leaflet = [("channel", "分发"), ("on_date", "今天"), ("title", "明白纸"), ("copies", "420"), ("then", "next")];
    let next = sent_to(&clerk.fill("/publicity/new", &leaflet).await);
    assert!(next.starts_with("/publicity/new?channel=%E5%88%86%E5%8F%91"), "{next}");
    let summary = clerk.open("/summary").await;
    assert!(summary.text().contains("发布信息 1 条，其中微信 1 条；张贴、分发宣传材料 420 份"), "{}", summary.text());
    let (_, rows) = summary.links("article").into_iter().find(|(_, href)| href.contains("publicity_copies")).unwrap();
    assert_eq!(clerk.open(&rows).await.table("#rows").len(), 1, "the figure leads to its rows");
    sent_to(&clerk.fill(&format!("{entry}/edit"), &[("views", "4000")]).await);
    assert!(clerk.open(&entry).await.text().contains("4000"));
    let (status, _, bytes) = clerk.download("/publicity.xlsx?channel=wechat").await;
    let grid = workbook::grid(&bytes, "宣传");
    assert_eq!(status, 200);
    assert!(
        grid.iter().any(|r| r.contains(&"致排污单位的一封信".to_owned()))
            && !grid.iter().any(|r| r.contains(&"明白纸".to_owned()))
    );
    app.history_holds().await;
}

#[tokio::test]
async fn what_cannot_be_is_said_and_what_is_another_bodys_is_not_touched() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let wrong = [("channel", ""), ("on_date", "6.30"), ("title", ""), ("copies", "很多"), ("link", "javascript:alert(1)")];
    let page = clerk.fill("/publicity/new", &wrong).await;
    assert_eq!(page.status, 422);
    for field in ["channel", "on_date", "title", "copies", "link"] {
        assert!(page.error(field).is_some(), "{field}");
    }
    let told = [("channel", "radio"), ("on_date", "6.5"), ("title", "热线怎么打")];
    let entry = sent_to(&clerk.fill("/publicity/new", &told).await);
    let neighbour = app.clerk(140404).await;
    for act in ["", "/edit"] {
        assert_eq!(neighbour.get(&format!("{entry}{act}")).await.status, 404);
    }
    assert_eq!(bare(&neighbour, &format!("{entry}/edit"), &told).await.status, 404);
    let reviewer = app.reviewer().await;
    assert!(reviewer.open("/publicity").await.text().contains("热线怎么打"));
    assert_eq!(reviewer.get(&format!("{entry}/edit")).await.status, 403, "each its own body's");
    let citys = sent_to(&reviewer.fill("/publicity/new", &told).await);
    assert_eq!(clerk.get(&citys).await.status, 404);
    assert_eq!(app.auditor().await.get("/publicity/new").await.status, 403);
}
