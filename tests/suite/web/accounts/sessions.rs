//! 我的登录: one's own sessions, seen and ended.

use crate::support::{Page, Person, TestApp};
use sqlx::ConnectOptions as _;
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

/// One person signed in at several places.
async fn at_places<const N: usize>(app: &TestApp, login: &str) -> [Person; N] {
    let actor = app.account(login, Role::CountyClerk, CountyId(140403), false, false).await;
    let mut places = Vec::new();
    for _ in 0..N {
        places.push(Person::signed_in(app, actor.clone(), login).await);
    }
    places.try_into().ok().unwrap()
}

/// Where the buttons 结束 of a page post to.
fn ends(page: &Page) -> Vec<String> {
    page.attributes("#sessions form", "action")
}

/// Posts an address that the person's own page does not offer, with a good form token.
async fn force(person: &Person, action: &str) -> Page {
    let token = person.open("/sessions").await.attribute("[name=form_token]", "value").unwrap();
    person.post(action, &[("form_token", &token)]).await
}

#[tokio::test]
async fn a_person_signed_in_at_two_places_sees_both_and_ends_one() {
    let app = TestApp::start().await;
    let [here, there] = at_places(&app, "wang").await;
    let home = here.open("/").await;
    assert!(home.links(".user-menu").contains(&("我的登录".to_owned(), "/sessions".to_owned())), "the person's menu leads there");
    let page = here.open("/sessions").await;
    let rows = page.table("#sessions");
    let own: Vec<_> = rows.iter().map(|row| row.concat().contains("本次登录")).collect();
    assert_eq!(own, [true, false], "{rows:?}");
    assert!(rows.iter().all(|row| row.concat().contains("127.0.0.1")), "{rows:?}");

    let action = ends(&page).remove(0);
    let ended = here.send(&page, &action, &[]).await;
    let list = here.follow(&ended).await;
    assert!(list.text().contains("该登录已结束"), "{}", list.text());
    assert_eq!((list.table("#sessions").len(), list.text().contains("结束其他全部登录")), (1, false));
    assert_eq!(there.get("/units").await.location.as_deref(), Some("/login?next=%2Funits"), "the other is asked to sign in");
    assert_eq!(force(&here, &action).await.status, 404, "what is ended is not ended again");

    let history = app.auditor().await.open("/history").await;
    let lines = history.text().matches("本人在“我的登录”中结束：").count();
    assert_eq!(lines, 1, "{}", history.text());
    app.history_holds().await;
}

#[tokio::test]
async fn all_others_end_at_once_and_this_one_goes_on() {
    let app = TestApp::start().await;
    let [here, second, third] = at_places(&app, "wang").await;
    let [neighbour] = at_places(&app, "li").await;
    let list = here.follow(&here.fill_to("/sessions", "/sessions/end-others", &[]).await).await;
    assert_eq!(list.table("#sessions").len(), 1, "{}", list.text());
    assert_eq!((second.get("/").await.status, third.get("/").await.status), (303, 303));
    neighbour.open("/").await;
    let history = app.auditor().await.open("/history").await.text();
    assert_eq!(history.matches("本人在“我的登录”中结束：").count(), 2, "{history}");
}

#[tokio::test]
async fn neither_this_session_nor_anothers_is_ended_there() {
    let app = TestApp::start().await;
    let [here, there] = at_places(&app, "wang").await;
    let [neighbour] = at_places(&app, "li").await;
    let own = ends(&there.open("/sessions").await).remove(0);
    assert!(!ends(&here.open("/sessions").await).contains(&own), "no button for this one");
    assert_eq!(force(&here, &own).await.status, 404, "that is what 退出 is for");
    assert_eq!(force(&neighbour, &own).await.status, 404, "nor by somebody else");
    assert_eq!(neighbour.open("/sessions").await.table("#sessions").len(), 1, "who does not see it either");
    here.open("/").await;
    let history = app.auditor().await.open("/history").await.text();
    assert!(!history.contains("中结束"), "{history}");
}

#[tokio::test]
async fn what_is_over_is_not_listed() {
    let app = TestApp::start().await;
    let [here, there] = at_places(&app, "wang").await;
    let other = ends(&here.open("/sessions").await).remove(0).split('/').nth(2).unwrap().to_owned();
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    for over in [
        "seen_at = seen_at - interval '31 minutes'",
        "created_at = created_at - interval '481 minutes'",
        "seen_at = seen_at + interval '1 day'",
        "ended_at = seen_at",
    ] {
        let back = "update sessions set seen_at = s.seen_at, created_at = s.seen_at, ended_at = null from sessions s
                    where sessions.id = $1::text::uuid and s.id <> sessions.id";
        sqlx::query(back).bind(&other).execute(&mut owner).await.unwrap();
        assert_eq!(here.open("/sessions").await.table("#sessions").len(), 2);
        let sql = format!("update sessions set {over} where id = $1::text::uuid");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&other).execute(&mut owner).await.unwrap();
        assert_eq!(here.open("/sessions").await.table("#sessions").len(), 1, "{over}");
        assert_eq!(there.get("/").await.status, 303, "{over}");
    }
}

#[tokio::test]
async fn no_token_and_no_hash_is_on_the_page() {
    let app = TestApp::start().await;
    let [here, there] = at_places(&app, "wang").await;
    let html = here.open("/sessions").await.html;
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    let mut secrets: Vec<String> =
        sqlx::query_scalar("select encode(token_hash, 'hex') from sessions").fetch_all(&mut owner).await.unwrap();
    secrets.extend([&here, &there].map(|person| person.cookie().split_once("session=").unwrap().1.to_owned()));
    assert_eq!(secrets.len(), 4);
    assert!(secrets.iter().all(|secret| !html.contains(&secret[..32])), "{html}");
}
