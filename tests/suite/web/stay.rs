//! Whoever opens another campaign stays in it until going back, and each page says which it is.

use crate::support::rows;
use crate::support::{Person, TestApp};
use crate::web::campaigns::{with_autumn, with_newer};
use serde_json::json;

const OLD: &str = "2019-zhengzhi";

/// What each page of another campaign says.
async fn told(person: &Person, path: &str) -> Vec<String> {
    person.open(path).await.texts("#elsewhere")
}

#[tokio::test]
async fn a_reviewer_walks_through_an_earlier_campaign() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    for _ in 0..51 {
        rows::problem(&app, unit, json!({})).await;
    }
    with_newer(&app).await;
    let reviewer = app.reviewer().await;
    assert_eq!(reviewer.open("/problems").await.table("#rows").len(), 0, "today's campaign has none");
    let home = reviewer.open(&format!("/?campaign={OLD}")).await;
    let menu = home.links("nav.side");
    assert!(menu.iter().all(|(_, href)| href.ends_with(&format!("?campaign={OLD}"))), "{menu:?}");
    let href = &menu.iter().find(|(words, _)| words == "问题与整改").unwrap().1;
    let list = reviewer.open(href).await;
    assert_eq!(list.table("#rows").len(), 50);
    assert!(list.texts("#elsewhere")[0].contains("正在查看“长治市违法排污行为大整治行动”，不是当前行动"));
    let asks = "form.query input[type=hidden][name=campaign]";
    assert_eq!(list.attributes(asks, "value"), [OLD], "a search stays too");
    let none = reviewer.open(&format!("/tips?campaign={OLD}")).await;
    assert!(none.text().contains("还没有登记举报件"), "a campaign is no filter: {}", none.text());
    let next = list.attribute("a[rel=next]", "href").unwrap();
    assert_eq!(reviewer.open(&next).await.table("#rows").len(), 1, "{next}");
    let back = list.links("#elsewhere").remove(0).1;
    assert!(reviewer.open(&back).await.texts("#elsewhere").is_empty(), "and back to that of today");
}

#[tokio::test]
async fn what_is_entered_there_belongs_there_and_the_way_on_stays() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    with_newer(&app).await;
    let clerk = app.clerk(140403).await;
    let form = clerk.open(&format!("/notifications/new?unit={}&campaign={OLD}", unit.id)).await;
    let sent = clerk.send(&form, "/notifications/new", &[("notified_on", "2019-06-19"), ("channel", "phone")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert!(sent.location.as_deref().unwrap().contains(&format!("campaign={OLD}")), "{:?}", sent.location);
    assert_eq!(clerk.follow(&sent).await.texts("#elsewhere").len(), 1);
    assert_eq!(clerk.open("/notifications").await.table("#rows").len(), 0);
    assert_eq!(clerk.open(&format!("/notifications?campaign={OLD}")).await.table("#rows").len(), 1);
    let missing = clerk.get(&format!("/units/{}?campaign={OLD}", zhengzhi::base::new_id())).await;
    assert_eq!((missing.status, missing.texts("#elsewhere").len()), (404, 1), "a page that is not there leads on there too");
    assert_eq!(clerk.get("/units?campaign=2017").await.status, 404, "a campaign that never was");
}

#[tokio::test]
async fn a_campaign_that_has_not_begun_waits_for_its_day() {
    let app = TestApp::start().await;
    with_autumn(&app).await;
    let clerk = app.clerk(140403).await;
    let home = clerk.open("/").await;
    assert!(home.html.contains("距6月28日24时报送") && home.texts("#elsewhere").is_empty(), "{}", home.text());
    assert!(told(&clerk, "/units?campaign=2019-qiuji").await[0].contains("秋冬季攻坚行动"));
    assert!(told(&clerk, &format!("/units?campaign={OLD}")).await.is_empty());
}
