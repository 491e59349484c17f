//! The invented data: the same for the same seed, in proportion, within its counties, and told by history.

use crate::support::{PROGRAM, TestApp};
use chrono::NaiveDate;
use sqlx::PgConnection;
use zhengzhi::demo;
use zhengzhi::history;
use zhengzhi::platform::database::Reader;

async fn filled() -> TestApp {
    let app = TestApp::start().await;
    demo::fill(&app.app.db, &app.app.key, app.app.clocks, |_| {}).await.unwrap();
    app
}

async fn generated(units: u32, seed: u64) -> (TestApp, demo::Written) {
    let app = TestApp::start().await;
    let written = demo::generate(&app.app.db, &app.app.key, app.app.clocks, units, seed, |_| {}).await.unwrap();
    (app, written)
}

async fn reader(app: &TestApp) -> Reader {
    app.app.db.reader(&app.whole()).await.unwrap()
}

async fn number(connection: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

/// One name a county, and how much of everything there is: what a second making must repeat.
async fn picture(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws('|', county_id, min(name), count(*), (select count(*) from problems p where p.county_id = u.county_id),
            (select string_agg(description, '' order by description) from problems p where p.county_id = u.county_id and kind = '07'),
            (select count(*) from cases c where c.county_id = u.county_id), (select sum(fine_fen) from cases c where c.county_id = u.county_id),
            (select count(*) from self_inspections s where s.county_id = u.county_id and s.state = 'inspected'))
         from units u group by county_id order by county_id",
    )
    .fetch_all(reader(app).await.connection())
    .await
    .unwrap()
}

async fn history_holds(app: &TestApp) -> u64 {
    let whole = app.whole();
    let verified = history::verify(reader(app).await.connection(), &whole, &app.app.key).await.unwrap();
    verified.unwrap_or_else(|broken| panic!("{broken}"))
}

#[tokio::test]
async fn the_demo_is_a_month_in_proportion() {
    let app = filled().await;
    let mut reader = reader(&app).await;
    let c = reader.connection();
    let units = number(c, "select count(*) from units").await;
    assert_eq!(units, 1_003, "a thousand, and three that moved and stand on two registers");
    assert_eq!(number(c, "select count(distinct county_id) from units").await, 13);
    assert_eq!(number(c, "select count(*) from units where county_id = 140400").await, 0, "the city has no field facts");
    for table in ["case_events", "exposures", "published_cases", "blacklistings"] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let rows: i64 = sqlx::query_scalar(sql).fetch_one(&mut *c).await.unwrap();
        assert!(rows > 5, "{table} is empty");
    }
    let between =
        |what: &str, value: i64, range: std::ops::RangeInclusive<i64>| assert!(range.contains(&value), "{what}: {value}");
    between("problems", number(c, "select count(*) from problems").await, 620..=780);
    between("cases", number(c, "select count(*) from cases").await, 210..=290);
    let inspected = number(c, "select count(*) from self_inspections where state = 'inspected'").await;
    between("inspected", inspected, 580..=660);
    let clear = number(c, "select count(*) from self_inspections where found = 'none'").await;
    assert!(clear * 10 > inspected * 6, "most find nothing: {clear} of {inspected}");
    assert_eq!(number(c, "select count(distinct state) from self_inspections").await, 8, "every state of self-inspection");
    assert_eq!(number(c, "select count(distinct kind) from measures").await, 7, "every measure");
    assert!(number(c, "select count(distinct source) from problems").await >= 10);
    for (what, sql) in [
        ("overdue", "select count(*) from problems where completed_on is null and ended_as is null and due_on < '2019-06-20'"),
        ("on the spot", "select count(*) from problems where on_the_spot"),
        (
            "plan filed only",
            "select count(*) from problems where plan_filed_on is not null and begun_on is null and completed_on is null",
        ),
        ("under way", "select count(*) from problems where begun_on is not null and completed_on is null"),
        ("to be verified", "select count(*) from problems where completed_on is not null and verified_on is null"),
        ("verified", "select count(*) from problems where verified_on is not null"),
        ("closed instead", "select count(*) from problems where ended_as = 'closed_down'"),
        ("unfounded", "select count(*) from problems where ended_as = 'unfounded'"),
        ("extended", "select count(*) from extensions"),
        ("gaps", "select count(*) from problems where kind is null or due_on is null or description is null"),
        ("by the city", "select count(*) from cases where handled_by = 'city_bureau'"),
        ("exposed", "select count(*) from cases where exposed_on is not null and legal_reviewed_on is not null"),
        ("closed units", "select count(*) from units where status = 'closed' and status_since is not null"),
        ("halted units", "select count(*) from units where status = 'halted' and status_since is not null"),
    ] {
        assert!(number(c, sql).await >= 3, "{what}");
    }
}

