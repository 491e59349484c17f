//! Statutory clocks: what is counted from which fact, and what pauses it.

use crate::support::TestApp;
use crate::support::rows::{self, Made};
use chrono::NaiveDate;
use serde_json::json;
use zhengzhi::base::Scope;
use zhengzhi::clocks::{self, Clock, State, When};
use zhengzhi::vocabulary::ClockKind;
use zhengzhi::{calendar, ledger};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, month, day).unwrap()
}

/// A case of 潞州区 with these facts.
async fn case(app: &TestApp, said: serde_json::Value) -> Made {
    let unit = rows::unit(app, 140403, "潞州焦化有限公司", json!({"site": uuid::Uuid::now_v7().to_string()})).await;
    let problem = rows::problem(app, unit, json!({"kind": "05"})).await;
    rows::case(app, &[problem], said).await
}

async fn clocks_of(app: &TestApp, case: Made) -> Vec<Clock> {
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let calendar = calendar::load(reader.connection()).await.unwrap();
    let file = ledger::open(reader.connection(), &scope, case.id).await.unwrap().unwrap();
    let events = clocks::events_of(reader.connection(), &scope, case.id).await.unwrap();
    clocks::of_case(&file, &events, &calendar)
}

async fn clock(app: &TestApp, case: Made, kind: ClockKind) -> Clock {
    clocks_of(app, case).await.into_iter().find(|c| c.kind == kind).unwrap_or_else(|| panic!("no {kind:?}"))
}

#[tokio::test]
async fn filing_takes_seven_working_days_and_the_decision_three_months_without_what_does_not_count() {
    let app = TestApp::start().await;
    let open = case(&app, json!({"case_filed_on": null, "clue_received_on": "2019-06-03"})).await;
    let filing = clock(&app, open, ClockKind::Filing).await;
    assert_eq!(filing.ends_on, Some(day(6, 13)), "7 June was a holiday");
    assert_eq!((filing.state(day(6, 11)), filing.state(day(6, 13))), (State::Soon, State::Soon));
    assert!(filing.warning(day(6, 14)).unwrap().contains("已满7个工作日，尚未登记立案或不予立案"));
    assert!(filing.note().contains("第二十二条") && !filing.note().contains("超期"));

    let filed = case(&app, json!({"case_filed_on": "2019-06-15"})).await;
    let decision = clock(&app, filed, ClockKind::Decision).await;
    assert_eq!(decision.ends_on, Some(day(9, 16)), "15 September is a Sunday");
    rows::event(&app, filed, None, "excluded", json!({"happened_on": "2019-07-01", "until_on": "2019-07-10", "note": "鉴定"}))
        .await;
    rows::event(&app, filed, None, "excluded", json!({"happened_on": "2019-07-08", "until_on": "2019-07-12", "note": "公告"}))
        .await;
    let decision = clock(&app, filed, ClockKind::Decision).await;
    assert_eq!(decision.ends_on, Some(day(9, 27)), "twelve days, those shared once");
    assert!(decision.reckoning.contains("扣除不计入办案期限的时间12日（7月1日至7月12日）"), "{}", decision.reckoning);
}

#[tokio::test]
async fn a_daily_penalty_counts_from_the_day_after_service_through_the_re_check() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-11", "fine_fen": 10_000_000})).await;
    let facts = json!({"decided_on": null, "original_fine_fen": 10_000_000, "order_served_on": "2019-06-06"});
    rows::measure(&app, case, "daily_penalty", facts).await;
    let waiting = clock(&app, case, ClockKind::Recheck).await;
    assert_eq!(waiting.ends_on, Some(day(7, 6)), "within thirty days of service");
    assert_eq!((waiting.state(day(6, 30)), waiting.state(day(7, 1))), (State::Running, State::Soon), "25 days are over");
    assert_eq!(waiting.warning(day(7, 7)), Some("已过30日复查期，请报法规科研究。"));
    assert!(waiting.note().contains("部令第28号第十条"));
}

#[tokio::test]
async fn the_worked_example_is_fourteen_days_and_140_wan() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-11", "fine_fen": 10_000_000})).await;
    let facts = json!({"original_fine_fen": 10_000_000, "order_served_on": "2019-06-06", "recheck_on": "2019-06-20"});
    rows::measure(&app, case, "daily_penalty", facts).await;
    let clock = clock(&app, case, ClockKind::Recheck).await;
    assert!(clock.done_on.is_some());
    assert!(clock.reckoning.contains("10万元 × 14天（6月7日至6月20日）= 140万元。测算，以决定书为准"), "{}", clock.reckoning);
}

