//! Annexes as files.

use crate::support::rows;
use crate::support::{TestApp, workbook};
use serde_json::json;
use zhengzhi::base::Scope;
use zhengzhi::history::{self, Filter};

#[tokio::test]
async fn a_county_takes_its_own_and_the_city_the_whole_book() {
    let app = TestApp::start().await;
    rows::unit(&app, 140403, "甲厂", json!({})).await;
    let clerk = app.clerk(140403).await;
    let (status, headers, bytes) = clerk.download("/annexes/1.xlsx").await;
    assert_eq!((status, workbook::sheets(&bytes)), (200, vec!["潞州区".to_owned()]));
    assert_eq!(headers["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_eq!(headers["content-length"].to_str().unwrap(), bytes.len().to_string());
    assert_eq!(headers["cache-control"], "no-store");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"annex1-140403-20190620.xlsx\"; filename*=UTF-8''"), "{disposition}");
    let name = disposition.split("''").nth(1).unwrap();
    assert_eq!(
        serde_urlencoded::from_str::<Vec<(String, String)>>(&format!("n={name}")).unwrap()[0].1,
        "附件1排污单位自查和整改情况表-潞州区-20190620.xlsx"
    );
    let reviewer = app.reviewer().await;
    let (_, _, book) = reviewer.download("/annexes/1.xlsx").await;
    assert_eq!(workbook::sheets(&book).len(), 14);
    let (_, _, one) = reviewer.download("/annexes/1.xlsx?county=140403").await;
    assert_eq!(workbook::sheets(&one), ["潞州区"]);
    let (_, _, roll_up) = reviewer.download("/annexes/roll-up.xlsx").await;
    assert_eq!(workbook::sheets(&roll_up), ["汇总表"]);
    let (_, _, own) = clerk.download("/annexes/roll-up.xlsx").await;
    let names: Vec<String> = workbook::grid(&own, "汇总表").into_iter().map(|row| row[0].clone()).collect();
    assert!(names.contains(&"潞州区".to_owned()) && !names.contains(&"高新区".to_owned()));
}

#[tokio::test]
async fn who_may_not_take_files_away_gets_none() {
    let app = TestApp::start().await;
    let auditor = app.auditor().await;
    for path in ["/annexes/1.xlsx", "/annexes/2.xlsx", "/annexes/roll-up.xlsx"] {
        assert_eq!(auditor.get(path).await.status, 403, "{path}");
        let clerk = app.clerk(140403).await;
        assert_eq!(clerk.get(&format!("{path}?county=140404")).await.status, 404, "{path}");
        assert_eq!(clerk.get(&format!("{path}?county=999999")).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn nothing_is_accepted_yet() {
    let app = TestApp::start().await;
    let reviewer = app.reviewer().await;
    let page = reviewer.get("/annexes/2.xlsx?from=accepted").await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("尚无已接收的报送"), "{}", page.text());
    assert_eq!(reviewer.get("/annexes/2.xlsx?from=elsewhere").await.status, 400);
    assert_eq!(reviewer.download("/annexes/2.xlsx?from=live").await.0, 200);
}

#[tokio::test]
async fn every_file_taken_away_is_in_the_history() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    clerk.download("/annexes/2.xlsx").await;
    assert_eq!(clerk.get("/annexes/2.xlsx?county=140404").await.status, 404);
    let scope = Scope::county(zhengzhi::base::CountyId(140403));
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let past = history::list(reader.connection(), &scope, &Filter::default()).await.unwrap();
    let files: Vec<_> = past.iter().filter(|p| p.record == "files").collect();
    assert_eq!(files.len(), 1, "what was refused was not taken");
    assert_eq!(files[0].action, "disclosed");
    assert_eq!(files[0].note.as_deref(), Some("附件2违法排污行为大整治工作台账-潞州区-20190620.xlsx，0行"));
}
