//! Two servers on one database.

use crate::support::{PASSWORD, Person, Served, TestApp};
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

async fn two(app: &TestApp) -> (Served, Served) {
    tokio::join!(Served::start(app, "Asia/Shanghai"), Served::start(app, "America/Los_Angeles"))
}

#[tokio::test]
async fn two_who_edit_one_unit_through_two_servers_lose_no_word() {
    let app = TestApp::start().await;
    let (one, two) = two(&app).await;
    let clerk = app.clerk(140403).await.moved_to(&one.url);
    let colleague = app.clerk(140403).await.moved_to(&two.url);
    let unit = clerk.fill("/units/new", &[("name", "甲厂")]).await.location.unwrap();
    let edit = format!("{unit}/edit");
    let stale = colleague.open(&edit).await;
    assert_eq!(clerk.fill(&edit, &[("name", "甲建材厂"), ("site", "北关东侧")]).await.status, 303);

    let beaten = colleague.send(&stale, &edit, &[("name", "甲水泥厂"), ("contact_name", "张某")]).await;
    assert_eq!(beaten.status, 409, "{}", beaten.text());
    assert!(beaten.text().contains("您的内容已保留，未覆盖对方"), "{}", beaten.text());
    let kept = ["name", "contact_name", "site"].map(|field| beaten.value(field).unwrap());
    assert_eq!(kept, ["甲水泥厂", "张某", "北关东侧"], "their words, and what only the other changed");
    let shown = clerk.open(&unit).await;
    assert!(shown.text().contains("甲建材厂") && !shown.text().contains("甲水泥厂"), "{}", shown.text());
    assert_eq!(colleague.send(&beaten, &edit, &[]).await.status, 303, "seen, and saved");
    assert!(clerk.open(&unit).await.text().contains("甲水泥厂"));
    app.history_holds().await;
}

#[tokio::test]
async fn a_form_that_reaches_both_servers_makes_one_row() {
    let app = TestApp::start().await;
    let (one, two) = two(&app).await;
    let clerk = app.clerk(140403).await.moved_to(&one.url);
    let there = clerk.moved_to(&two.url);
    let form = clerk.open("/units/new").await;
    let named = [("name", "甲建材厂")];
    let (left, right) = tokio::join!(clerk.send(&form, "/units/new", &named), there.send(&form, "/units/new", &named));
    assert_eq!((left.status, right.status), (303, 303), "{} {}", left.text(), right.text());
    assert_eq!(left.location, right.location, "both are sent to the one unit");
    let late = there.send(&form, "/units/new", &named).await;
    assert_eq!((late.status, &late.location), (303, &left.location));
    assert_eq!(clerk.open("/units").await.table("table.list").len(), 1);
    app.history_holds().await;
}

#[tokio::test]
async fn a_session_is_known_at_both_servers_and_ends_at_both() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let (one, two) = two(&app).await;
    let here = Person::stranger_at(&one.url);
    assert_eq!(here.post("/login", &[("login", "wang"), ("password", PASSWORD)]).await.status, 303);
    let there = here.moved_to(&two.url);
    let home = there.open("/units").await;
    // The browser forgets its cookie when it leaves; a copy of it must be worth nothing, too.
    let copy = here.cookie();
    let mine = |url: &str| reqwest::Client::new().get(format!("{url}/units/new")).header("cookie", &copy).send();
    assert_eq!(mine(&one.url).await.unwrap().status(), 200);
    assert_eq!(there.send(&home, "/logout", &[]).await.status, 303);
    for url in [&one.url, &two.url] {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let refused = client.get(format!("{url}/units/new")).header("cookie", &copy).send().await.unwrap();
        assert_eq!(refused.status(), 303);
        assert!(refused.headers()["location"].to_str().unwrap().starts_with("/login"));
    }
}
