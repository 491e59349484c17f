//! Figures: what counts, on which date, and that sums, rows and lists agree.

use crate::support::TestApp;
use crate::support::rows::{self, CAMPAIGN, Made};
use chrono::{Days, NaiveDate};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::BTreeMap;
use uuid::Uuid;
use zhengzhi::base::{CountyId, Scope};
use zhengzhi::figures::{self, How, List, Table};
use zhengzhi::problems::ProgressOn;
use zhengzhi::vocabulary::{EndedAs, Progress};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
}

async fn table(app: &TestApp, on: NaiveDate) -> Table {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    figures::by_county(reader.connection(), &app.whole(), CAMPAIGN, on).await.unwrap()
}

async fn total(app: &TestApp, on: NaiveDate, keys: &[&str]) -> Vec<i64> {
    let total = table(app, on).await.total();
    keys.iter().map(|key| total.get(key)).collect()
}

#[tokio::test]
async fn self_inspection_counts_who_owes_it_and_shows_stopped_units_apart() {
    let app = TestApp::start().await;
    let in_state = async |name: &str, unit: Value, state: Option<Value>| {
        let made = rows::unit(&app, 140403, name, unit).await;
        if let Some(state) = state {
            rows::self_inspection(&app, made, state).await;
        }
    };
    in_state("已自查", json!({}), Some(json!({}))).await;
    in_state("未登记", json!({}), None).await;
    in_state("拒不开展", json!({}), Some(json!({"state": "refused"}))).await;
    in_state("联系不上", json!({}), Some(json!({"state": "unreachable"}))).await;
    in_state("查无", json!({}), Some(json!({"state": "not_found"}))).await;
    in_state("不适用", json!({}), Some(json!({"state": "not_applicable"}))).await;
    in_state("停产一", json!({}), Some(json!({"state": "halted"}))).await;
    in_state("停产二", json!({"status": "halted"}), None).await;
    in_state("关闭", json!({"status": "closed", "status_since": "2019-06-15"}), None).await;
    in_state("自查后关闭", json!({"status": "closed", "status_since": "2019-06-15"}), Some(json!({}))).await;

    let keys = ["units", "to_inspect", "owed", "inspected", "unregistered", "refused", "unreachable", "halted"];
    assert_eq!(total(&app, day(27), &keys).await, [10, 8, 5, 2, 1, 1, 1, 2]);
    assert_eq!(table(&app, day(27)).await.total().inspected_rate().to_string(), "40.0%");
    assert_eq!(
        total(&app, day(14), &keys).await,
        [10, 10, 6, 2, 2, 1, 1, 2],
        "on the 14th the two were not closed yet, and one of them had not inspected itself"
    );
    assert_eq!(total(&app, day(9), &["inspected", "unregistered"]).await, [0, 9], "nothing was done before the 10th");
}

#[tokio::test]
async fn a_status_without_a_day_stays_until_the_day_of_the_next() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"status": "closed"})).await;
    let keys = ["units", "to_inspect"];
    assert_eq!(total(&app, day(14), &keys).await, [1, 0]);
    let clerk = app.clerk(140403).await;
    let form = format!("/units/{}/status", unit.id);
    assert_eq!(clerk.fill(&form, &[("status", "operating"), ("since", "6.18"), ("note", "恢复生产")]).await.status, 303);
    assert_eq!(total(&app, day(20), &keys).await, [1, 1]);
    assert_eq!(total(&app, day(14), &keys).await, [1, 0], "what was closed then is not opened by what came later");
    assert_eq!(clerk.fill(&form, &[("status", "halted"), ("since", "6.19")]).await.status, 303);
    assert_eq!(total(&app, day(18), &keys).await, [1, 1], "a second change keeps nothing more");
    app.history_holds().await;
}

#[tokio::test]
async fn a_units_status_is_that_of_the_date() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({"status": "closed", "status_since": "2019-06-20"})).await;
    for (status, since) in [("operating", "2019-06-03"), ("halted", "2019-06-12"), ("closed", "2019-06-20")] {
        rows::status(&app, unit, status, since).await;
    }
    let keys = ["to_inspect", "owed", "halted"];
    assert_eq!(total(&app, day(11), &keys).await, [1, 1, 0]);
    assert_eq!(total(&app, day(19), &keys).await, [1, 0, 1]);
    assert_eq!(total(&app, day(20), &keys).await, [0, 0, 0]);
}