#[tokio::test]
async fn the_reckoning_of_a_daily_penalty_stays_in_sight_until_it_is_decided() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-11", "fine_fen": 10_000_000})).await;
    let facts = json!({
        "decided_on": null, "original_fine_fen": 10_000_000, "order_served_on": "2019-06-06", "recheck_on": "2019-06-20",
    });
    rows::measure(&app, case, "daily_penalty", facts).await;
    let clock = clock(&app, case, ClockKind::Recheck).await;
    assert_eq!((clock.done_on, clock.ends_on, clock.state(day(6, 21))), (None, None, State::Open));
    assert!(clock.reckoning.contains("= 140万元") && clock.basis.contains("作出按日连续处罚决定"), "{}", clock.basis);
}

#[tokio::test]
async fn a_seizure_pauses_only_by_a_recorded_appraisal() {
    let app = TestApp::start().await;
    let case = case(&app, json!({})).await;
    let sealing = rows::measure(&app, case, "sealing", json!({"from_on": "2019-06-10", "until_on": "2019-07-10"})).await;
    let plain = clock(&app, case, ClockKind::Seizure).await;
    assert_eq!((plain.ends_on, plain.state(day(7, 7))), (Some(day(7, 10)), State::Soon));
    let appraisal = json!({"happened_on": "2019-06-13", "until_on": "2019-06-17"});
    rows::event(&app, case, Some(sealing), "appraisal", appraisal).await;
    let moved = clock(&app, case, ClockKind::Seizure).await;
    assert_eq!(moved.ends_on, Some(day(7, 15)));
    assert!(moved.reckoning.contains("扣除检测、检验、鉴定期间5日（6月13日至6月17日）"), "{}", moved.reckoning);
    rows::event(&app, case, Some(sealing), "appraisal", json!({"happened_on": "2019-06-20"})).await;
    let held = clock(&app, case, ClockKind::Seizure).await;
    assert_eq!((held.state(day(8, 30)), held.ends_on), (State::Paused, None), "no end while it lasts");

    let extended =
        json!({"from_on": "2019-06-10", "until_on": "2019-07-10", "extended_until": "2019-09-30", "lifted_on": "2019-07-20"});
    rows::measure(&app, case, "detaining", extended).await;
    let all = clocks_of(&app, case).await;
    let lifted = all.iter().rfind(|c| c.kind == ClockKind::Seizure).unwrap();
    assert_eq!(lifted.ends_on, Some(day(8, 9)), "sixty days at most, whatever was typed");
    let service = all.iter().find(|c| c.kind == ClockKind::LiftingService).unwrap();
    assert_eq!((service.ends_on, service.done_on), (Some(day(7, 24)), None), "three working days from a Saturday");
}

#[tokio::test]
async fn a_halt_has_no_last_day_and_a_limit_has_three_months() {
    let app = TestApp::start().await;
    let case = case(&app, json!({})).await;
    let halt = rows::measure(&app, case, "production_halt", json!({"served_on": "2019-06-14", "until_on": "2019-07-14"})).await;
    let clock_of = clock(&app, case, ClockKind::ProductionHalt).await;
    assert_eq!((clock_of.ends_on, clock_of.state(day(12, 31))), (None, State::Open));
    assert!(clock_of.note().contains("无固定期限") && clock_of.note().contains("第十五条第二款"));
    assert_eq!(clock(&app, case, ClockKind::Plan).await.ends_on, Some(day(7, 5)), "fifteen working days");
    rows::event(&app, case, Some(halt), "plan_filed", json!({"happened_on": "2019-06-28"})).await;
    assert_eq!(clock(&app, case, ClockKind::Plan).await.done_on, Some(day(6, 28)));
    rows::event(&app, case, Some(halt), "rectified", json!({"happened_on": "2019-07-01"})).await;
    assert_eq!(clock(&app, case, ClockKind::Completion).await.ends_on, Some(day(7, 22)));

    rows::measure(&app, case, "production_limit", json!({"served_on": "2019-06-14", "lifted_on": "2019-08-01"})).await;
    let limit = clock(&app, case, ClockKind::ProductionLimit).await;
    assert_eq!((limit.ends_on, limit.done_on), (Some(day(9, 14)), Some(day(8, 1))));
    assert_eq!(clock(&app, case, ClockKind::Tracking).await.ends_on, Some(day(8, 31)));
}

