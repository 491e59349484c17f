//! Names and seals of the reporting bodies.

use crate::support::TestApp;

const NEW: [(&str, &str); 3] =
    [("full_name", "长治市生态环境局襄垣分局"), ("seal_name", "长治市生态环境局襄垣分局"), ("valid_from", "2019-07-01")];

#[tokio::test]
async fn a_body_bears_its_new_name_from_its_day_on() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let rows = admin.open("/bodies").await.table("#bodies");
    assert_eq!(rows.len(), 14, "the city and its thirteen");
    let zone = rows.last().unwrap();
    assert_eq!((zone[0].as_str(), zone[4].as_str()), ("高新区", "无（移送市局）"));

    let form = admin.open("/bodies?county=140423").await;
    assert_eq!(form.value("full_name").as_deref(), Some("长治市襄垣县环境保护局"));
    assert!(form.form("/bodies/140423").iter().any(|(name, value)| name == "may_punish" && value == "yes"));
    let mut without_power = form.form("/bodies/140423");
    without_power.retain(|(name, _)| name == "form_token");
    let mut fields = NEW.to_vec();
    fields.push(("form_token", &without_power[0].1));
    let saved = admin.post("/bodies/140423", &fields).await;
    assert_eq!(saved.location.as_deref(), Some("/bodies"), "{}", saved.text());
    let rows = admin.follow(&saved).await.table("#bodies");
    let names: Vec<_> = rows.iter().filter(|r| r[0] == "襄垣县").map(|r| (r[1].as_str(), r[4].as_str(), r[5].as_str())).collect();
    assert_eq!(names, [("长治市生态环境局襄垣分局", "无（移送市局）", "尚未启用"), ("长治市襄垣县环境保护局", "有", "现用")]);
    assert!(app.clerk(140423).await.open("/").await.html.contains("长治市襄垣县环境保护局"), "until then the old name stands");
}

#[tokio::test]
async fn the_same_day_again_corrects_the_name_and_the_history_keeps_both() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for name in ["长治市生态环境局襄坦分局", "长治市生态环境局襄垣分局"] {
        let saved = admin.fill_to("/bodies?county=140423", "/bodies/140423", &[("full_name", name), ("valid_from", "7.1")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let rows = admin.open("/bodies").await.table("#bodies");
    assert_eq!(rows.iter().filter(|r| r[0] == "襄垣县").count(), 2);
    let history = admin.open("/history").await;
    assert_eq!(history.texts("#history tbody > tr:first-child del"), ["长治市生态环境局襄坦分局"]);
    assert_eq!(history.texts("#history tbody > tr:first-child ins"), ["长治市生态环境局襄垣分局"]);
}

#[tokio::test]
async fn a_name_laid_down_by_migration_is_corrected_with_old_and_new() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let fields = [("full_name", "襄垣县环境保护局"), ("valid_from", "2019-01-01")];
    assert_eq!(admin.fill_to("/bodies?county=140423", "/bodies/140423", &fields).await.status, 303);
    let history = admin.open("/history").await.table("#history");
    assert_eq!((history[0][3].as_str(), history[0][5].as_str()), ("修改", "单位全称： 长治市襄垣县环境保护局 襄垣县环境保护局"));
    assert!(history[1][5].contains("随系统预置"));
}

#[tokio::test]
async fn a_name_without_a_day_comes_back_and_nobody_else_may_try() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let page = admin.fill_to("/bodies?county=140403", "/bodies/140403", &[("full_name", "某局"), ("valid_from", "")]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("valid_from").unwrap().contains("请填写名称启用日期"));
    assert_eq!(page.value("full_name").as_deref(), Some("某局"));
    assert_eq!(admin.get("/bodies?county=999999").await.status, 404);
    assert_eq!(admin.post("/bodies/999999", &NEW).await.status, 404);
    for person in [app.clerk(140403).await, app.reviewer().await, app.auditor().await] {
        assert_eq!(person.get("/bodies").await.status, 403);
        assert_eq!(person.post("/bodies/140403", &NEW).await.status, 403);
    }
}
