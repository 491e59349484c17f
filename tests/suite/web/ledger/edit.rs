//! The facts of a case edited.

use super::clerk_with_case;
use crate::support::TestApp;

#[tokio::test]
async fn a_clerk_records_the_decision() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let fields = [
        ("case_filed_on", "6.12"),
        ("decided_on", "6.19"),
        ("decision_number", "潞环罚〔2019〕8号"),
        ("fine", "12.5"),
        ("discretion", "lighter"),
        ("county_id", "140404"),
    ];
    let saved = clerk.fill(&format!("{case}/edit"), &fields).await;
    let page = clerk.follow(&saved).await;
    assert!(page.text().contains("12.5万元") && page.text().contains("已决定"), "{}", page.text());
    assert!(page.text().contains("裁量理由 待补"), "a missing reason is a mark, not a refusal: {}", page.text());
    assert_eq!(clerk.open("/ledger").await.table("#cases").len(), 1, "a posted county has no effect");
}

#[tokio::test]
async fn a_second_editor_keeps_what_they_typed_and_sees_the_first() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let edit = format!("{case}/edit");
    let late = clerk.open(&edit).await;
    let first = clerk.fill(&edit, &[("case_number", "潞环罚立〔2019〕1号"), ("order_number", "潞环责改〔2019〕2号")]).await;
    assert_eq!(first.status, 303);

    let page = clerk.send(&late, &edit, &[("case_number", "潞环罚立〔2019〕9号"), ("remark", "当日移交")]).await;
    assert_eq!(page.status, 409);
    assert!(page.text().contains("您的内容已保留，未覆盖对方"), "{}", page.text());
    assert_eq!(page.table("#conflict"), [["案号", "", "潞环罚立〔2019〕1号", "潞环罚立〔2019〕9号"]]);
    assert_eq!(page.value("case_number").as_deref(), Some("潞环罚立〔2019〕9号"));
    assert_eq!(page.value("remark").as_deref(), Some("当日移交"));
    assert_eq!(page.value("order_number").as_deref(), Some("潞环责改〔2019〕2号"), "what only the first changed is taken over");
    assert_eq!(clerk.send(&page, &edit, &[]).await.status, 303, "and saving again is saving");
}

#[tokio::test]
async fn an_impossible_order_of_dates_stands_at_its_field() {
    let app = TestApp::start().await;
    let (clerk, case, _) = clerk_with_case(&app).await;
    let page = clerk.fill(&format!("{case}/edit"), &[("case_filed_on", "6.15"), ("decided_on", "6.14")]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("decided_on").unwrap().contains("早于立案日期"));
    assert_eq!(page.value("decided_on").as_deref(), Some("6.14"), "as typed");
}

#[tokio::test]
async fn somebody_elses_case_is_like_none() {
    let app = TestApp::start().await;
    let (_, case, _) = clerk_with_case(&app).await;
    let neighbour = app.clerk(140404).await;
    let token = neighbour.open("/ledger").await.value("form_token").unwrap();
    for page in ["", "/edit", "/problems", "/measures/new", "/exposure"] {
        assert_eq!(neighbour.get(&format!("{case}{page}")).await.status, 404, "{page}");
    }
    for act in ["/edit", "/problems", "/measures/new", "/to-city", "/to-county", "/remove", "/exposure"] {
        assert_eq!(neighbour.post(&format!("{case}{act}"), &[("form_token", &token)]).await.status, 404, "{act}");
    }
    let none = format!("/ledger/{}", uuid::Uuid::from_u128(1));
    let heading = |page: crate::support::Page| page.texts("h1");
    assert_eq!(heading(neighbour.get(&none).await), heading(neighbour.get(&case).await));
}