#[tokio::test]
async fn transfers_have_three_working_days_or_a_day_and_the_police_their_own() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-18"})).await;
    let detention = rows::measure(&app, case, "detention_transfer", json!({"decided_on": null})).await;
    rows::event(&app, case, Some(detention), "transfer_decided", json!({"happened_on": "2019-06-06"})).await;
    assert_eq!(clock(&app, case, ClockKind::DetentionHandover).await.ends_on, Some(day(6, 12)), "working days (853 第十九条)");

    let other = self::case(&app, json!({})).await;
    let crime = rows::measure(&app, other, "criminal_transfer", json!({"decided_on": null})).await;
    rows::event(&app, other, Some(crime), "transfer_proposed", json!({"happened_on": "2019-06-06"})).await;
    assert_eq!(clock(&app, other, ClockKind::CrimeDecision).await.ends_on, Some(day(6, 9)), "days as they come");
    rows::event(&app, other, Some(crime), "transfer_decided", json!({"happened_on": "2019-06-08"})).await;
    let handover = clock(&app, other, ClockKind::CrimeHandover).await;
    assert!(handover.ends_on == Some(day(6, 9)) && handover.note().contains("24小时") && handover.note().contains("检察院"));

    let third = self::case(&app, json!({})).await;
    let refused = json!({"decided_on": "2019-06-10", "police_on": "2019-06-13", "police_outcome": "criminal_refused"});
    rows::measure(&app, third, "criminal_transfer", refused).await;
    assert_eq!(clock(&app, third, ClockKind::PoliceReply).await.done_on, Some(day(6, 13)));
    assert_eq!(clock(&app, third, ClockKind::Challenge).await.ends_on, Some(day(6, 18)));
}

#[tokio::test]
async fn payment_and_enforcement_wait_for_service_and_end_with_payment() {
    let app = TestApp::start().await;
    let case = case(&app, json!({"decided_on": "2019-06-12", "fine_fen": 10_000_000})).await;
    let missing = clock(&app, case, ClockKind::Payment).await;
    assert_eq!(missing.state(day(9, 1)), State::Missing, "nothing is counted from a guess");
    rows::event(&app, case, None, "decision_served", json!({"happened_on": "2019-06-14"})).await;
    assert_eq!(clock(&app, case, ClockKind::Payment).await.ends_on, Some(day(7, 1)), "29 June is a Saturday");
    let court = clock(&app, case, ClockKind::Court).await;
    assert_eq!(court.ends_on, NaiveDate::from_ymd_opt(2020, 3, 14));
    assert!(court.reckoning.contains("起诉期限6个月至12月14日"), "{}", court.reckoning);
    rows::event(&app, case, None, "demand_served", json!({"happened_on": "2019-06-17"})).await;
    assert_eq!(clock(&app, case, ClockKind::Demand).await.ends_on, Some(day(7, 1)), "ten working days (第六十九条)");
    rows::event(&app, case, None, "appealed", json!({"happened_on": "2019-06-18"})).await;
    assert!(clock(&app, case, ClockKind::Court).await.note().contains("请报法规科"));
    rows::event(&app, case, None, "paid", json!({"happened_on": "2019-06-19"})).await;
    let left = clocks_of(&app, case).await;
    assert!(left.iter().all(|c| c.kind != ClockKind::Court) && left.iter().filter(|c| c.done_on.is_none()).count() == 0);
}

#[tokio::test]
async fn the_list_is_the_scopes_own_the_first_to_end_on_top() {
    let app = TestApp::start().await;
    let mine = case(&app, json!({})).await;
    rows::measure(&app, mine, "sealing", json!({"from_on": "2019-06-10", "until_on": "2019-06-26"})).await;
    rows::measure(&app, mine, "daily_penalty", json!({"order_served_on": "2019-05-26"})).await;
    let unit = rows::unit(&app, 140404, "上党洗煤厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let theirs = rows::case(&app, &[problem], json!({})).await;
    rows::measure(&app, theirs, "sealing", json!({"from_on": "2019-06-01", "until_on": "2019-06-22"})).await;
    let own = Scope::county(mine.county);
    let today = day(6, 20);
    let ask = async |scope: &Scope, when: When| {
        let mut reader = app.app.db.reader(scope).await.unwrap();
        let filter = clocks::Filter { kind: None, when };
        clocks::running(reader.connection(), scope, rows::CAMPAIGN, today, filter).await.unwrap()
    };
    let whole = ask(&app.whole(), When::All).await;
    let ends: Vec<_> = whole.iter().filter_map(|r| r.clock.ends_on).collect();
    assert!(ends.is_sorted() && whole.iter().any(|r| r.county.0 == 140404));
    assert_eq!(clocks::legal_matters(&whole, today).seizures, 1, "26 June is six days off");
    let mine = ask(&own, When::All).await;
    assert!(mine.iter().all(|r| r.county.0 == 140403 && !r.units.contains("上党")));
    assert_eq!(clocks::legal_matters(&mine, today).rechecks, 1);
    let friday = ask(&own, When::NextWeek).await;
    assert_eq!(clocks::next_week(today), (day(6, 24), day(6, 30)));
    let kinds: Vec<_> = friday.iter().map(|r| r.clock.kind).collect();
    assert_eq!(kinds, [ClockKind::Recheck, ClockKind::Seizure], "25 and 26 June");
    let text = clocks::plain(&friday, today, |_| "潞州区".to_owned());
    assert!(text.starts_with("1. 2019-06-25 潞州区 潞州焦化有限公司 按日连续处罚：按日连续处罚复查（还有5天）"), "{text}");
}