#[tokio::test]
async fn a_problem_completed_on_the_29th_is_open_in_a_table_of_the_27th() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let row =
        json!({"found_on": "2019-06-25", "due_on": "2019-06-26", "completed_on": "2019-06-29", "verified_on": "2019-06-30"});
    rows::problem(&app, unit, row).await;
    let keys = ["problems", "not_started", "completed", "verified", "overdue", "due", "due_finished"];
    assert_eq!(total(&app, day(24), &keys).await, [0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(total(&app, day(26), &keys).await, [1, 1, 0, 0, 0, 1, 0], "due on the day itself is not overdue yet");
    assert_eq!(total(&app, day(27), &keys).await, [1, 1, 0, 0, 1, 1, 0]);
    assert_eq!(total(&app, day(29), &keys).await, [1, 0, 1, 0, 0, 1, 1]);
    assert_eq!(total(&app, day(30), &keys).await, [1, 0, 0, 1, 0, 1, 1]);
}

#[tokio::test]
async fn an_extension_counts_from_the_day_it_was_approved() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({"due_on": "2019-07-10", "first_due_on": "2019-06-15"})).await;
    rows::extension(&app, problem, "2019-06-15", "2019-06-25", "2019-06-18").await;
    rows::extension(&app, problem, "2019-06-25", "2019-07-10", "2019-06-28").await;
    assert_eq!(total(&app, day(17), &["overdue"]).await, [1], "overdue since the 15th");
    assert_eq!(total(&app, day(20), &["overdue"]).await, [0], "extended to the 25th");
    assert_eq!(total(&app, day(27), &["overdue"]).await, [1]);
    assert_eq!(total(&app, day(28), &["overdue"]).await, [0]);
}

#[tokio::test]
async fn rates_leave_out_what_was_handed_on_and_what_was_untrue() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let ended = |how: &str| json!({"ended_as": how, "ended_on": "2019-06-20", "due_on": "2019-06-20"});
    for row in [
        ended("closed_down"),
        ended("transferred"),
        ended("unfounded"),
        json!({"completed_on": "2019-06-20", "due_on": "2019-06-20"}),
        json!({"completed_on": "2019-06-20", "verified_on": "2019-06-21", "due_on": "2019-07-20"}),
        json!({"plan_filed_on": "2019-06-11", "due_on": "2019-06-12"}),
        json!({"begun_on": "2019-06-11"}),
    ] {
        rows::problem(&app, unit, row).await;
    }
    let total = table(&app, day(27)).await.total();
    assert_eq!((total.get("problems"), total.get("unfounded"), total.get("problem_units")), (6, 1, 1));
    assert_eq!(total.completion(), figures::Rate::new(3, 5));
    assert_eq!(total.due_completion(), figures::Rate::new(2, 3));
    assert_eq!(total.get("overdue"), 1);
    assert_eq!(table(&app, day(1)).await.total().completion().to_string(), "—");
}

#[tokio::test]
async fn cases_and_money_count_once_however_many_problems_they_cover() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let old = rows::problem(&app, unit, json!({"found_on": "2019-05-20"})).await;
    let problems = [old, rows::problem(&app, unit, json!({})).await, rows::problem(&app, unit, json!({})).await];
    let fined = json!({"decided_on": "2019-06-16", "fine_fen": 12_500_000, "exposed_on": "2019-06-20", "legal_reviewed_on": "2019-06-19"});
    let case = rows::case(&app, &problems, fined).await;
    rows::case(&app, &problems[..1], json!({"handled_by": "city_bureau", "decided_on": "2019-06-28", "fine_fen": 100})).await;
    rows::measure(&app, case, "detention_transfer", json!({"persons": 2})).await;
    rows::measure(&app, case, "detention_transfer", json!({"persons": null})).await;
    rows::measure(&app, case, "production_halt", json!({"removed": true})).await;
    rows::measure(&app, case, "daily_penalty", json!({"amount_fen": 5_000_000, "decided_on": "2019-06-28"})).await;

    let on_27 = table(&app, day(27)).await;
    let total = on_27.total();
    assert_eq!((total.get("problems"), total.get("found_now")), (3, 2), "older than the campaign: in 处罚, not in 本次发现");
    assert_eq!((total.get("cases"), total.get("filed"), total.get("decided")), (2, 2, 1));
    assert_eq!((total.shown("fine"), total.get("exposed")), ("12.5".to_owned(), 1));
    assert_eq!((total.get("detention_transfers"), total.get("detention_persons")), (2, 2), "件 are rows, 人 the known persons");
    assert_eq!((total.get("restrictions"), total.get("daily_penalties")), (0, 0), "entered in error; decided later");
    assert_eq!((on_27.by_city().get("filed"), on_27.by_city().get("fine")), (1, 0));
    let on_30 = table(&app, day(30)).await;
    assert_eq!((on_30.by_city().get("fine"), on_30.total().shown("daily_penalty_amount")), (100, "5".to_owned()));
}

