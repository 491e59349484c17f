//! 上期以来变化: figures then and now, and whose data stand still.

use crate::support::TestApp;
use zhengzhi::base::ability::Enter;
use zhengzhi::base::{Cells, Clock, Clocks, CountyId};
use zhengzhi::units::{self, NewUnit, UnitChanges};
use zhengzhi::{accounts, history};

/// A unit registered at a moment of business time.
async fn unit_at(app: &TestApp, county: i32, name: &str, moment: &str) -> uuid::Uuid {
    let clocks = Clocks::new(Clock::starting_at(chrono::DateTime::parse_from_rfc3339(moment).unwrap()));
    let (db, key) = (&app.app.db, &app.app.key);
    let mut writing = history::Writing::begin(db, key, clocks, accounts::system_actor(), &app.whole()).await.unwrap();
    let mut cells = Cells::default();
    let new = NewUnit { county: CountyId(county), facts: UnitChanges::read(cells.set("name", name)).unwrap() };
    let permit = writing.permit::<Enter>(CountyId(county)).unwrap();
    let id = units::add(&mut writing, &permit, &new).await.unwrap();
    writing.commit().await.unwrap();
    id
}

#[tokio::test]
async fn the_figures_of_the_last_period_stand_beside_those_of_now() {
    let app = TestApp::start().await;
    let unit = unit_at(&app, 140403, "甲厂", "2019-06-10T10:00:00+08:00").await;
    unit_at(&app, 140404, "乙厂", "2019-06-12T10:00:00+08:00").await;
    let clerk = app.clerk(140403).await;
    let done = [("self_inspection", "inspected"), ("self_inspected_on", "6.19"), ("has_problem", "none")];
    assert_eq!(clerk.fill(&format!("/units/{unit}/self-inspection"), &done).await.status, 303);
    let reviewer = app.reviewer().await;
    let page = reviewer.open("/supervision/changes").await;
    assert!(page.text().contains("截至6月16日24时"), "the week is the campaign's rhythm: {}", page.text());
    let rows = page.table("#moved");
    assert_eq!(rows[0][..2], ["潞州区".to_owned(), "1 +1".to_owned()]);
    assert_eq!(rows[0][10], "今日");
    assert_eq!(rows[1][..2], ["上党区".to_owned(), "0".to_owned()]);
    assert!(rows[1][10].contains("数据无变化 8日"), "{:?}", rows[1]);
    assert!(rows[2][10].contains("尚无数据"));
    assert_eq!(rows.last().unwrap()[..2], ["合计".to_owned(), "1 +1".to_owned()]);
    assert!(page.text().contains("数据3日无变化的：上党区"));
}

#[tokio::test]
async fn a_frozen_snapshot_may_stand_for_then() {
    let app = TestApp::start().await;
    let reviewer = app.reviewer().await;
    let today = reviewer.open("/today").await;
    assert_eq!(reviewer.send(&today, "/today/freeze", &[]).await.status, 303);
    app.seed_violation(140403, "潞州焦化有限公司").await;
    let page = reviewer.open("/supervision/changes").await;
    let option = page.attribute("#f-since option:last-child", "value").unwrap();
    let page = reviewer.open(&format!("/supervision/changes?since={option}")).await;
    assert!(page.text().contains("市级快照第1号"));
    assert_eq!(page.table("#moved")[0][2], "1 +1");
    assert_eq!(reviewer.get("/supervision/changes?since=keine").await.status, 404);
    assert_eq!(app.clerk(140403).await.get("/supervision/changes").await.status, 403);
}
