//! Opening an account.

use crate::support::{Page, Person, TestApp};

fn password(page: &Page) -> String {
    page.texts("#secret-password").into_iter().next().unwrap_or_else(|| panic!("no password on {}: {}", page.path, page.text()))
}

const CLERK: [(&str, &str); 5] =
    [("name", "王建国"), ("login", "Wang-JG"), ("role", "county-clerk"), ("county", "140423"), ("office", "法规股")];

#[tokio::test]
async fn the_one_time_password_is_shown_once_and_opens_the_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let form = admin.open("/accounts/new").await;
    let made = admin.send(&form, "/accounts/new", &CLERK).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let secret = password(&made);
    assert_eq!(secret.len(), 16);
    assert!(made.headers.get("set-cookie").is_none(), "the password travels in no cookie");

    let again = admin.send(&form, "/accounts/new", &CLERK).await;
    assert_eq!(again.status, 303, "the same form once more makes nothing");
    let account = admin.follow(&again).await;
    assert!(account.text().contains("王建国") && account.text().contains("wang-jg"), "{}", account.text());
    assert!(!account.html.contains(&secret));

    let person = Person::stranger(&app);
    let signed = person.post("/login", &[("login", "wang-jg"), ("password", &secret)]).await;
    assert_eq!(signed.location.as_deref(), Some("/password"), "a one-time password is changed first");
    let home = person.open("/password").await;
    assert!(home.html.contains("长治市襄垣县环境保护局"));
}

#[tokio::test]
async fn a_form_that_cannot_stand_comes_back_as_typed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let page = admin.fill("/accounts/new", &[("name", "王建国"), ("login", "王 建国"), ("role", "county-clerk")]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("login").unwrap().contains("不能有空格"));
    assert!(page.error("county").unwrap().contains("请选择所属县区"));
    assert_eq!((page.value("name").as_deref(), page.value("login").as_deref()), (Some("王建国"), Some("王 建国")));
    assert_eq!(page.value("role").as_deref(), Some("county-clerk"));

    let auditor =
        admin.fill("/accounts/new", &[("name", "甲"), ("login", "jia"), ("role", "auditor"), ("legal_review", "yes")]).await;
    assert!(auditor.error("legal_review").unwrap().contains("审计员不能兼任"));
    let system = admin.fill("/accounts/new", &[("name", "甲"), ("login", "jia"), ("role", "system")]).await;
    assert_eq!(system.status, 422, "nobody becomes the system");
}

#[tokio::test]
async fn a_login_belongs_to_one_person() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    assert_eq!(admin.fill("/accounts/new", &CLERK).await.status, 200);
    let second = admin.fill("/accounts/new", &CLERK).await;
    assert_eq!(second.status, 422);
    assert!(second.error("login").unwrap().contains("已有人使用"));
    let mended = admin.send(&second, "/accounts/new", &[("login", "wang-jg2")]).await;
    assert_eq!(mended.status, 200, "a refused form has made nothing and may be sent again");
}

#[tokio::test]
async fn a_city_role_belongs_to_the_city_whatever_county_is_posted() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let fields = [("name", "李"), ("login", "li"), ("role", "city-reviewer"), ("county", "140423")];
    assert_eq!(admin.fill("/accounts/new", &fields).await.status, 200);
    let rows = admin.open("/accounts").await.table("#accounts");
    assert_eq!(rows.iter().find(|r| r[2] == "li").unwrap()[0], "长治市");
}
