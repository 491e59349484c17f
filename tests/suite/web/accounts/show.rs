//! What an administrator does to an account.

use crate::support::{Person, TestApp};
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

const PASSWORD: &str = "漳河水清清，又到六月好时节";

/// An administrator, a clerk who is signed in, and the address of the clerk's account.
async fn office(app: &TestApp) -> (Person, Person, String) {
    let admin = app.admin().await;
    let actor = app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let path = format!("/accounts/{}", actor.account);
    let clerk = Person::signed_in(app, actor, "wang").await;
    (admin, clerk, path)
}

#[tokio::test]
async fn a_reset_ends_every_session_and_the_old_password() {
    let app = TestApp::start().await;
    let (admin, clerk, path) = office(&app).await;
    let page = admin.fill_to(&path, &format!("{path}/reset"), &[]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let secret = page.texts("#secret-password").remove(0);
    assert_eq!(clerk.get("/").await.status, 303, "the clerk is signed out");
    let stranger = Person::stranger(&app);
    assert_eq!(stranger.post("/login", &[("login", "wang"), ("password", PASSWORD)]).await.status, 422);
    let signed = stranger.post("/login", &[("login", "wang"), ("password", &secret)]).await;
    assert_eq!(signed.location.as_deref(), Some("/password"));
    assert!(!admin.open(&path).await.html.contains(&secret), "it stands on no later page");
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_may_come_back() {
    let app = TestApp::start().await;
    let (admin, clerk, path) = office(&app).await;
    let done = admin.fill_to(&path, &format!("{path}/disable"), &[]).await;
    let shown = admin.follow(&done).await;
    assert!(shown.text().contains("已停用"));
    assert_eq!(clerk.get("/").await.status, 303);
    let login = [("login", "wang"), ("password", PASSWORD)];
    assert_eq!(Person::stranger(&app).post("/login", &login).await.status, 422);

    let done = admin.send(&shown, &format!("{path}/enable"), &[]).await;
    assert!(admin.follow(&done).await.text().contains("在用"));
    assert_eq!(Person::stranger(&app).post("/login", &login).await.status, 303);
}

#[tokio::test]
async fn legal_review_is_given_and_taken_but_never_to_an_auditor() {
    let app = TestApp::start().await;
    let (admin, _, path) = office(&app).await;
    let action = format!("{path}/legal-review");
    let given = admin.fill_to(&path, &action, &[]).await;
    assert!(admin.follow(&given).await.text().contains("已授予法规审核权限"));
    let taken = admin.fill_to(&path, &action, &[]).await;
    assert!(admin.follow(&taken).await.text().contains("已取消法规审核权限"), "the button now takes it away");

    let auditor = app.account("shenji", Role::Auditor, CountyId(140400), false, false).await;
    let page = admin.open(&path).await;
    let refused = admin
        .post(
            &format!("/accounts/{}/legal-review", auditor.account),
            &[("form_token", &page.value("form_token").unwrap()), ("legal_review", "yes")],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#refused"), ["审计员不能兼任法规审核。"]);
}

#[tokio::test]
async fn an_administrator_does_not_disable_or_strip_the_own_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/accounts/{}", admin.actor.as_ref().unwrap().account);
    let page = admin.open(&path).await;
    assert!(page.text().contains("须由另一名管理员操作"));
    let token = page.value("form_token").unwrap();
    for (act, sentence) in
        [("disable", "不能停用自己的账号"), ("legal-review", "不能变更自己的法规审核权限"), ("reset", "修改密码")]
    {
        let refused = admin.post(&format!("{path}/{act}"), &[("form_token", &token), ("legal_review", "yes")]).await;
        assert_eq!(refused.status, 422, "{act}");
        assert!(refused.texts("#refused").concat().contains(sentence), "{act}: {}", refused.text());
    }
    assert_eq!(admin.get("/accounts").await.status, 200, "nothing happened");
    assert!(!admin.open(&path).await.text().contains("已停用"));
}

#[tokio::test]
async fn the_second_editor_keeps_what_was_typed_and_reads_what_the_first_did() {
    let app = TestApp::start().await;
    let (admin, _, path) = office(&app).await;
    let other = app.admin().await;
    let edit = format!("{path}/edit");
    let (mine, theirs) = (admin.open(&edit).await, other.open(&edit).await);
    let first = other.send(&theirs, &edit, &[("name", "王建军"), ("phone", "13811112222")]).await;
    assert_eq!(first.status, 303);

    let clash = admin.send(&mine, &edit, &[("name", "王建国"), ("office", "执法股")]).await;
    assert_eq!(clash.status, 409);
    assert_eq!(clash.table("#conflict table"), [["姓名", "测试wang", "王建军", "王建国"]]);
    assert!(clash.texts("#conflict").concat().contains("已采用对方内容：电话"), "{}", clash.text());
    assert_eq!(clash.value("name").as_deref(), Some("王建国"));
    assert_eq!((clash.value("phone").as_deref(), clash.value("office").as_deref()), (Some("13811112222"), Some("执法股")));

    let settled = admin.send(&clash, &edit, &[("name", "王建军")]).await;
    let shown = admin.follow(&settled).await;
    for word in ["王建军", "13811112222", "执法股"] {
        assert!(shown.text().contains(word), "{word}: {}", shown.text());
    }
}

#[tokio::test]
async fn a_name_is_needed_and_role_and_county_cannot_be_posted() {
    let app = TestApp::start().await;
    let (admin, clerk, path) = office(&app).await;
    let edit = format!("{path}/edit");
    let empty = admin.fill(&edit, &[("name", " "), ("office", "执法股")]).await;
    assert_eq!((empty.status, empty.error("name").is_some()), (422, true));
    assert_eq!(empty.value("office").as_deref(), Some("执法股"));
    let saved = admin.fill(&edit, &[("role", "city-admin"), ("county_id", "140400"), ("county", "140404")]).await;
    assert_eq!(saved.status, 303);
    assert!(admin.open(&path).await.text().contains("县区填报员"));
    assert_eq!(clerk.get("/accounts").await.status, 403, "a posted role has no effect");
}
