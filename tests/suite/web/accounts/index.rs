//! The list of accounts.

use crate::support::TestApp;
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

#[tokio::test]
async fn the_administrator_sees_who_has_an_account_and_when_each_last_came() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.account("zhao", Role::CountyLead, CountyId(140431), true, true).await;
    app.account("qian", Role::CountyClerk, CountyId(140403), false, false).await;
    let page = admin.open("/accounts").await;
    let rows = page.table("#accounts");
    let row = |login: &str| rows.iter().find(|r| r[2] == login).unwrap_or_else(|| panic!("{login} is not listed: {rows:?}"));
    assert_eq!(row("zhao")[..5], ["沁源县", "测试zhao", "zhao", "县区审核签发", "是"]);
    assert_eq!(row("zhao")[6..], ["从未登录", "", "待改初始密码"]);
    assert_eq!((row("qian")[4].as_str(), row("qian")[8].as_str()), ("", "在用"));
    let own = rows.iter().find(|r| r[3] == "市局管理员").unwrap();
    assert_eq!((own[0].as_str(), own[7].as_str()), ("长治市", "127.0.0.1"), "the address of the last sign-in");
    let places: Vec<usize> = ["qian", "zhao"].iter().map(|l| rows.iter().position(|r| r[2] == *l).unwrap()).collect();
    assert!(places[0] < places[1], "in the customary order of counties");
    assert!(rows.iter().all(|r| r[2] != "system"), "nobody is the system account");
}

#[tokio::test]
async fn nobody_else_opens_the_list_or_an_account() {
    let app = TestApp::start().await;
    let actor = app.account("zhao", Role::CountyLead, CountyId(140403), false, false).await;
    for person in [app.clerk(140403).await, app.reviewer().await, app.auditor().await] {
        for path in ["/accounts".to_owned(), "/accounts/new".to_owned(), format!("/accounts/{}", actor.account)] {
            assert_eq!(person.get(&path).await.status, 403, "{path}");
        }
        let disabled = person.post(&format!("/accounts/{}/disable", actor.account), &[]).await;
        assert_eq!(disabled.status, 403);
    }
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let nobody = zhengzhi::base::new_id();
    assert_eq!(admin.get(&format!("/accounts/{nobody}")).await.status, 404);
    let system = zhengzhi::accounts::system_actor().account;
    assert_eq!(admin.get(&format!("/accounts/{system}")).await.status, 404, "the system account is nobody's to keep");
}
