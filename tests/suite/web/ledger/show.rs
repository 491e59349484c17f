//! One case on its page.

use super::{clerk_with_case, to_ledger};
use crate::support::{SeedProblem, TestApp};

#[tokio::test]
async fn the_page_advises_and_says_alleged_before_the_decision() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let new = SeedProblem { county: 140403, unit, kind: "05", source: "self_inspection", found_on: "2019-06-03" };
    let problem = app.seed_problem(new).await;
    let clerk = app.clerk(140403).await;
    let case = to_ledger(&clerk, problem).await;
    let page = clerk.open(&case).await;
    let hints = page.texts("#hints .advice").join("\n");
    assert!(hints.contains("可作为裁量情节"), "{hints}");
    assert!(page.text().contains("已满7个工作日，尚未登记立案或不予立案"), "{}", page.text());
    assert!(page.text().contains("涉嫌违法事实"));
    assert!(!page.text().contains("超期立案"));
}

#[tokio::test]
async fn a_case_entered_by_mistake_is_taken_away_and_its_problem_stays() {
    let app = TestApp::start().await;
    let (clerk, case, problem) = clerk_with_case(&app).await;
    let page = clerk.open(&case).await;
    let gone = clerk.send(&page, &format!("{case}/remove"), &[]).await;
    assert!(clerk.follow(&gone).await.text().contains("案件已撤除"));
    assert_eq!(clerk.get(&case).await.status, 404);
    let again = to_ledger(&clerk, problem).await;
    clerk.fill(&format!("{again}/edit"), &[("case_filed_on", "6.12")]).await;
    let page = clerk.open(&again).await;
    assert!(!page.text().contains("撤除案件"), "a case that was filed stays");
    let token = page.value("form_token").unwrap();
    assert_eq!(clerk.post(&format!("{again}/remove"), &[("form_token", &token)]).await.status, 409);
}

#[tokio::test]
async fn a_body_without_power_to_fine_hands_the_case_to_the_city() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140471, "高新电子厂").await;
    let clerk = app.clerk(140471).await;
    let case = to_ledger(&clerk, problem).await;
    let page = clerk.open(&case).await;
    assert!(page.text().contains("请移送市局办理"), "{}", page.text());
    let handed = clerk.send(&page, &format!("{case}/to-city"), &[]).await;
    assert!(clerk.follow(&handed).await.text().contains("已移送市局办理"));
    assert_eq!(clerk.get(&format!("{case}/edit")).await.status, 403);
    assert_eq!(app.reviewer().await.get(&format!("{case}/edit")).await.status, 200);
}

#[tokio::test]
async fn the_city_gives_a_case_back_that_came_to_it_by_mistake() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140471, "高新电子厂").await;
    let (clerk, city) = (app.clerk(140471).await, app.reviewer().await);
    let case = to_ledger(&clerk, problem).await;
    let page = clerk.open(&case).await;
    let back = format!("{case}/to-county");
    assert_eq!(clerk.post(&back, &[("form_token", &page.value("form_token").unwrap())]).await.status, 409, "it has it");
    clerk.send(&clerk.open(&case).await, &format!("{case}/to-city"), &[]).await;
    let taken = clerk.open(&case).await;
    assert!(!taken.text().contains("退回县（区）办理"), "the county cannot take it back by itself");
    assert_eq!(clerk.post(&back, &[("form_token", &taken.value("form_token").unwrap())]).await.status, 403);
    let given = city.send(&city.open(&case).await, &back, &[]).await;
    assert!(city.follow(&given).await.text().contains("已退回县（区）办理"));
    assert_eq!(clerk.get(&format!("{case}/edit")).await.status, 200, "the county enters it again");

    clerk.send(&clerk.open(&case).await, &format!("{case}/to-city"), &[]).await;
    let decided = [("decided_on", "6.18"), ("decision_number", "环罚〔2019〕9号"), ("fine", "5"), ("case_filed_on", "6.12")];
    let decided = city.fill(&format!("{case}/edit"), &decided).await;
    assert_eq!(decided.status, 303, "{}", decided.text());
    let page = city.open(&case).await;
    assert!(!page.text().contains("退回县（区）办理"));
    assert_eq!(city.post(&back, &[("form_token", &page.value("form_token").unwrap())]).await.status, 409);
}
