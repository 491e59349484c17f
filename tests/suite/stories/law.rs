//! The law at work: a case with a seizure and a daily penalty shows its clocks and the facts for its discretion; its text is
//! published; its unit goes on the black list.

use crate::support::rows;
use crate::support::{Browser, PASSWORD, Person, TestApp};
use serde_json::json;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId};

const COUNTY: i32 = 140403;

/// A decided case with a seizure and a daily penalty, over one of two violations; the case's page.
async fn facts(app: &TestApp) -> String {
    let unit = rows::unit(app, COUNTY, "清漳焦化厂", json!({"contact_name": "王建国"})).await;
    let facts = json!({"kind": "07", "description": "厂长王建国私设暗管排放废水", "found_on": "2019-06-05"});
    let hidden = rows::problem(app, unit, facts).await;
    rows::problem(app, unit, json!({"found_on": "2019-06-14"})).await;
    let said = json!({"respondent": "清漳焦化厂", "case_number": "长环立〔2019〕1号", "case_filed_on": "2019-06-06",
        "decided_on": "2019-06-11", "decision_number": "长环罚〔2019〕1号", "fine_fen": 10_000_000});
    let case = rows::case(app, &[hidden], said).await;
    rows::measure(
        app,
        case,
        "sealing",
        json!({"number": "长环查〔2019〕1号", "from_on": "2019-06-06", "until_on": "2019-06-22"}),
    )
    .await;
    let penalty = json!({"original_fine_fen": 10_000_000, "order_served_on": "2019-06-06", "recheck_on": "2019-06-20"});
    rows::measure(app, case, "daily_penalty", penalty).await;
    format!("/ledger/{}", case.id)
}

#[tokio::test]
async fn a_case_runs_by_its_clocks_is_published_and_its_unit_listed() {
    let app = TestApp::start().await;
    app.account("zhaoxiaoyan", Role::CountyClerk, CountyId(COUNTY), false, false).await;
    app.account("limin", Role::CityReviewer, CITY, true, false).await;
    let case = facts(&app).await;
    let browser = Browser::start(&app).await;

    // The clerk sees the clocks, and an appraisal moves the end of the seizure.
    browser.sign_in("zhaoxiaoyan", PASSWORD).await;
    browser.open(&case).await;
    browser.sees("10万元 × 14天（6月7日至6月20日）= 140万元。测算，以决定书为准").await;
    browser.sees("至6月22日届满").await;
    browser.press("登记办案进程").await;
    browser.pick("what", "查封（长环查〔2019〕1号）：检测、检验、鉴定期间").await;
    browser.fill("happened_on", "6.10").await;
    browser.fill("until_on", "6.12").await;
    browser.press("保存").await;
    browser.sees("扣除检测、检验、鉴定期间3日（6月10日至6月12日），至6月25日届满").await;
    browser.press("法定期限").await;
    browser.press("下周到期").await;
    browser.sees("2019-06-25").await;

    // What weighs on the decision is shown and not decided; the text is drafted without the name.
    browser.open(&case).await;
    browser.sees("属通知要求从严查处的情形").await;
    browser.sees("复查发现仍违法排放").await;
    browser.press("起草曝光稿").await;
    browser.tick("已逐句核对").await;
    browser.press("保存").await;
    browser.sees("王某某私设暗管").await;
    browser.sign_out().await;

    // The legal officer is told, reviews it and publishes it.
    browser.sign_in("limin", PASSWORD).await;
    browser.press("1件曝光稿待法规审核").await;
    browser.press("清漳焦化厂逃避监管排污案").await;
    browser.press("法规审核通过").await;
    browser.press("发布到公开页面").await;
    browser.sees("已发布").await;

    // The unit offended twice: a candidate, proposed and told; listing waits for the time of objection.
    browser.press("黑名单").await;
    browser.press("拟列入").await;
    browser.press("保存").await;
    browser.fill("notice_number", "环信告〔2019〕1号").await;
    browser.fill("notice_served_on", "今天").await;
    browser.press("登记送达").await;
    browser.sees("拟列入，已告知").await;
    browser.press("法规审核通过").await;
    browser.sees("异议期至2019-06-27，期满后方可决定列入").await;
    browser.quit().await;

    // And the public reads the text, and no more.
    let stranger = Person::stranger(&app);
    let page = stranger.open("/public/cases").await;
    assert!(page.text().contains("王某某私设暗管") && !page.html.contains("王建国"));
    app.history_holds().await;
}
