//! Reminders and errors of the check that hang together: what can be explained, by whom, and what is none at all.

use super::{COUNTY, county, explained, handed_over, token};
use crate::support::{Page, Person, TestApp, rows};
use serde_json::json;

/// Explains findings of a rule: those given as their boxes hold them, or all.
async fn said(clerk: &Person, shown: &Page, rule: &str, ticked: &[String], reason: &str) -> Page {
    let token = token(shown);
    let mut fields = vec![("form_token", token.as_str()), ("rule", rule), ("reason", reason)];
    fields.extend(ticked.iter().map(|finding| ("finding", finding.as_str())));
    clerk.post("/submissions/check/explain", &fields).await
}

fn boxes(check: &Page, rule: &str) -> Vec<String> {
    check.attributes(&format!("#{rule} input[name=finding]"), "value")
}

#[tokio::test]
async fn each_pair_of_like_units_is_explained_and_the_county_files() {
    let app = TestApp::start().await;
    county(&app).await;
    for (name, site) in [("甲焦化厂", "一厂"), ("乙焦化厂", "二厂"), ("丙焦化厂", "三厂")] {
        let unit = rows::unit(&app, COUNTY, name, json!({"credit_code": "91350100M000100Y43", "site": site})).await;
        rows::self_inspection(&app, unit, json!({})).await;
    }
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await;
    let pairs = boxes(&check, "R09");
    assert_eq!(pairs.len(), 3, "three units make three pairs: {}", check.text());
    let one = said(&clerk, &check, "R09", &pairs[..1], "同一公司三个厂区").await;
    let check = clerk.follow(&one).await;
    assert_eq!(boxes(&check, "R09"), pairs[1..], "the others are open, the first stays explained");
    let rest = said(&clerk, &check, "R09", &[], "同一公司，厂区分别登记").await;
    let check = clerk.follow(&rest).await;
    let reasons = check.texts("#R09 li");
    assert!(reasons[0].contains("三个厂区") && reasons[1..].iter().all(|r| r.contains("分别登记")), "{reasons:?}");
    assert!(handed_over(&clerk).await.text().contains("待签发"));
    app.history_holds().await;
}

#[tokio::test]
async fn one_reason_answers_what_a_paragraph_asks_twice() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let asked = [("text", "召开动员会〔待补：次数〕次，出动人员〔待补：次数〕次。")];
    assert_eq!(clerk.fill("/summary/weak_more/edit", &asked).await.status, 303);
    let check = clerk.open("/submissions/check").await;
    let twice = check.texts("#R18 li").iter().filter(|text| text.contains("待补：次数")).count();
    assert_eq!(twice, 2, "{}", check.text());
    assert!(explained(&clerk).await.text().contains("核对无误，可以定稿"));
}

#[tokio::test]
async fn two_days_of_half_the_units_each_are_two_reminders() {
    let app = TestApp::start().await;
    for n in 0..50 {
        let unit = rows::unit(&app, COUNTY, &format!("排污单位{n}号"), json!({})).await;
        let day = if n % 2 == 0 { "2019-06-10" } else { "2019-06-12" };
        rows::self_inspection(&app, unit, json!({"inspected_on": day})).await;
    }
    let admin = app.admin().await;
    let tried = admin.open("/readiness/rules?rule=R23&value=50").await;
    assert_eq!(admin.send(&tried, "/readiness/rules", &[]).await.status, 303);
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await;
    assert_eq!(boxes(&check, "R23").len(), 2, "{}", check.text());
    let told = said(&clerk, &check, "R23", &[], "分两天集中自查").await;
    assert!(boxes(&clerk.follow(&told).await, "R23").is_empty());
}

