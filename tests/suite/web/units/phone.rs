//! The telephone on a unit's page: masked, and whole for who asks; the history tells of each look.

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

#[tokio::test]
async fn a_whole_number_is_shown_once_and_the_look_is_told() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"contact_name": "王某", "contact_phone": "13812345678"})).await;
    let (path, look) = (format!("/units/{}", unit.id), format!("/units/{}/phone", unit.id));
    let (reviewer, auditor) = (app.reviewer().await, app.auditor().await);
    let page = reviewer.open(&path).await;
    assert!(page.texts("#phone") == ["138****5678"] && !page.html.contains("13812345678"), "{}", page.text());
    let told =
        |page: crate::support::Page| page.table("#history").into_iter().filter(|row| row[5].contains("查看联系电话")).count();
    assert_eq!(told(auditor.open("/history").await), 0);
    let shown = reviewer.send(&page, &look, &[]).await;
    assert_eq!((shown.status, shown.texts("#phone")), (200, vec!["13812345678".to_owned()]));
    assert_eq!(told(auditor.open("/history?action=disclosed").await), 1);
    assert_eq!(reviewer.open(&path).await.texts("#phone"), ["138****5678"], "the next time it is masked again");
    assert_eq!(reviewer.get(&look).await.location.as_deref(), Some(path.as_str()), "its address leads to the unit");
    app.history_holds().await;
}

#[tokio::test]
async fn who_takes_nothing_away_sees_no_whole_number() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"contact_phone": "13812345678"})).await;
    let short = rows::unit(&app, 140403, "乙厂", json!({})).await;
    let look = format!("/units/{}/phone", unit.id);
    let (clerk, auditor, neighbour) = (app.clerk(140403).await, app.auditor().await, app.clerk(140404).await);
    let page = auditor.open(&format!("/units/{}", unit.id)).await;
    assert!(page.texts("#phone") == ["138****5678"] && !page.html.contains("/phone\""), "{}", page.text());
    let with = |page: &crate::support::Page| page.attribute("[name=form_token]", "value").unwrap();
    let token = with(&page);
    assert_eq!(auditor.post(&look, &[("form_token", &token)]).await.status, 403);
    let token = with(&neighbour.open("/").await);
    let foreign = neighbour.post(&look, &[("form_token", &token)]).await;
    assert_eq!(foreign.status, 404);
    assert!(!foreign.html.contains("13812345678"));
    assert_eq!(clerk.post(&look, &[]).await.status, 403, "a form of nobody's");
    let bare = clerk.open(&format!("/units/{}", short.id)).await;
    assert!(!bare.html.contains("/phone\""), "nothing to show");
}
