//! The text of a case on its way to the public.

use crate::support::rows::{self, Made};
use crate::support::{Person, TestApp};
use serde_json::json;
use zhengzhi::base::CITY;
use zhengzhi::base::role::Role;

async fn decided(app: &TestApp) -> Made {
    let said = json!({"contact_name": "王建国", "contact_phone": "13800001234"});
    let unit = rows::unit(app, 140403, "潞州焦化有限公司", said).await;
    let facts = json!({"kind": "07", "description": "厂长王建国私设暗管排放废水", "supervisor": "李卫东"});
    let problem = rows::problem(app, unit, facts).await;
    let said = json!({"respondent": "潞州焦化有限公司", "case_number": "潞环立〔2019〕1号", "decided_on": "2019-06-18",
        "decision_number": "潞环罚〔2019〕1号", "fine_fen": 50_000_000});
    rows::case(app, &[problem], said).await
}

async fn legal_officer(app: &TestApp) -> Person {
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    Person::signed_in(app, officer, "officer").await
}

/// Drafted and checked by the clerk; the address of the text.
async fn drafted(app: &TestApp, clerk: &Person, case: Made) -> String {
    let saved = clerk.fill(&format!("/ledger/{}/publication", case.id), &[("checked", "yes")]).await;
    let page = clerk.follow(&saved).await;
    assert!(page.text().contains("待法规审核"), "{}", page.text());
    app.history_holds().await;
    saved.location.unwrap()
}

#[tokio::test]
async fn a_text_is_drafted_redacted_reviewed_published_and_withdrawn() {
    let app = TestApp::start().await;
    let case = decided(&app).await;
    let clerk = app.clerk(140403).await;
    let choice = clerk.open("/exposures").await.table("#typical");
    assert_eq!(choice[0], ["潞州焦化有限公司", "逃避监管排污", "50", "0"], "to choose from");
    let draft = clerk.open(&format!("/ledger/{}/publication", case.id)).await;
    let text = draft.texts("[name=text]").join("");
    assert!(
        text.contains("王某某私设暗管")
            && !text.contains("王建国")
            && text.contains("长治市潞州区环境保护局作出行政处罚决定：罚款50万元"),
        "{text}"
    );
    let path = drafted(&app, &clerk, case).await;
    let stranger = Person::stranger(&app);
    let public = path.replace("/exposures/", "/public/cases/");
    assert_eq!(stranger.get(&public).await.status, 404, "not published");

    let officer = legal_officer(&app).await;
    let page = officer.open(&path).await;
    assert!(page.text().contains("法规审核通过") && !page.text().contains("发布到公开页面"));
    let reviewed = officer.send(&page, &format!("{path}/review"), &[]).await;
    let page = officer.follow(&reviewed).await;
    let published = officer.send(&page, &format!("{path}/publish"), &[]).await;
    assert!(officer.follow(&published).await.text().contains("已发布"));
    let case_page = clerk.open(&format!("/ledger/{}", case.id)).await.text();
    assert!(case_page.contains("2019-06-20 政府网站 长治市生态环境局网站"), "the exposure follows: {case_page}");

    let shown = stranger.open(&public).await;
    assert!(shown.text().contains("王某某私设暗管") && shown.text().contains("潞州区"));
    for hidden in ["王建国", "李卫东", "13800001234", "测试", "长环立"] {
        assert!(!shown.html.contains(hidden), "{hidden}");
    }
    assert!(stranger.open("/public/cases").await.text().contains("潞州焦化有限公司"));

    let page = officer.open(&path).await;
    let bare = officer.send(&page, &format!("{path}/withdraw"), &[("reason", "")]).await;
    assert_eq!(bare.status, 422);
    assert!(bare.error("reason").unwrap().contains("请写明撤下原因"));
    let gone = officer.send(&page, &format!("{path}/withdraw"), &[("reason", "当事人名称有误")]).await;
    let page = officer.follow(&gone).await.text();
    assert!(page.contains("已撤下") && page.contains("当事人名称有误"));
    assert_eq!(stranger.get(&public).await.status, 404);
    let again = clerk.open(&format!("/ledger/{}/publication", case.id)).await;
    assert_eq!(again.value("version").as_deref(), Some("0"), "a new text may be begun");
    app.history_holds().await;
}

#[tokio::test]
async fn the_public_page_is_kept_by_its_tag() {
    let app = TestApp::start().await;
    let url = format!("{}/public/cases", app.url);
    let client = reqwest::Client::new();
    let first = client.get(&url).send().await.unwrap();
    assert_eq!(first.headers()["cache-control"], "public, max-age=300");
    let tag = first.headers()["etag"].clone();
    let again = client.get(&url).header("if-none-match", tag.clone()).send().await.unwrap();
    assert_eq!((again.status().as_u16(), &again.headers()["etag"]), (304, &tag));
    assert!(again.text().await.unwrap().is_empty());
}

/// A clerk before the form for the text of a decided case, with its address.
async fn at_the_form() -> (TestApp, Made, Person, String) {
    let app = TestApp::start().await;
    let case = decided(&app).await;
    let clerk = app.clerk(140403).await;
    (app, case, clerk, format!("/ledger/{}/publication", case.id))
}

