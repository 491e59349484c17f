//! The register's filters: what they find, and what they say when they cannot look.

use crate::support::{Person, TestApp, rows};
use serde_json::json;

async fn names(clerk: &Person, path: &str) -> Vec<String> {
    clerk.open(path).await.texts("#rows td.w-name a")
}

#[tokio::test]
async fn filters_take_words_and_beginnings() {
    let app = TestApp::start().await;
    rows::unit(&app, 140403, "甲水泥厂", json!({"township": "马厂镇", "industry": "3011"})).await;
    rows::unit(&app, 140403, "乙焦化厂", json!({"township": "黄碾镇", "industry": "2521"})).await;
    rows::unit(&app, 140403, "丙加油站", json!({"township": "某某街道", "industry": "5265"})).await;
    let clerk = app.clerk(140403).await;
    for (filter, found) in [
        ("industry=水泥", "甲水泥厂"),
        ("industry=25", "乙焦化厂"),
        ("industry=2521 炼焦", "乙焦化厂"),
        ("industry=加油站", "丙加油站"),
        ("township=马厂", "甲水泥厂"),
        ("township=某某街道", "丙加油站"),
    ] {
        assert_eq!(names(&clerk, &format!("/units?{filter}")).await, [found], "{filter}");
    }
    assert!(names(&clerk, "/units?industry=没有这个行业").await.is_empty());
    let short = clerk.open("/units?q=甲").await;
    assert!(short.text().contains("请输入两个以上字符"), "{}", short.text());
    assert!(names(&app.clerk(140404).await, "/units?industry=水泥").await.is_empty(), "a neighbour's are not found");
}

#[tokio::test]
async fn the_cursor_stands_in_the_first_field_of_a_new_form_only() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲水泥厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let at = |page: &crate::support::Page| page.attribute("[autofocus]", "name");
    for (path, field) in [
        ("/units/new".to_owned(), "name"),
        ("/units/new?township=马厂镇".to_owned(), "name"),
        (format!("/units/{}/edit", unit.id), "name"),
        (format!("/units/{}/self-inspection", unit.id), "self_inspection"),
        (format!("/problems/new?unit={}", unit.id), "source"),
        (format!("/ledger/new?unit={}", unit.id), "source"),
        (format!("/units/batch?id={}", unit.id), "self_inspection"),
        ("/problems/batch".to_owned(), "step"),
    ] {
        assert_eq!(at(&clerk.open(&path).await).as_deref(), Some(field), "{path}");
    }
    let refused = clerk.fill("/units/new", &[("name", "")]).await;
    assert_eq!((refused.status, at(&refused)), (422, None), "there the summary takes the focus");
    assert_eq!(at(&Person::stranger(&app).open("/login").await).as_deref(), Some("login"));
}

#[tokio::test]
async fn a_batch_that_fits_nothing_is_none() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲水泥厂", json!({"status": "closed"})).await;
    let clerk = app.clerk(140403).await;
    let path = format!("/units/batch?id={}", unit.id);
    let page = clerk.open(&path).await;
    assert!(page.text().contains("将更新0条，跳过1条") && !page.html.contains("更新0条</button>"), "{}", page.text());
    let sent = clerk.fill(&path, &[("self_inspection", "inspected"), ("has_problem", "none")]).await;
    let list = clerk.follow(&sent).await;
    assert!(list.html.contains("没有更新任何单位") && !list.html.contains("/batches/"), "{}", list.text());
    let problem = rows::problem(&app, unit, json!({"completed_on": "2019-06-18"})).await;
    let look = clerk.fill(&format!("/problems/batch?id={}", problem.id), &[("step", "complete"), ("completed_on", "6.19")]).await;
    assert!(look.text().contains("整改完成：将更新0条，跳过1条（已完成"), "{}", look.text());
    assert!(!look.html.contains("更新0条</button>"));
}