#[tokio::test]
async fn nothing_in_the_demo_lies_after_its_day_and_no_rule_is_broken() {
    let app = filled().await;
    let mut reader = reader(&app).await;
    let c = reader.connection();
    let last: NaiveDate = sqlx::query_scalar(
        "select greatest((select max(greatest(found_on, plan_filed_on, begun_on, completed_on, verified_on, ended_on)) from problems),
            (select max(greatest(order_on, case_filed_on, not_filed_on, decided_on, closed_on, exposed_on)) from cases),
            (select max(greatest(decided_on, served_on, lifted_on, recheck_on, police_on)) from measures),
            (select max(inspected_on) from self_inspections), (select max(since) from unit_statuses),
            (select max(business_at)::date from history))",
    )
    .fetch_one(&mut *c)
    .await
    .unwrap();
    assert!(last <= NaiveDate::from_ymd_opt(2019, 6, 20).unwrap(), "{last}");
    for (rule, sql) in [
        ("verified before completed", "select count(*) from problems where verified_on < completed_on"),
        ("completed before found", "select count(*) from problems where completed_on < found_on"),
        ("decided before filed", "select count(*) from cases where decided_on < case_filed_on"),
        ("exposed before decided", "select count(*) from cases where exposed_on < coalesce(decided_on, 'infinity')"),
        (
            "a case over nothing",
            "select count(*) from cases c where not exists (select 1 from case_problems p where p.case_id = c.id)",
        ),
        (
            "found nothing beside its own findings",
            "select count(*) from self_inspections s where found = 'none' and exists (select 1 from problems p
                where p.county_id = s.county_id and p.unit_id = s.unit_id and p.source = 'self_inspection')",
        ),
    ] {
        assert_eq!(number(c, sql).await, 0, "{rule}");
    }
    let filed: Vec<(String, i64)> =
        sqlx::query_as("select state, count(*) from submissions group by 1 order by 1").fetch_all(&mut *c).await.unwrap();
    let filed: Vec<_> = filed.iter().map(|(state, n)| (state.as_str(), *n)).collect();
    assert_eq!(
        filed,
        [("accepted", 2), ("filed", 1), ("handed_over", 1), ("returned", 1)],
        "five bodies file, the others not yet"
    );
    drop(reader);
    assert!(history_holds(&app).await > 3_000);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_data_and_another_gives_other() {
    let (one, two) = tokio::join!(generated(300, 7), generated(300, 7));
    assert_eq!(one.1, two.1);
    let (first, second) = (picture(&one.0).await, picture(&two.0).await);
    assert_eq!(first.len(), 13);
    assert_eq!(first, second);
    let other = generated(300, 8).await;
    assert_ne!(picture(&other.0).await, first);
}

#[tokio::test]
async fn load_data_is_in_proportion_and_each_row_is_in_the_history() {
    let (app, written) = generated(500, 2019).await;
    assert_eq!(written.units, 500);
    assert!((300..=400).contains(&written.problems), "{written:?}");
    assert!((90..=160).contains(&written.cases), "{written:?}");
    let entries = history_holds(&app).await;
    let mut reader = reader(&app).await;
    let c = reader.connection();
    let unrecorded = "select count(*) from (select county_id, id from units union all select county_id, id from problems
            union all select county_id, id from cases union all select county_id, id from self_inspections
            union all select county_id, id from measures) r
        where not exists (select 1 from history h where h.county_id = r.county_id and h.record_id = r.id)";
    assert_eq!(number(c, unrecorded).await, 0);
    assert!(entries > 1_000, "{entries}");
    assert_eq!(number(c, "select count(*) from accounts where role <> 'system'").await, 0, "it makes no accounts");
}

#[tokio::test]
async fn more_load_data_joins_what_is_there() {
    let (app, _) = generated(60, 2019).await;
    demo::generate(&app.app.db, &app.app.key, app.app.clocks, 60, 2019, |_| {}).await.unwrap();
    let mut reader = reader(&app).await;
    assert_eq!(number(reader.connection(), "select count(distinct (county_id, name)) from units").await, 120);
    demo::fill(&app.app.db, &app.app.key, app.app.clocks, |_| {}).await.unwrap();
    assert_eq!(number(reader.connection(), "select count(*) from units").await, 120, "the demo leaves what is there alone");
}

#[test]
fn a_taken_port_is_said_before_anything_is_built() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = tempfile::TempDir::new().unwrap();
    let orders = ["demo", "--listen", &address, "--data", data.path().to_str().unwrap()];
    let ended = std::process::Command::new(PROGRAM).args(orders).output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success() && said.contains("已被占用"), "{said}");
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "no database was begun");
}