#[tokio::test]
async fn what_is_not_decided_yet_is_no_penalty_and_no_leniency() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let case = rows::case(&app, &[problem], json!({"discretion": "lighter"})).await;
    let ordered =
        json!({"decided_on": null, "order_served_on": "2019-06-14", "recheck_on": "2019-06-20", "original_fine_fen": 10_000_000});
    rows::measure(&app, case, "daily_penalty", ordered).await;
    let before = total(&app, day(27), &["daily_penalties", "daily_penalty_amount", "lenient"]).await;
    assert_eq!(before, [0, 0, 0], "a row for the clock of the re-check is none, an intention is none");
    rows::measure(&app, case, "daily_penalty", json!({"decided_on": null, "amount_fen": 5_000_000})).await;
    let undated = total(&app, day(27), &["daily_penalties", "daily_penalty_amount"]).await;
    assert_eq!(undated, [1, 5_000_000], "an amount is decided, though its day be missing");
    rows::measure(&app, case, "daily_penalty", json!({"decided_on": "2019-06-22", "amount_fen": 60_000_000})).await;
    rows::case(&app, &[problem], json!({"discretion": "lighter", "decided_on": "2019-06-22"})).await;
    let after = total(&app, day(27), &["daily_penalties", "daily_penalty_amount", "lenient"]).await;
    assert_eq!(after, [2, 65_000_000, 1]);
}

/// The rule of the problems' own room on these dates.
fn progress_on(dates: &BTreeMap<&str, NaiveDate>, ended_as: Option<EndedAs>, on: NaiveDate) -> Progress {
    let day = |name: &str| dates.get(name).copied();
    ProgressOn {
        plan_filed_on: day("plan_filed_on"),
        begun_on: day("begun_on"),
        completed_on: day("completed_on"),
        verified_on: day("verified_on"),
        ended: ended_as.map(EndedAs::code).zip(day("ended_on")),
    }
    .at(on)
}

#[tokio::test]
async fn the_sql_of_states_says_what_the_rule_says_on_every_day() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let mut random = StdRng::seed_from_u64(20190603);
    let mut known = Vec::new();
    for _ in 0..60 {
        let mut dates = BTreeMap::new();
        for name in ["plan_filed_on", "begun_on", "completed_on", "verified_on", "ended_on"] {
            let allowed = name != "verified_on" || dates.contains_key("completed_on");
            if allowed && random.random_bool(0.5) {
                dates.insert(name, day(1) + Days::new(random.random_range(0..28)));
            }
        }
        let ended_as = dates.contains_key("ended_on").then(|| EndedAs::ALL[random.random_range(0..3)]);
        let mut row = json!({"found_on": "2019-06-01", "ended_as": ended_as});
        for (name, date) in &dates {
            row[*name] = json!(date);
        }
        known.push((rows::problem(&app, unit, row).await.id, dates, ended_as));
    }
    let sql = format!("select p.id, {} from problems p", figures::progress().replace("$date", "$1::date"));
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    for on in (1..=30).map(day) {
        let found = sqlx::query(AssertSqlSafe(sql.as_str())).bind(on).fetch_all(reader.connection()).await.unwrap();
        let found: BTreeMap<Uuid, String> = found.iter().map(|row| (row.get(0), row.get(1))).collect();
        for (id, dates, ended_as) in &known {
            assert_eq!(found[id], progress_on(dates, *ended_as, on).code(), "{dates:?} {ended_as:?} on {on}");
        }
    }
}

