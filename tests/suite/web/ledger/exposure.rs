//! 法规审核 and 曝光.

use super::clerk_with_case;
use crate::support::{Person, TestApp, rows};
use serde_json::json;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId};

#[tokio::test]
async fn exposure_follows_decision_and_review_by_somebody_entitled() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let exposure = format!("{case}/exposure");
    let early = clerk.open(&exposure).await;
    assert!(
        early.text().contains("尚未作出处罚决定") && early.value("exposed_on").is_none(),
        "only the notice: {}",
        early.text()
    );
    let token = clerk.open(&case).await.value("form_token").unwrap();
    let forged = clerk.post(&exposure, &[("form_token", &token), ("exposed_on", "6.20"), ("exposure_media", "newspaper")]).await;
    assert_ne!(forged.status, 303);
    clerk.fill(&format!("{case}/edit"), &[("decided_on", "6.18"), ("fine", "20"), ("case_filed_on", "6.12")]).await;
    let unreviewed = clerk.open(&exposure).await;
    assert!(unreviewed.text().contains("法规审核") && unreviewed.value("exposed_on").is_none());

    let review = format!("{case}/review");
    let token = clerk.open(&case).await.value("form_token").unwrap();
    assert_eq!(clerk.post(&review, &[("form_token", &token)]).await.status, 403);
    let neighbour = app.account("neighbour", Role::CountyLead, CountyId(140404), true, false).await;
    let neighbour = Person::signed_in(&app, neighbour, "neighbour").await;
    let token = neighbour.open("/ledger").await.value("form_token").unwrap();
    assert_eq!(neighbour.post(&review, &[("form_token", &token)]).await.status, 404);
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    let officer = Person::signed_in(&app, officer, "officer").await;
    let page = officer.open(&case).await;
    let reviewed = officer.send(&page, &review, &[]).await;
    assert!(officer.follow(&reviewed).await.text().contains("法规审核：测试officer，2019-06-20"));

    let before = clerk.fill(&exposure, &[("exposed_on", "6.17")]).await;
    assert!(before.error("exposed_on").unwrap().contains("早于处罚决定日期"));
    let done =
        clerk.fill(&exposure, &[("exposed_on", "今天"), ("exposure_media", "newspaper"), ("exposure_outlet", "长治日报")]).await;
    assert!(clerk.follow(&done).await.text().contains("2019-06-20 报纸 长治日报"));
}

#[tokio::test]
async fn an_auditor_with_the_permission_still_reviews_nothing() {
    let app = TestApp::start().await;
    let (_, case, _) = clerk_with_case(&app).await;
    let auditor = app.account("auditor", Role::Auditor, CITY, true, false).await;
    let auditor = Person::signed_in(&app, auditor, "auditor").await;
    let token = auditor.open(&case).await.value("form_token").unwrap();
    assert_eq!(auditor.post(&format!("{case}/review"), &[("form_token", &token)]).await.status, 403);
}

#[tokio::test]
async fn a_countys_officer_does_not_review_what_the_city_handles() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let case = super::to_ledger(&app.reviewer().await, problem).await;
    let county = app.account("county", Role::CountyLead, CountyId(140403), true, false).await;
    let county = Person::signed_in(&app, county, "county").await;
    let token = county.open(&case).await.value("form_token").unwrap();
    assert_eq!(county.post(&format!("{case}/review"), &[("form_token", &token)]).await.status, 403);
}

#[tokio::test]
async fn a_case_that_changed_under_the_officers_eyes_is_read_again() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let edit = format!("{case}/edit");
    clerk.fill(&edit, &[("decided_on", "6.18"), ("fine", "20"), ("case_filed_on", "6.12")]).await;
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    let officer = Person::signed_in(&app, officer, "officer").await;
    let seen = officer.open(&case).await;
    assert_eq!(clerk.fill(&edit, &[("fine", "200"), ("confirm_fine", "yes")]).await.status, 303);
    let review = format!("{case}/review");
    let stale = officer.send(&seen, &review, &[]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("该记录已被他人修改"), "{}", stale.text());
    let page = officer.open(&case).await;
    assert!(page.text().contains("待法规审核"), "{}", page.text());
    assert_eq!(officer.send(&page, &review, &[]).await.status, 303);
}

#[tokio::test]
async fn the_home_of_a_legal_officer_leads_to_exactly_the_cases_that_wait() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "潞州焦化有限公司", json!({})).await;
    let decided = |respondent: &str, reviewed: Option<&str>| {
        json!({"respondent": respondent, "decided_on": "2019-06-18", "legal_reviewed_on": reviewed, "closed_on": null,
            "legal_reviewed_by": reviewed.map(|_| "法规")})
    };
    for case in [decided("待审甲", None), decided("已审乙", Some("2019-06-19")), json!({"respondent": "未决定丙"})] {
        let problem = rows::problem(&app, unit, json!({})).await;
        rows::case(&app, &[problem], case).await;
    }
    let mut closed = decided("已结案丁", None);
    closed["closed_on"] = json!("2019-06-19");
    let problem = rows::problem(&app, unit, json!({})).await;
    rows::case(&app, &[problem], closed).await;
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    let officer = Person::signed_in(&app, officer, "officer").await;
    let links = officer.open("/").await.links("main");
    let (words, href) = links.into_iter().find(|(words, _)| words.contains("已决定待法规审核")).unwrap();
    assert_eq!(words, "2件已决定待法规审核");
    let list = officer.open(&href).await;
    let found = list.texts("#cases th.w-name").concat();
    assert_eq!(list.table("#cases").len(), 2, "as many as the number says: {found}");
    assert!(found.contains("待审甲") && found.contains("已结案丁"), "{found}");
    let narrowed = officer.open(&format!("{href}&state=closed")).await;
    assert_eq!(narrowed.table("#cases").len(), 1, "with another condition");
    assert!(narrowed.links("nav.chips").iter().all(|(_, href)| href.contains("unreviewed=yes")), "the filter stays");
}