#[tokio::test]
async fn a_colleagues_reason_is_not_overwritten_from_an_older_page() {
    let app = TestApp::start().await;
    county(&app).await;
    let unit = rows::unit(&app, COUNTY, "漳泽建材厂", json!({})).await;
    for description in ["粉尘外逸", "废水外排"] {
        rows::problem(&app, unit, json!({"description": description, "due_on": "2019-06-15", "measures": "改正"})).await;
    }
    let (clerk, colleague, third) = (app.clerk(COUNTY).await, app.clerk(COUNTY).await, app.clerk(COUNTY).await);
    let open = async |person: &Person| person.open("/submissions/check").await;
    let (stale, seen, older) = (open(&clerk).await, open(&colleague).await, open(&third).await);
    let both = boxes(&seen, "R17");
    assert_eq!(both.len(), 2, "{}", seen.text());
    assert_eq!(said(&colleague, &seen, "R17", &both[..1], "设备到货延迟").await.status, 303);
    let half = said(&clerk, &stale, "R17", &both, "另一说法").await;
    let check = clerk.follow(&half).await;
    assert!(check.html.contains("已说明1条提醒，另有1条已由他人说明或已有变化"), "{}", check.text());
    let stand = |check: &Page| {
        let reasons = check.texts("#R17 li");
        reasons[0].contains("设备到货延迟") && reasons[1].contains("另一说法")
    };
    assert!(stand(&check), "{}", check.text());
    for ticked in [&both[..], &[]] {
        let late = said(&third, &older, "R17", ticked, "第三种说法").await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("未覆盖对方。您填写的说明：“第三种说法”") && stand(&late), "{}", late.text());
    }
    app.history_holds().await;
}

/// A site of a unit with a problem, and a case over it.
async fn with_case(app: &TestApp, problem: serde_json::Value, case: serde_json::Value) -> rows::Made {
    let unit = rows::unit(app, COUNTY, "漳泽建材厂", json!({"site": case["case_number"]})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    let mut said = json!({"due_on": "2019-06-30", "measures": "限期改正"});
    said.as_object_mut().unwrap().extend(problem.as_object().unwrap().clone());
    let problem = rows::problem(app, unit, said).await;
    rows::case(app, &[problem], case).await
}

#[tokio::test]
async fn a_daily_penalty_waits_for_its_re_check_without_an_error() {
    let app = TestApp::start().await;
    let own = with_case(&app, json!({}), json!({"case_number": "长环立〔2019〕7号"})).await;
    let citys = json!({"case_number": "市环立〔2019〕8号", "handled_by": "city_bureau"});
    let citys = with_case(&app, json!({"source": "city_supervision"}), citys).await;
    let ordered = json!({"decided_on": null, "order_served_on": "2019-06-13"});
    for case in [own, citys] {
        rows::measure(&app, case, "daily_penalty", ordered.clone()).await;
    }
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await.text();
    assert!(!check.contains("R05 ") && !check.contains("R28 "), "the clock runs, nothing is decided: {check}");
    for case in [own, citys] {
        rows::measure(&app, case, "daily_penalty", json!({"amount_fen": 5_000_000, "order_served_on": "2019-06-13"})).await;
    }
    let check = clerk.open("/submissions/check").await;
    for rule in ["R05", "R28"] {
        let told = check.texts(&format!("#{rule} li")).concat();
        assert!(told.contains("按日连续处罚缺少原罚款、送达日期或复查日期"), "{rule}: {}", check.text());
    }
}

#[tokio::test]
async fn a_self_found_problem_that_was_none_may_keep_its_case() {
    let app = TestApp::start().await;
    county(&app).await;
    let ended = json!({"source": "self_inspection", "ended_as": "unfounded", "ended_on": "2019-06-16"});
    with_case(&app, ended, json!({"case_number": "长环立〔2019〕7号"})).await;
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await;
    assert!(check.texts("#R03").is_empty(), "annex 2 lists a filed case: {}", check.text());
    let told = check.texts("#R31 li").concat();
    assert!(told.contains("漳泽建材厂“物料堆场未覆盖”：已按“不属实”办结，附件2中仍有该问题的案件。"), "{}", check.text());
    assert!(explained(&clerk).await.text().contains("核对无误，可以定稿"), "with a reason the county files");

    let later = json!({"source": "self_inspection", "found_on": "2019-06-28"});
    with_case(&app, later, json!({"case_number": "长环立〔2019〕9号"})).await;
    let told = clerk.open("/submissions/check").await.texts("#R03 li").concat();
    assert!(told.contains("附件1中没有该问题"), "found after the data date, with a case before it: {told}");
}

#[tokio::test]
async fn a_fine_is_held_against_those_of_the_county() {
    let app = TestApp::start().await;
    for n in 1..=5 {
        let decided = json!({"case_number": format!("长环立〔2019〕{n}号"), "decided_on": "2019-06-18",
            "decision_number": format!("长环罚〔2019〕{n}号"), "fine_fen": if n == 5 { 200_000_000 } else { 2_000_000 }});
        with_case(&app, json!({}), decided).await;
    }
    let check = app.clerk(COUNTY).await.open("/submissions/check").await;
    let told = check.texts("#R21").concat();
    assert!(told.contains("为本县（区）案件中位数的100.0倍") && !told.contains("全市"), "{}", check.text());
}
