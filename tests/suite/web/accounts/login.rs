//! Signing in.

use crate::support::{PASSWORD, Person, TestApp};
use sqlx::{ConnectOptions as _, Connection as _};
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

const RIGHT: &str = "漳河水清清，又到六月好时节";

#[tokio::test]
async fn a_clerk_signs_in_and_lands_where_they_wanted_to_go() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    let sent = person.get("/password?q=焦化").await;
    assert_eq!(
        (sent.status, sent.location.as_deref()),
        (303, Some("/login?next=%2Fpassword%3Fq%3D%25E7%2584%25A6%25E5%258C%2596"))
    );

    let page = person.fill_to("/login?next=/", "/login", &[("login", " WANG "), ("password", RIGHT)]).await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some("/")));
    let home = person.open("/").await;
    assert!(home.html.contains("长治市潞州区环境保护局"));
    assert!(home.html.contains("距6月28日24时报送还有8天"), "the countdown is on every page");
    assert!(home.html.contains("演练时钟"), "a rehearsal clock is said on every page");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    for evil in ["/%09/evil.cn", "%09//evil.cn", "/%0A/evil.cn", "/%5Cevil.cn", "//evil.cn"] {
        let page = person.fill_to(&format!("/login?next={evil}"), "/login", &[("login", "wang"), ("password", RIGHT)]).await;
        assert_eq!((page.status, page.location.as_deref()), (303, Some("/")), "{evil}");
    }
    let posted = person.post("/login", &[("login", "wang"), ("password", RIGHT), ("next", "/\t/evil.cn")]).await;
    assert_eq!((posted.status, posted.location.as_deref()), (303, Some("/")));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_the_same() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    let wrong = person.post("/login", &[("login", "wang"), ("password", "不对的密码不对的密码")]).await;
    let unknown = person.post("/login", &[("login", "li"), ("password", "不对的密码不对的密码")]).await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(wrong.error("login"), unknown.error("login"));
    assert_eq!(wrong.value("login").as_deref(), Some("wang"), "what was typed is kept");
    assert_eq!(wrong.value("password").as_deref(), Some(""), "but never the password");
}

#[tokio::test]
async fn a_login_that_no_account_can_have_is_a_wrong_one() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    let long = "王".repeat(5000);
    for login in ["\0", "wang\0", &long] {
        let page = person.post("/login", &[("login", login), ("password", RIGHT)]).await;
        assert_eq!((page.status, page.error("login").is_some()), (422, true), "{}", page.text());
    }
    let history = app.auditor().await.open("/history").await.text();
    assert!(history.contains("登录名wang\u{fffd}，来自127.0.0.1"), "each is noted, as others are: {history}");
}

#[tokio::test]
async fn after_five_failures_the_door_slows_down_but_never_locks() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let person = Person::stranger(&app);
    for _ in 0..5 {
        assert_eq!(person.post("/login", &[("login", "wang"), ("password", "不对")]).await.status, 422);
    }
    let slowed = person.post("/login", &[("login", "wang"), ("password", RIGHT)]).await;
    assert_eq!(slowed.status, 429, "even the right password waits");
    assert!(slowed.error("password").unwrap().contains("账号没有被锁定"));
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(person.post("/login", &[("login", "wang"), ("password", RIGHT)]).await.status, 303);
}

#[tokio::test]
async fn a_first_password_must_be_changed_before_anything_else() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, true).await;
    let person = Person::stranger(&app);
    let page = person.post("/login", &[("login", "wang"), ("password", RIGHT)]).await;
    assert_eq!(page.location.as_deref(), Some("/password"));
    assert_eq!(person.get("/").await.location.as_deref(), Some("/password"));

    let weak = person.fill("/password", &[("current", RIGHT), ("new", "changzhi1234"), ("again", "changzhi1234")]).await;
    assert_eq!(weak.status, 422);
    assert!(weak.error("new").unwrap().contains("过于简单"));
    let new = "上党从来天下脊，六月槐花香";
    let done = person.fill("/password", &[("current", RIGHT), ("new", new), ("again", new)]).await;
    assert_eq!(done.location.as_deref(), Some("/login"), "every session ends with the old password");
    assert_eq!(person.get("/").await.location.as_deref(), Some("/login"));
    assert_eq!(person.post("/login", &[("login", "wang"), ("password", new)]).await.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let home = clerk.open("/").await;
    let out = clerk.send(&home, "/logout", &[]).await;
    assert_eq!(out.location.as_deref(), Some("/login"));
    assert_eq!(clerk.get("/").await.status, 303);
}

