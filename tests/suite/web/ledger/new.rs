//! A case made: over a problem with its form, or with one click.

use super::{clerk_with_case, to_ledger};
use crate::support::{SeedProblem, TestApp};

#[tokio::test]
async fn one_click_takes_a_problem_into_the_ledger_and_a_second_finds_it_there() {
    let app = TestApp::start().await;
    let (clerk, case, problem) = clerk_with_case(&app).await;
    let page = clerk.open(&case).await;
    assert!(page.text().contains("已转入台账，请补充办案信息"), "{}", page.text());
    assert!(page.text().contains("潞州焦化有限公司"));
    assert_eq!(to_ledger(&clerk, problem).await, case, "one problem, one click, one case");
    assert_eq!(clerk.open("/ledger").await.table("#cases").len(), 1);

    let another = page.links("#problems").into_iter().find(|(word, _)| word == "另立案件").unwrap().1;
    let second = clerk.fill_to(&another, "/ledger/new", &[("respondent", "张某")]).await;
    assert_ne!(second.location, Some(case), "one violation may bring two decisions");
    assert_eq!(clerk.open("/ledger").await.table("#cases").len(), 2);
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_case_and_both_lead_to_it() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let shown = clerk.open(&format!("/ledger/new?problem={problem}")).await;
    assert_eq!(shown.value("respondent").as_deref(), Some("潞州焦化有限公司"));
    assert_eq!(shown.value("clue_received_on").as_deref(), Some("2019-06-10"), "found by officers: the day it was found");
    let fields = [("case_filed_on", "6.12"), ("case_number", "潞环罚立〔2019〕5号")];
    let first = clerk.send(&shown, "/ledger/new", &fields).await;
    let second = clerk.send(&shown, "/ledger/new", &fields).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    assert_eq!(clerk.open("/ledger").await.table("#cases").len(), 1);
    let case = clerk.follow(&first).await;
    assert!(case.text().contains("潞环罚立〔2019〕5号") && case.text().contains("已立案"), "{}", case.text());
}

#[tokio::test]
async fn a_wrong_form_comes_back_with_everything_typed() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let fields = [("case_filed_on", "6.9"), ("fine", "若干"), ("remark", "夜间检查发现")];
    let page = clerk.fill_to(&format!("/ledger/new?problem={problem}"), "/ledger/new", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.error("case_filed_on").unwrap().contains("早于发现日期"));
    assert!(page.error("fine").unwrap().contains("不是金额"));
    assert_eq!(page.value("remark").as_deref(), Some("夜间检查发现"));
    assert!(clerk.open("/ledger").await.table("#cases").is_empty());
}

#[tokio::test]
async fn fifty_thousand_in_a_field_of_wan_is_asked_and_may_be_confirmed() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let fields = [("decided_on", "6.18"), ("fine", "50000")];
    let page = clerk.fill_to(&format!("/ledger/new?problem={problem}"), "/ledger/new", &fields).await;
    assert_eq!(page.status, 422);
    let question = page.question("fine").unwrap();
    assert!(question.contains("您填写50000，即5亿元，是否应为5万元？"), "{question}");
    let confirmed = clerk.send(&page, "/ledger/new", &[("confirm_fine", "yes")]).await;
    assert_eq!(confirmed.status, 303, "{}", confirmed.text());
}

#[tokio::test]
async fn the_neighbour_finds_nothing_and_the_auditor_may_not() {
    let app = TestApp::start().await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let neighbour = app.clerk(140404).await;
    assert_eq!(neighbour.get(&format!("/ledger/new?problem={problem}")).await.status, 404);
    let token = neighbour.open("/ledger").await.value("form_token").unwrap();
    let to_ledger = format!("/problems/{problem}/to-ledger");
    assert_eq!(neighbour.post(&to_ledger, &[("form_token", &token)]).await.status, 404);
    let sent = [("form_token", token.as_str()), ("problem_id", &problem.to_string())];
    assert_eq!(neighbour.post("/ledger/new", &sent).await.status, 404);
    for person in [app.auditor().await, app.admin().await] {
        assert_eq!(person.get(&format!("/ledger/new?problem={problem}")).await.status, 403);
        let token = person.open("/ledger").await.value("form_token").unwrap();
        assert_eq!(person.post(&to_ledger, &[("form_token", &token)]).await.status, 403);
    }
}

#[tokio::test]
async fn the_reviewer_enters_what_the_city_handles_in_any_county() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140423, "襄垣化工厂").await;
    let new = SeedProblem { county: 140423, unit, kind: "07", source: "city_supervision", found_on: "2019-06-05" };
    let problem = app.seed_problem(new).await;
    let reviewer = app.reviewer().await;
    let form = format!("/ledger/new?problem={problem}");
    let page = reviewer.open(&form).await;
    assert_eq!(page.texts("#f-handled_by option"), ["请选择", "市生态环境局"]);
    let forged = reviewer.fill_to(&form, "/ledger/new", &[("handled_by", "county_bureau")]).await;
    assert_eq!(forged.status, 422);
    assert!(forged.error("handled_by").unwrap().contains("由属地县（区）录入"));
    let made = reviewer.fill_to(&form, "/ledger/new", &[("case_filed_on", "6.6")]).await;
    let case = made.location.clone().unwrap();
    assert!(reviewer.follow(&made).await.text().contains("襄垣县"));

    let county = app.clerk(140423).await;
    let read = county.open(&case).await;
    assert!(read.text().contains("市生态环境局") && !read.text().contains("编辑案件"), "the county reads it: {}", read.text());
    assert_eq!(county.get(&format!("{case}/edit")).await.status, 403);
    assert_eq!(county.get(&format!("{case}/measures/new")).await.status, 403);
    let forged = county.fill_to(&form, "/ledger/new", &[("handled_by", "city_bureau")]).await;
    assert!(forged.error("handled_by").unwrap().contains("由市局录入"));
}

