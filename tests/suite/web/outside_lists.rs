//! Lists from outside held against the register, and the account of what was sent down.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

const BLOCK: &str = "单位名称\t统一社会信用代码\t地址\n甲石灰厂\t\t马厂镇\n旧名铸造厂\t91140403MA0GTEST0X\t老顶山镇\n无踪焦化厂\t\t\n路边早餐店\t\t东街\n";

#[tokio::test]
async fn in_their_list_and_not_in_ours_is_a_queue() {
    let app = TestApp::start().await;
    rows::unit(&app, 140403, "甲石灰厂", json!({})).await;
    rows::unit(&app, 140403, "新名铸造厂", json!({"credit_code": "91140403MA0GTEST0X"})).await;
    app.seed_unit(140403, "无踪焦化有限公司").await;
    rows::unit(&app, 140404, "路边早餐店", json!({})).await;
    let clerk = app.clerk(140403).await;
    let refused = clerk.paste("/outside-lists", "随便\t写写\n").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let token = clerk.open("/outside-lists").await.value("form_token").unwrap();
    let form = reqwest::multipart::Form::new()
        .text("form_token", token)
        .text("caption", "许可名单")
        .text("kind", "排污许可名单")
        .text("pasted", BLOCK);
    let sent = clerk.send_multipart("/outside-lists", form).await;
    let list = sent.location.clone().unwrap();
    let page = clerk.follow(&sent).await;
    assert!(page.said().contains("共4行：已在名录2行，不列入0行，名录中没有2行"), "{}", page.text());
    let rows_of = |page: &crate::support::Page| page.table("#rows").into_iter().map(|r| r[1].clone()).collect::<Vec<_>>();
    assert_eq!(rows_of(&page), ["无踪焦化厂", "路边早餐店"], "a neighbour's unit is not ours");
    let (_, add) = page.links("#rows").into_iter().find(|(text, _)| text == "新增到名录").unwrap();
    assert_eq!(clerk.open(&add).await.value("name").as_deref(), Some("无踪焦化厂"));
    let actions: Vec<String> = page.attributes("#rows form", "action");
    let unknown = clerk.send(&page, &actions[0], &[("act", "same"), ("unit", "没有这家")]).await;
    assert!(unknown.text().contains("名录中没有找到"));
    let known = clerk.send(&page, &actions[0], &[("act", "same"), ("unit", "无踪焦化")]).await;
    assert_eq!(known.status, 303, "{}", known.text());
    let page = clerk.open(&list).await;
    assert_eq!(clerk.send(&page, &actions[1], &[("act", "dismiss")]).await.status, 422, "a reason must be there");
    let done = clerk.send(&page, &actions[1], &[("act", "dismiss"), ("reason", "不是排污单位")]).await;
    assert!(clerk.follow(&done).await.text().contains("名单中的单位均已核对"));
    for (who, status) in [(app.clerk(140404).await, 404), (app.auditor().await, 200)] {
        assert_eq!(who.get(&list).await.status, status);
    }
}

#[tokio::test]
async fn what_was_sent_down_adds_up_and_a_number_on_two_problems_is_told() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let sent = |number: &str, more: serde_json::Value| {
        let mut row = json!({"source": "central_inspection", "source_numbers": [number], "verified_as": "substantiated"});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    rows::problem(&app, unit, sent("D1", json!({"completed_on": "2019-06-12", "verified_on": "2019-06-14"}))).await;
    rows::problem(&app, unit, sent("D2", json!({"due_on": "2019-06-15"}))).await;
    rows::problem(&app, unit, sent("D2", json!({"verified_as": null}))).await;
    let clerk = app.clerk(140403).await;
    let page = clerk.open("/sent-down").await;
    let row = page.table("#rows")[0].clone();
    assert_eq!((row[1].as_str(), row[row.len() - 2].as_str(), row[row.len() - 1].as_str()), ("3", "1", "1"), "{row:?}");
    let answers: i64 = row[2..row.len() - 4].iter().map(|n| n.parse::<i64>().unwrap()).sum();
    assert_eq!(answers, 3, "received = each answer + 核实中");
    assert!(page.text().contains("D2") && page.text().contains("2个问题"), "{}", page.text());
    assert!(app.clerk(140404).await.open("/sent-down").await.text().contains("还没有登记交办的问题"));
}
