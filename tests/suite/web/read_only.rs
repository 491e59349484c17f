//! A database that cannot be written, as when its disk is full.

use crate::support::rows;
use crate::support::{Served, TestApp};
use serde_json::json;
use zhengzhi::web::paths::{Door, ROUTES};

#[tokio::test]
async fn pages_are_shown_and_what_would_be_saved_is_refused_in_words() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let served = Served::reading_only(&app).await;
    let there = clerk.moved_to(&served.url);
    let form = there.open("/units/new").await;
    let refused = there.send(&form, "/units/new", &[("name", "漳泽水泥厂"), ("no_code_reason", "no_licence")]).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("已保存的内容不受影响"), "{}", refused.text());
    there.open("/units").await;
}

#[tokio::test]
async fn a_file_that_no_history_can_tell_of_is_not_handed_out() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"contact_phone": "13812345678"})).await;
    let reviewer = app.reviewer().await;
    let served = Served::reading_only(&app).await;
    let there = reviewer.moved_to(&served.url);
    let files = ROUTES.iter().filter(|(method, path, door)| {
        *method == "GET" && !path.contains('{') && matches!(door, Door::Download | Door::CityDownload)
    });
    let mut seen = 0;
    for (_, path, _) in files {
        let refused = there.get(path).await;
        assert_eq!(refused.status, 503, "{path}");
        assert!(refused.text().contains("系统正忙或正在维护"), "{path}: {}", refused.text());
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
    let page = there.open(&format!("/units/{}", unit.id)).await;
    let look = there.send(&page, &format!("/units/{}/phone", unit.id), &[]).await;
    assert!(look.status == 503 && !look.html.contains("13812345678"), "nor a telephone: {}", look.text());
}
