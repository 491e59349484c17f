//! 同一单位两个县: the city compares and judges; a county learns only that there may be another.

use super::{bare, sent_to};
use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

const CODE: &str = "91350100M000100Y43";

#[tokio::test]
async fn the_city_sees_pairs_side_by_side_and_a_county_only_a_hint() {
    let app = TestApp::start().await;
    let phone = json!({"contact_phone": "0355-2345678", "credit_code": CODE, "address": "城南工业园3号"});
    let first = rows::unit(&app, 140403, "潞州区恒达石灰有限公司", phone.clone()).await;
    rows::problem(&app, first, json!({})).await;
    let second = rows::unit(&app, 140404, "上党区恒达石灰厂", json!({"contact_phone": "03552345678"})).await;
    let alone = rows::unit(&app, 140405, "屯留焦化", json!({})).await;
    let reviewer = app.reviewer().await;
    let list = reviewer.open("/twins").await;
    assert!(list.table("#pairs").is_empty());
    sent_to(&reviewer.send(&list, "/twins/compare", &[]).await);
    let list = reviewer.open("/twins").await;
    let pairs = list.table("#pairs");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!(pairs[0][4], "名称相近、电话相同");
    let href = list.links("#pairs .ops")[0].1.clone();
    let pair = reviewer.open(&href).await;
    let sides = pair.table("#sides");
    assert_eq!(sides[0][1..], ["潞州区恒达石灰有限公司", "上党区恒达石灰厂"]);
    assert_eq!(sides[7][1..], ["1个 ，未完成1个", "0个 ，未完成0个"]);
    let clerk = app.clerk(140404).await;
    let page = clerk.open(&format!("/units/{}", second.id)).await;
    assert_eq!(page.texts("#twin"), ["该单位可能在其他县（区）已有登记，请与市局联系。"]);
    assert!(!page.html.contains("潞州区恒达"), "nothing of the other side");
    assert!(app.clerk(140405).await.open(&format!("/units/{}", alone.id)).await.texts("#twin").is_empty());
    for path in ["/twins", &href] {
        assert_eq!(clerk.get(path).await.status, 403, "{path}");
    }

    let empty = reviewer.fill(&href, &[]).await;
    assert_eq!((empty.status, empty.error("verdict").is_some(), empty.error("reason").is_some()), (422, true, true));
    let moved = [("verdict", "moved"), ("reason", "2019年5月由潞州区迁至上党区")];
    sent_to(&reviewer.fill(&href, &moved).await);
    assert_eq!(reviewer.open("/twins").await.table("#pairs")[0][5], "搬迁");
    assert!(reviewer.open("/twins?open=yes").await.table("#pairs").is_empty());
    let again = reviewer.open("/twins").await;
    let again = reviewer.send(&again, "/twins/compare", &[]).await;
    assert!(reviewer.follow(&again).await.text().contains("新发现0对"), "a judged pair stays as it is");
    sent_to(&reviewer.fill(&href, &[("verdict", "different"), ("reason", "经核实为两家")]).await);
    assert!(clerk.open(&format!("/units/{}", second.id)).await.texts("#twin").is_empty(), "no longer hinted at");
    app.history_holds().await;
}

#[tokio::test]
async fn what_many_units_bear_says_nothing_and_only_the_reviewer_compares() {
    let app = TestApp::start().await;
    for (n, county) in [140403, 140404, 140405, 140406, 140423, 140425, 140426].into_iter().enumerate() {
        rows::unit(&app, county, &format!("作坊第{n}号"), json!({"contact_phone": "0355-0000000"})).await;
    }
    let same = json!({"credit_code": CODE});
    rows::unit(&app, 140403, "甲建材", same.clone()).await;
    rows::unit(&app, 140404, "乙建材", same.clone()).await;
    rows::unit(&app, 140405, "丙建材", json!({"credit_code": CODE, "site": "二厂"})).await;
    let reviewer = app.reviewer().await;
    let page = reviewer.open("/twins").await;
    sent_to(&reviewer.send(&page, "/twins/compare", &[]).await);
    let pairs = reviewer.open("/twins").await.table("#pairs");
    assert_eq!(pairs.len(), 1, "the same code at the same site: {pairs:?}");
    assert_eq!(pairs[0][4], "信用代码相同");
    for person in [app.admin().await, app.auditor().await] {
        assert_eq!(person.open("/twins").await.table("#pairs").len(), 1);
        assert_eq!(bare(&person, "/twins/compare", &[]).await.status, 403);
    }
    assert_eq!(reviewer.get("/twins/019b0000-0000-7000-8000-000000000009").await.status, 404);
}

#[tokio::test]
async fn a_like_name_counts_with_the_same_address_and_not_alone() {
    let app = TestApp::start().await;
    let there = json!({"address": "城南工业园3号"});
    rows::unit(&app, 140403, "恒达石灰有限公司", there.clone()).await;
    rows::unit(&app, 140404, "恒达石灰厂", there.clone()).await;
    rows::unit(&app, 140405, "恒达石灰公司", json!({"address": "城北路1号院内"})).await;
    rows::unit(&app, 140406, "别家铸造厂", there).await;
    let reviewer = app.reviewer().await;
    let page = reviewer.open("/twins").await;
    sent_to(&reviewer.send(&page, "/twins/compare", &[]).await);
    let pairs = reviewer.open("/twins").await.table("#pairs");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!(pairs[0][4], "地址相同、名称相近");
}
