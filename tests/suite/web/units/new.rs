//! A new unit with its first problem.

use crate::support::TestApp;

const PROBLEM: [(&str, &str); 3] = [("source", "county_inspection"), ("problem_kind", "13"), ("problem", "堆场未覆盖")];

#[tokio::test]
async fn a_problem_that_was_typed_is_registered_though_the_box_was_not_ticked() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let made = clerk.fill("/units/new", &[&[("name", "甲建材厂")], &PROBLEM[..]].concat()).await;
    assert!(clerk.follow(&made).await.text().contains("堆场未覆盖"));
    let kind = [("name", "乙建材厂"), ("problem_kind", "13"), ("source", "county_inspection")];
    assert_eq!(clerk.fill("/units/new", &kind).await.status, 303);
    assert_eq!(clerk.open("/problems").await.table("table.list").len(), 2, "its kind alone is a problem, too");
    assert_eq!(clerk.fill("/units/new", &[("name", "丙建材厂")]).await.status, 303);
    assert_eq!(clerk.open("/problems").await.table("table.list").len(), 2, "a unit alone has none");

    let wrong = clerk.fill("/units/new", &[&[("name", "丁建材厂"), ("found_on", "6.40")], &PROBLEM[..]].concat()).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.error("found_on").is_some(), "it is read as one: {}", wrong.text());
    assert_eq!(wrong.value("with_problem").as_deref(), Some("yes"), "and stays in sight");
    assert_eq!(wrong.value("problem").as_deref(), Some("堆场未覆盖"));
}

#[tokio::test]
async fn a_form_sent_again_goes_to_what_it_made_and_a_second_form_is_told_of_it() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let (form, other) = (clerk.open("/units/new").await, clerk.open("/units/new").await);
    let made = clerk.send(&form, "/units/new", &[("name", "甲建材厂")]).await;
    let again = clerk.send(&form, "/units/new", &[("name", "甲建材厂")]).await;
    assert_eq!((again.status, &again.location), (303, &made.location), "{}", again.text());
    let second = clerk.send(&other, "/units/new", &[("name", "甲建材厂")]).await;
    assert_eq!(second.status, 422);
    assert!(second.error("name").unwrap().contains("已登记为“甲建材厂”"), "{}", second.text());
    let mended = clerk.send(&second, "/units/new", &[("name", "乙建材厂")]).await;
    assert_eq!(mended.status, 303, "and may go on with the same form");
    assert_eq!(clerk.open("/units").await.table("table.list").len(), 2);
}