#[tokio::test]
async fn a_clerk_finds_the_unit_then_its_problem() {
    let app = TestApp::start().await;
    let (unit, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let found = clerk.open("/ledger/new?q=焦化").await;
    assert_eq!(found.links("#units"), [("潞州焦化有限公司".to_owned(), format!("/ledger/new?unit={unit}"))]);
    let problems = clerk.open(&format!("/ledger/new?unit={unit}")).await.links("#problems");
    assert_eq!(problems, [("登记案件".to_owned(), format!("/ledger/new?problem={problem}"))]);
    let neighbour = app.clerk(140404).await;
    assert!(neighbour.open("/ledger/new?q=焦化").await.text().contains("没有找到单位"));
    assert_eq!(neighbour.get(&format!("/ledger/new?unit={unit}")).await.status, 404);
    assert_eq!(neighbour.get("/ledger/new?unit=1").await.status, 404);
}

#[tokio::test]
async fn a_new_violation_makes_its_problem_and_its_case_together() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let form = format!("/ledger/new?unit={unit}");
    let typed = [
        ("source", "county_inspection"),
        ("problem_kind", "07"),
        ("problem", "雨排口旁私设暗管"),
        ("found_on", "6.11"),
        ("case_filed_on", "6.12"),
        ("fine", "50000"),
        ("remark", "夜查"),
    ];
    let asked = clerk.fill_to(&form, "/ledger/new", &typed).await;
    assert_eq!((asked.status, asked.value("problem").as_deref()), (422, Some("雨排口旁私设暗管")));
    assert!(asked.question("fine").unwrap().contains("是否应为5万元"));
    let early = clerk.send(&asked, "/ledger/new", &[("fine", "20"), ("case_filed_on", "6.10")]).await;
    assert!(early.error("case_filed_on").unwrap().contains("早于发现日期"));
    let nothing = clerk.open(&form).await;
    assert!(nothing.table("#problems").is_empty(), "a refused form leaves no problem behind");

    let made = clerk.send(&early, "/ledger/new", &[("case_filed_on", "6.12")]).await;
    let case = clerk.follow(&made).await;
    assert!(case.text().contains("雨排口旁私设暗管") && case.text().contains("20万元"), "{}", case.text());
    let again = clerk.send(&early, "/ledger/new", &[("case_filed_on", "6.12")]).await;
    assert_eq!(again.location, made.location);
    assert_eq!(clerk.open(&form).await.table("#problems").len(), 1);
}

#[tokio::test]
async fn a_new_violation_needs_a_unit_of_ones_own_and_its_source_may_come_later() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let made = clerk.fill_to(&format!("/ledger/new?unit={unit}"), "/ledger/new", &[("case_number", "1号")]).await;
    let case = clerk.follow(&made).await;
    assert_eq!(case.table("#problems")[0][3], "待补", "{}", case.text());
    assert!(clerk.open("/problems?gaps=yes").await.text().contains("潞州焦化有限公司"));
    assert!(clerk.open("/annexes/2").await.text().contains("潞州焦化有限公司"), "it stands in the ledger all the same");
    let neighbour = app.clerk(140404).await;
    let token = neighbour.open("/ledger").await.value("form_token").unwrap();
    let forged = [("form_token", token.as_str()), ("unit", &unit.to_string()), ("source", "county_inspection")];
    assert_eq!(neighbour.post("/ledger/new", &forged).await.status, 404);

    let reviewer = app.reviewer().await;
    let form = format!("/ledger/new?unit={unit}");
    let forged = reviewer.fill_to(&form, "/ledger/new", &[("source", "city_supervision"), ("handled_by", "police")]).await;
    assert_eq!(forged.status, 422);
    assert_eq!(reviewer.open(&form).await.table("#problems").len(), 1, "a refused case takes its problem along");
    let made = reviewer.fill_to(&form, "/ledger/new", &[("source", "city_supervision")]).await;
    assert!(reviewer.follow(&made).await.text().contains("市生态环境局"));
}

#[tokio::test]
async fn a_new_violation_that_the_unit_found_itself_marks_its_self_inspection() {
    let app = TestApp::start().await;
    for (county, city) in [(140403, false), (140404, true)] {
        let unit = app.seed_unit(county, "潞州焦化有限公司").await;
        let clerk = app.clerk(county).await;
        let reviewer = if city { Some(app.reviewer().await) } else { None };
        let person = reviewer.as_ref().unwrap_or(&clerk);
        let typed = [("source", "self_inspection"), ("problem_kind", "07"), ("problem", "私设暗管"), ("found_on", "6.11")];
        let made = person.fill_to(&format!("/ledger/new?unit={unit}"), "/ledger/new", &typed).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let shown = clerk.open(&format!("/units/{unit}/self-inspection")).await;
        let stands = ["self_inspection", "self_inspected_on", "has_problem"].map(|field| shown.value(field).unwrap_or_default());
        assert_eq!(stands, ["inspected", "2019-06-11", "some"], "{}", shown.text());
        assert!(!clerk.open("/submissions/check").await.text().contains("R02"), "conclusion and problems agree");
    }
}
