//! The calendar of offices.

use crate::support::TestApp;

#[tokio::test]
async fn the_administrator_keeps_the_days_and_everyone_looks_them_up() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let days = admin.open("/calendar").await.table("#days");
    assert_eq!(days.len(), 26, "the arrangement of 2019");
    assert!(days.iter().any(|d| d[..4] == ["2019-06-07", "周五", "端午节", "放假"]));

    let saved = admin.fill("/calendar", &[("day", "6.24"), ("works", "no"), ("name", "地方假日")]).await;
    assert!(admin.follow(&saved).await.text().contains("2019-06-24（地方假日）已登记为放假"));
    let corrected = admin.fill("/calendar", &[("day", "6.7"), ("works", "no"), ("name", "端午节放假")]).await;
    assert_eq!(corrected.status, 303);
    let days = admin.follow(&corrected).await.table("#days");
    assert_eq!(days.len(), 27, "the same day again corrects it");

    let clerk = app.clerk(140403).await;
    let page = clerk.open("/calendar").await;
    assert!(page.text().contains("端午节放假") && page.value("day").is_none(), "looked up, not changed");
    let history = admin.open("/history").await.text();
    assert!(history.contains("端午节放假") && history.contains("随系统预置"), "old and new: {history}");
}

#[tokio::test]
async fn a_wrong_day_comes_back_and_an_entry_can_be_taken_away() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let wrong = admin.fill("/calendar", &[("day", "6.11"), ("works", "yes"), ("name", "上班")]).await;
    assert_eq!((wrong.status, wrong.value("name").as_deref()), (422, Some("上班")));
    assert!(wrong.error("works").unwrap().contains("本来就上班"));
    assert!(admin.fill("/calendar", &[("day", ""), ("works", "no")]).await.error("day").unwrap().contains("请填写日期"));
    let page = admin.open("/calendar").await;
    let action = page.attribute("#days form", "action").unwrap();
    let gone = admin.send(&page, &action, &[]).await;
    assert_eq!(admin.follow(&gone).await.table("#days").len(), 25);
    let again = admin.open("/calendar").await;
    let token = again.value("form_token").unwrap();
    assert_eq!(admin.post(&action, &[("form_token", &token)]).await.status, 404);
}