#[tokio::test]
async fn what_may_be_a_name_is_asked() {
    let (_app, _, clerk, form) = at_the_form().await;
    let text = ("text", "潞州焦化有限公司现场负责人张三私设暗管排放废水。");
    let asked = clerk.fill(&form, &[text]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.question("text").unwrap().contains("负责人张三私"), "the ledger knows nobody of that name");
    assert_eq!(clerk.fill(&form, &[("text", "现场负责人张某某私设暗管排放废水。")]).await.status, 303);
    assert_eq!(clerk.fill(&form, &[text, ("confirm_text", "yes")]).await.status, 303, "a person has looked");
}

#[tokio::test]
async fn what_is_personal_or_undecided_or_not_ones_own_is_refused() {
    let (app, case, clerk, form) = at_the_form().await;
    let wrong = clerk.fill(&form, &[("text", "负责人王建国，电话13800001234。"), ("checked", "yes")]).await;
    assert_eq!(wrong.status, 422);
    let error = wrong.error("text").unwrap();
    assert!(error.contains("姓名王建国") && error.contains("手机号13800001234"), "{error}");
    let path = drafted(&app, &clerk, case).await;
    let stale = clerk.fill(&form, &[("version", "7")]).await;
    assert_eq!(stale.status, 409);

    let page = clerk.open(&path).await;
    let token = page.value("form_token").unwrap_or_else(|| "x".into());
    for act in ["review", "publish", "withdraw"] {
        assert_eq!(clerk.post(&format!("{path}/{act}"), &[("form_token", &token)]).await.status, 403, "{act}");
    }
    let reviewer = app.reviewer().await;
    let token = reviewer.open("/password").await.value("form_token").unwrap();
    let early = reviewer.post(&format!("{path}/publish"), &[("form_token", &token)]).await;
    assert_ne!(early.status, 303, "not before the legal officer");
    assert_eq!(Person::stranger(&app).get(&path.replace("/exposures/", "/public/cases/")).await.status, 404);

    let neighbour = app.clerk(140404).await;
    for path in [&path, &form] {
        assert_eq!(neighbour.get(path).await.status, 404);
    }
    assert!(neighbour.open("/exposures").await.table("#exposures").is_empty());

    let unit = rows::unit(&app, 140403, "上马厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let open = rows::case(&app, &[problem], json!({})).await;
    let page = clerk.open(&format!("/ledger/{}/publication", open.id)).await;
    assert!(page.text().contains("尚未作出处罚决定，不能曝光") && page.value("text").is_none());
}

#[tokio::test]
async fn a_text_that_changed_under_the_officers_eyes_is_read_again() {
    let (app, case, clerk, form) = at_the_form().await;
    let path = drafted(&app, &clerk, case).await;
    let officer = legal_officer(&app).await;
    let seen = officer.open(&path).await;
    let other = [("text", "潞州焦化有限公司私设暗管排放废水，已责令改正。"), ("checked", "yes")];
    assert_eq!(clerk.fill(&form, &other).await.status, 303);
    let review = format!("{path}/review");
    let stale = officer.send(&seen, &review, &[]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("该记录已被他人修改"), "{}", stale.text());
    let page = officer.open(&path).await;
    assert!(page.text().contains("待法规审核") && page.text().contains("已责令改正"), "{}", page.text());
    assert_eq!(officer.send(&page, &review, &[]).await.status, 303);
}

#[tokio::test]
async fn a_text_is_not_published_over_another_decision() {
    let (app, case, clerk, form) = at_the_form().await;
    let path = drafted(&app, &clerk, case).await;
    let officer = legal_officer(&app).await;
    officer.send(&officer.open(&path).await, &format!("{path}/review"), &[]).await;
    let ready = officer.open(&path).await;
    assert!(ready.text().contains("发布到公开页面"), "{}", ready.text());
    let edit = format!("/ledger/{}/edit", case.id);
    assert_eq!(clerk.fill(&edit, &[("remark", "已归档")]).await.status, 303);
    assert!(officer.open(&path).await.text().contains("发布到公开页面"), "a remark is no decision");
    assert_eq!(clerk.fill(&edit, &[("fine", "48")]).await.status, 303);
    let review = officer.open(&format!("/ledger/{}", case.id)).await;
    officer.send(&review, &format!("/ledger/{}/review", case.id), &[]).await;
    let stale = officer.send(&ready, &format!("{path}/publish"), &[]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("处罚决定信息在法规审核之后有改动"), "{}", stale.text());
    assert!(!officer.open(&path).await.text().contains("发布到公开页面"));
    let mended = [("text", "潞州焦化有限公司私设暗管排放废水，罚款48万元。"), ("checked", "yes")];
    assert_eq!(clerk.fill(&form, &mended).await.status, 303);
    officer.send(&officer.open(&path).await, &format!("{path}/review"), &[]).await;
    let published = officer.send(&officer.open(&path).await, &format!("{path}/publish"), &[]).await;
    assert!(officer.follow(&published).await.text().contains("已发布"));
}
