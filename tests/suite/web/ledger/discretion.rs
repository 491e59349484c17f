//! 供裁量参考 on a case's page.

use super::to_ledger;
use crate::support::{SeedProblem, TestApp};

#[tokio::test]
async fn a_self_report_entered_after_an_inspection_is_shown_as_such_and_nothing_is_decided() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let of = |source, kind, found_on| SeedProblem { county: 140403, unit, kind, source, found_on };
    let own = app.seed_problem(of("self_inspection", "05", "2019-06-12")).await;
    let clerk = app.clerk(140403).await;
    let case = to_ledger(&clerk, own).await;
    let before = clerk.open(&case).await.table("#advice");
    assert!(before[0][1].contains("此前无检查记录") && before[0][3] == "可审查是否从轻", "{before:?}");
    app.seed_problem(of("county_inspection", "13", "2019-06-15")).await;
    let page = clerk.open(&case).await;
    let row = page.table("#advice").remove(0);
    assert!(row[1].contains("检查后登记的自查：填报2019-06-12自查发现，系统登记于2019-06-20 10:00"), "{row:?}");
    assert!(row[2].contains("第二十七条") && row[2].contains("2018年1月1日起施行") && row[3] == "请核对", "{row:?}");
    assert!(page.text().contains("由承办人审查并写明理由，法规审核"));
    let edit = clerk.open(&format!("{case}/edit")).await;
    assert_eq!(edit.value("discretion").as_deref(), Some(""), "staff decide, not the page");
}

#[tokio::test]
async fn severe_kinds_and_refusal_are_named_and_never_lightened() {
    let app = TestApp::start().await;
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let new = SeedProblem { county: 140403, unit, kind: "07", source: "self_inspection", found_on: "2019-06-12" };
    let own = app.seed_problem(new).await;
    let clerk = app.clerk(140403).await;
    let case = to_ledger(&clerk, own).await;
    let penalty = [("kind", "daily_penalty"), ("original_fine", "10"), ("order_served_on", "6.6"), ("recheck_on", "6.20")];
    clerk.fill(&format!("{case}/measures/new"), &penalty).await;
    let rows = clerk.open(&case).await.table("#advice");
    assert!(rows.iter().any(|r| r[1].contains("属通知要求从严查处的情形") && r[3] == "可审查是否从重"), "{rows:?}");
    assert!(rows.iter().any(|r| r[0] == "拒不改正" && r[1].contains("2019-06-20复查发现仍违法排放")), "{rows:?}");
    assert!(rows.iter().all(|r| r[3] != "可审查是否从轻"), "{rows:?}");
}