#[tokio::test]
async fn what_was_typed_while_the_session_ran_out_stands_in_the_form_again() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let typed = [("name", "漳泽水泥厂"), ("township", "马厂镇"), ("address", "")];
    let form = clerk.open("/units/new").await;
    let mut connection = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::query("update sessions set ended_at = created_at").execute(&mut connection).await.unwrap();

    let lost = clerk.send(&form, "/units/new", &typed).await;
    assert_eq!(lost.status, 303);
    let door = lost.location.unwrap();
    assert!(door.starts_with("/login?next=%2Funits%2Fnew%3Fdraft%3D"), "{door}");
    assert!(clerk.open(&door).await.text().contains("已保留"));
    let login = clerk.actor.as_ref().unwrap().name.trim_start_matches("测试").to_owned();
    let back = clerk.fill_to(&door, "/login", &[("login", &login), ("password", PASSWORD)]).await;
    let page = clerk.open(&back.location.unwrap()).await;
    assert_eq!((page.value("name").as_deref(), page.value("township").as_deref()), (Some("漳泽水泥厂"), Some("马厂镇")));
    assert!(page.text().contains("尚未保存"), "nothing pretends to be saved");
    let saved = clerk.send(&page, "/units/new", &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
}

#[tokio::test]
async fn a_lost_form_is_shown_to_nobody_else_and_no_password_is_kept() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let form = clerk.open("/units/new").await;
    let password = clerk.open("/password").await;
    let mut connection = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::query("update sessions set ended_at = created_at").execute(&mut connection).await.unwrap();
    let door = clerk.send(&form, "/units/new", &[("name", "漳泽水泥厂")]).await.location.unwrap();
    let page = door.strip_prefix("/login?next=").unwrap().replace("%2F", "/").replace("%3F", "?").replace("%3D", "=");

    let neighbour = app.clerk(140404).await;
    assert_eq!(neighbour.open(&page).await.value("name").as_deref(), Some(""), "another account finds an empty form");
    clerk.send(&password, "/password", &[("current", PASSWORD), ("new", "上党从来天下脊"), ("again", "上党从来天下脊")]).await;
    let stranger = Person::stranger(&app);
    assert_eq!(stranger.post("/units/new", &[("name", "无人厂")]).await.location.as_deref(), Some("/login?next=%2Funits%2Fnew"));
    let kept: Vec<String> = sqlx::query_scalar("select typed::text from drafts").fetch_all(&mut connection).await.unwrap();
    assert_eq!(kept.len(), 1, "neither a password nor a stranger's form: {kept:?}");
    assert!(!kept[0].contains("form_token"), "{kept:?}");
}

#[tokio::test]
async fn another_site_and_a_form_of_nobody_are_refused() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let other = clerk.post_with("/logout", &[], &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(other.status, 403);
    let bare = clerk.post("/logout", &[]).await;
    assert_eq!(bare.status, 403);
    assert!(bare.text().contains("内容没有保存"), "{}", bare.text());
    assert_eq!(clerk.get("/").await.status, 200, "nothing happened");
}

#[tokio::test]
async fn every_answer_carries_its_headers_and_a_kind_page() {
    let app = TestApp::start().await;
    let missing = Person::stranger(&app).get("/nowhere").await;
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("没有找到这个页面或这条记录"), "{}", missing.text());
    let headers = &missing.headers;
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert_eq!(headers["x-frame-options"], "DENY");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(missing.html.contains(headers["x-request-id"].to_str().unwrap()), "the page names its request");
}

#[tokio::test]
async fn a_password_that_changes_while_it_is_checked_opens_no_session() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let stranger = Person::stranger(&app);
    // The sign-in has checked its password and waits for the account, which we hold.
    let mut hold = app.endpoint.owner_options().connect().await.unwrap();
    let mut lock = hold.begin().await.unwrap();
    sqlx::query("select 1 from accounts where login = 'wang' for update").execute(&mut *lock).await.unwrap();
    let fields = [("login", "wang"), ("password", PASSWORD)];
    let change = async {
        app.until_waiting(1).await;
        sqlx::query("update accounts set password_hash = '', version = version + 1 where login = 'wang'")
            .execute(&mut *lock)
            .await
            .unwrap();
        lock.commit().await.unwrap();
    };
    let (beaten, ()) = tokio::join!(stranger.post("/login", &fields), change);
    assert_eq!(beaten.status, 409, "{}", beaten.text());
    assert!(beaten.error("password").unwrap().contains("刚刚有变更") && !beaten.headers.contains_key("set-cookie"));
    assert_eq!(stranger.get("/").await.status, 303, "nobody is signed in");
    app.history_holds().await;
}