/// Random facts in three counties.
async fn invented(app: &TestApp) {
    let mut random = StdRng::seed_from_u64(28);
    let date = |random: &mut StdRng| json!(random.random_bool(0.7).then(|| day(1) + Days::new(random.random_range(0..29))));
    for (n, county) in [140403, 140403, 140404, 140404, 140404, 140471].into_iter().enumerate() {
        let unit = rows::unit(app, county, &format!("单位{n}"), json!({})).await;
        let state = ["inspected", "in_progress", "halted", "refused"][random.random_range(0..4)];
        rows::self_inspection(app, unit, json!({"state": state, "inspected_on": date(&mut random)})).await;
        let mut made: Vec<Made> = Vec::new();
        for _ in 0..random.random_range(1..5) {
            let source = ["self_inspection", "county_inspection", "central_inspection"][random.random_range(0..3)];
            let row = json!({"source": source, "found_on": date(&mut random), "due_on": date(&mut random), "completed_on": date(&mut random)});
            made.push(rows::problem(app, unit, row).await);
        }
        let handled_by = ["county_bureau", "city_bureau"][random.random_range(0..2)];
        let fine = json!({"handled_by": handled_by, "decided_on": date(&mut random), "fine_fen": random.random_range(1..9_000_000), "shut_down": n % 2 == 0});
        let case = rows::case(app, &made, fine).await;
        for kind in ["daily_penalty", "sealing", "production_limit", "detention_transfer", "criminal_transfer"] {
            rows::measure(app, case, kind, json!({"decided_on": date(&mut random), "amount_fen": 100, "persons": 1})).await;
        }
    }
}

#[tokio::test]
async fn the_city_is_the_sum_of_its_counties_and_a_county_sees_its_own_row() {
    let app = TestApp::start().await;
    invented(&app).await;
    let all = table(&app, day(20)).await;
    assert_eq!(all.rows.len(), 13);
    for county in [140403, 140404, 140471] {
        let scope = Scope::county(CountyId(county));
        let mut reader = app.app.db.reader(&scope).await.unwrap();
        let own = figures::by_county(reader.connection(), &scope, CAMPAIGN, day(20)).await.unwrap();
        assert_eq!(own.rows.len(), 1);
        assert_eq!(own.of(CountyId(county)), all.of(CountyId(county)));
    }
    let total = all.total();
    for figure in figures::figures() {
        let sum: i64 = all.rows.iter().map(|row| row.values.get(figure.key)).sum();
        assert_eq!(total.get(figure.key), sum, "{}", figure.key);
    }
    assert!(total.get("daily_penalty_amount") > 0 && total.get("overdue") > 0 && total.get("shut_down") > 0);
    let states = ["not_started", "plan_filed", "in_progress", "completed", "verified", "closed_down", "transferred"];
    assert_eq!(total.get("problems"), states.iter().map(|key| total.get(key)).sum::<i64>());
}

#[tokio::test]
async fn behind_every_figure_stand_exactly_its_rows() {
    let app = TestApp::start().await;
    invented(&app).await;
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    for on in [day(8), day(20), day(30)] {
        let total = figures::in_detail(reader.connection(), &scope, CAMPAIGN, on).await.unwrap().total();
        for figure in figures::figures().iter().chain(figures::details()) {
            let rows = figures::rows(figure.key, 1, 2, 3).unwrap();
            let found: Vec<(i32, Uuid)> = sqlx::query_as(AssertSqlSafe(rows.sql))
                .bind(scope.ids())
                .bind(CAMPAIGN)
                .bind(on)
                .fetch_all(reader.connection())
                .await
                .unwrap();
            let (listed, counted) = (i64::try_from(found.len()).unwrap(), total.get(figure.key));
            match (figure.how, figure.over) {
                // A case with two measures of a kind is one line of the list.
                (How::Count, figures::Over::Measures) => assert!(listed <= counted, "{}", figure.key),
                (How::Count | How::DistinctUnits, _) => assert_eq!(listed, counted, "{} on {on}", figure.key),
                _ => assert_eq!(listed == 0, counted == 0, "{} on {on}", figure.key),
            }
            assert_eq!(rows.list == List::Units, figure.unit == "家", "{}", figure.key);
        }
    }
    assert!(figures::rows("nothing", 1, 2, 3).is_none());
}

#[tokio::test]
async fn money_that_stands_in_the_row_above_is_counted_there() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let said =
        |fen: i64, with_above: bool| json!({"source": "self_inspection", "invested_fen": fen, "invested_with_above": with_above});
    for (fen, with_above) in [(12_000_000, false), (5_000_000, true), (300_000, false)] {
        rows::problem(&app, unit, said(fen, with_above)).await;
    }
    assert_eq!(total(&app, day(27), &["own_invested"]).await, [12_300_000], "as the column of annex 1 adds up");
    let clerk = app.clerk(140403).await;
    assert!(clerk.open("/annexes/1").await.text().contains("整改投入12.3万元"));
    assert_eq!(clerk.open("/problems?figure=own_invested").await.table("table.list").len(), 2, "behind it stand its rows");
}
