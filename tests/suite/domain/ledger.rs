//! Cases and measures: rules, SQL, history.

use crate::support::rows;
use crate::support::{SeedProblem, TestApp};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;
use zhengzhi::base::ability::{EnterCase, LegalReview};
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CITY, Cells, CountyId, Money, Permit, Scope};
use zhengzhi::history::{self, WriteError};
use zhengzhi::ledger::{self, CaseChanges, CaseFile, ExposureChanges, Filter, Grounds, MeasureChanges, NewCase, State};
use zhengzhi::platform::database::Within;
use zhengzhi::vocabulary::{Discretion, ExposureMedia, HandledBy, MeasureKind};
use zhengzhi::{calendar, clocks};

const COUNTY: CountyId = CountyId(140403);

/// The ledger as people of the bureau use it.
struct Office {
    app: TestApp,
    clerk: Actor,
    reviewer: Actor,
    campaign: Uuid,
}

fn june(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
}

fn permit(actor: &Actor) -> Permit<EnterCase> {
    Permit::ask(actor, COUNTY).unwrap()
}

fn case_over(handler: HandledBy) -> CaseChanges {
    CaseChanges::blank(handler, Some("潞州焦化有限公司".into()), Some(june(10)))
}

impl Office {
    async fn open() -> Self {
        let app = TestApp::start().await;
        let clerk = app.account("clerk", Role::CountyClerk, COUNTY, true, false).await;
        let reviewer = app.account("reviewer", Role::CityReviewer, CITY, false, false).await;
        let campaign = app.campaign().await.id;
        Self { app, clerk, reviewer, campaign }
    }

    async fn add(&self, actor: &Actor, problems: &[Uuid], facts: CaseChanges) -> Result<Uuid, WriteError> {
        let mut writing = self.app.writing(actor.clone(), &self.app.whole()).await;
        let new = NewCase { campaign_id: self.campaign, problems: problems.to_vec(), facts };
        let id = ledger::add(&mut writing, &permit(actor), &new).await?;
        writing.commit().await.unwrap();
        Ok(id)
    }

    async fn change(&self, actor: &Actor, id: Uuid, facts: CaseChanges) -> Result<(), WriteError> {
        let mut writing = self.app.writing(actor.clone(), &self.app.whole()).await;
        ledger::change(&mut writing, &permit(actor), id, &facts).await?;
        writing.commit().await.unwrap();
        Ok(())
    }

    async fn review(&self, id: Uuid) -> Result<(), WriteError> {
        let version = self.file(id).await.case.version;
        let mut writing = self.app.writing(self.clerk.clone(), &self.app.whole()).await;
        ledger::review(&mut writing, &Permit::<LegalReview>::ask(&self.clerk, COUNTY).unwrap(), id, version).await?;
        writing.commit().await.unwrap();
        Ok(())
    }

    async fn expose(&self, id: Uuid) -> Result<(), WriteError> {
        let version = self.file(id).await.case.version;
        let typed = ExposureChanges {
            exposed_on: Some(june(20)),
            media: Some(ExposureMedia::Newspaper),
            outlet: Some("长治日报".into()),
            version,
        };
        let mut writing = self.app.writing(self.clerk.clone(), &self.app.whole()).await;
        ledger::expose(&mut writing, &permit(&self.clerk), id, &typed).await?;
        writing.commit().await.unwrap();
        Ok(())
    }

    async fn measure(&self, case: Uuid, fields: &[(&str, &str)]) -> Uuid {
        let file = self.file(case).await;
        let mut cells = Cells::from_pairs(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())), june(20));
        let usual = Money::ZERO..=Money::from_fen(100_000_000);
        let new = MeasureChanges::read(&mut cells, Some(june(1)), &usual).unwrap_or_else(|| panic!("{:?}", cells.errors()));
        let mut writing = self.app.writing(self.clerk.clone(), &self.app.whole()).await;
        let id = ledger::add_measure(&mut writing, &permit(&self.clerk), &file.case, &new).await.unwrap();
        writing.commit().await.unwrap();
        id
    }

    async fn file(&self, id: Uuid) -> CaseFile {
        let scope = self.app.whole();
        let mut reader = self.app.app.db.reader(&scope).await.unwrap();
        ledger::open(reader.connection(), &scope, id).await.unwrap().unwrap()
    }

    async fn hints(&self, id: Uuid, today: NaiveDate) -> String {
        let file = self.file(id).await;
        let scope = self.app.whole();
        let mut reader = self.app.app.db.reader(&scope).await.unwrap();
        let calendar = calendar::load(reader.connection()).await.unwrap();
        let clocks = clocks::of_case(&file, &[], &calendar);
        let warnings = clocks.iter().filter_map(|c| c.warning(today).map(str::to_owned));
        ledger::hints(&file).into_iter().map(|h| h.text).chain(warnings).collect::<Vec<_>>().join("\n")
    }
}

#[tokio::test]
async fn a_case_covers_several_problems_and_every_step_stands_in_history() {
    let office = Office::open().await;
    let (unit, first) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let new = SeedProblem { county: 140403, unit, kind: "13", source: "self_inspection", found_on: "2019-06-05" };
    let second = office.app.seed_problem(new).await;
    let id = office.add(&office.clerk, &[first], case_over(HandledBy::CountyBureau)).await.unwrap();

    let mut writing = office.app.writing(office.clerk.clone(), &office.app.whole()).await;
    ledger::attach(&mut writing, &permit(&office.clerk), id, second).await.unwrap();
    writing.commit().await.unwrap();
    let file = office.file(id).await;
    assert_eq!(file.problems.len(), 2);
    assert_eq!((file.case.state(), file.case.version), (State::Unfiled, 2));

    let scope = office.app.whole();
    let mut reader = office.app.app.db.reader(&scope).await.unwrap();
    let past = history::of_record(reader.connection(), &scope, id).await.unwrap();
    assert_eq!(past.iter().map(|p| p.action.as_str()).collect::<Vec<_>>(), ["changed", "created"]);
    assert_eq!(ledger::of_problem(reader.connection(), &scope, second).await.unwrap().len(), 1);
    assert_eq!(ledger::of_unit(reader.connection(), &scope, unit).await.unwrap().len(), 1);
    assert!(history::verify(reader.connection(), &scope, &office.app.app.key).await.unwrap().is_ok());

    let mut writing = office.app.writing(office.clerk.clone(), &scope).await;
    ledger::detach(&mut writing, &permit(&office.clerk), id, first).await.unwrap();
    let last = ledger::detach(&mut writing, &permit(&office.clerk), id, second).await.unwrap_err();
    assert!(last.to_string().contains("至少保留1个问题"));
}

#[tokio::test]
async fn a_neighbours_problem_cannot_be_taken_into_a_case() {
    let office = Office::open().await;
    let (_, foreign) = office.app.seed_violation(140404, "上党铸造厂").await;
    let refused = office.add(&office.clerk, &[foreign], case_over(HandledBy::CountyBureau)).await.unwrap_err();
    assert!(matches!(refused, WriteError::Missing));
    let (_, own) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let id = office.add(&office.clerk, &[own], case_over(HandledBy::CountyBureau)).await.unwrap();
    let mut writing = office.app.writing(office.clerk.clone(), &Scope::county(COUNTY)).await;
    let refused = ledger::attach(&mut writing, &permit(&office.clerk), id, foreign).await.unwrap_err();
    assert!(matches!(refused, WriteError::Missing));
}

#[tokio::test]
async fn the_city_enters_what_it_handles_and_the_county_all_else() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let refused = office.add(&office.clerk, &[problem], case_over(HandledBy::CityBureau)).await.unwrap_err();
    assert!(matches!(refused, WriteError::Refused { field: "handled_by", .. }), "{refused}");
    let refused = office.add(&office.reviewer, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap_err();
    assert!(matches!(refused, WriteError::Refused { field: "handled_by", .. }), "{refused}");

    let city = office.add(&office.reviewer, &[problem], case_over(HandledBy::CityBureau)).await.unwrap();
    let changes = CaseChanges { version: 1, ..case_over(HandledBy::CountyBureau) };
    assert!(matches!(office.change(&office.clerk, city, changes).await, Err(WriteError::NotPermitted)));

    let own = office.add(&office.clerk, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap();
    let mut writing = office.app.writing(office.clerk.clone(), &office.app.whole()).await;
    ledger::hand_to_city(&mut writing, &permit(&office.clerk), own).await.unwrap();
    writing.commit().await.unwrap();
    assert!(office.file(own).await.case.editable_by(&office.reviewer));
    assert!(!office.file(own).await.case.editable_by(&office.clerk));
}

#[tokio::test]
async fn a_second_editor_is_told_and_overwrites_nothing() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let id = office.add(&office.clerk, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap();
    let first =
        CaseChanges { version: 1, case_number: Some("潞环罚立〔2019〕1号".into()), ..case_over(HandledBy::CountyBureau) };
    office.change(&office.clerk, id, first).await.unwrap();
    let second = CaseChanges { version: 1, remark: Some("晚到".into()), ..case_over(HandledBy::CountyBureau) };
    assert!(matches!(office.change(&office.clerk, id, second).await, Err(WriteError::Stale)));
    let case = office.file(id).await.case;
    assert_eq!((case.case_number.as_deref(), case.remark), (Some("潞环罚立〔2019〕1号"), None));
}

#[tokio::test]
async fn exposure_waits_for_the_decision_and_for_the_review_of_that_decision() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let id = office.add(&office.clerk, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap();
    assert!(office.expose(id).await.unwrap_err().to_string().contains("尚未作出处罚决定"));
    assert!(office.review(id).await.unwrap_err().to_string().contains("尚未登记处罚决定"));

    let decided = |version, fen| CaseChanges {
        decided_on: Some(june(18)),
        fine: Some(Money::from_fen(fen)),
        version,
        ..case_over(HandledBy::CountyBureau)
    };
    office.change(&office.clerk, id, decided(1, 20_000_000)).await.unwrap();
    assert!(office.expose(id).await.unwrap_err().to_string().contains("法规审核"));
    office.review(id).await.unwrap();
    office.change(&office.clerk, id, decided(3, 30_000_000)).await.unwrap();
    assert!(office.expose(id).await.is_err(), "the review was given to another amount");
    office.review(id).await.unwrap();
    office.expose(id).await.unwrap();
    let case = office.file(id).await.case;
    assert_eq!((case.exposed_on, case.legal_reviewed_by.as_deref()), (Some(june(20)), Some("测试clerk")));
    let undecided = CaseChanges { version: case.version, ..case_over(HandledBy::CountyBureau) };
    assert!(office.change(&office.clerk, id, undecided).await.unwrap_err().to_string().contains("已登记曝光"));
}

#[tokio::test]
async fn measures_are_rows_that_can_be_changed_and_taken_out_of_the_count() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let id = office.add(&office.clerk, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap();
    let sealing = office.measure(id, &[("kind", "sealing"), ("from_on", "6.12"), ("until_on", "7.11"), ("persons", "3")]).await;
    office.measure(id, &[("kind", "detention_transfer"), ("persons", ""), ("from_on", "6.12")]).await;
    let file = office.file(id).await;
    assert_eq!(file.measures[0].persons, None, "what a kind does not have is ignored");
    assert_eq!((file.measures[1].persons, file.measures[1].from_on), (None, None), "persons may be unknown");

    let mut writing = office.app.writing(office.clerk.clone(), &office.app.whole()).await;
    ledger::remove_measure(&mut writing, &permit(&office.clerk), &file.case, sealing).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(office.file(id).await.measures.len(), 1);
    let mut writing = office.app.writing(office.clerk.clone(), &office.app.whole()).await;
    let twice = ledger::remove_measure(&mut writing, &permit(&office.clerk), &file.case, sealing).await;
    assert!(matches!(twice, Err(WriteError::Missing)));
}

#[test]
fn the_dates_of_a_measure_stand_in_order() {
    let usual = Money::ZERO..=Money::from_fen(100_000_000);
    let wrong = |fields: &[(&str, &str)], field: &str| {
        let mut cells = Cells::from_pairs(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())), june(20));
        assert!(MeasureChanges::read(&mut cells, Some(june(10)), &usual).is_none(), "{fields:?}");
        cells.error(field).unwrap_or_default().to_owned()
    };
    assert!(wrong(&[("kind", "查封"), ("from_on", "6.15"), ("until_on", "6.14")], "until_on").contains("早于起始日期"));
    let extended = [("kind", "查封"), ("from_on", "6.1"), ("until_on", "6.30"), ("extended_until", "6.29")];
    assert!(wrong(&extended, "extended_until").contains("早于期限届满日期"));
    assert!(wrong(&[("kind", "查封"), ("from_on", "6.15"), ("lifted_on", "6.14")], "lifted_on").contains("早于起始日期"));
    assert!(wrong(&[("kind", "按日计罚"), ("decided_on", "6.9")], "decided_on").contains("早于发现日期"));
    let recheck = [("kind", "按日计罚"), ("order_served_on", "6.12"), ("recheck_on", "6.11")];
    assert!(wrong(&recheck, "recheck_on").contains("早于责令改正送达日期"));
    assert_eq!(wrong(&[("kind", "")], "kind"), "请选择措施。");
    assert!(wrong(&[("kind", "移送拘留"), ("persons", "两人")], "persons").contains("整数"));
}

#[tokio::test]
async fn sentences_of_law_advise_when_their_day_has_come() {
    let office = Office::open().await;
    let unit = office.app.seed_unit(140403, "潞州焦化有限公司").await;
    let found = |kind, source| SeedProblem { county: 140403, unit, kind, source, found_on: "2019-06-03" };
    let own = office.app.seed_problem(found("05", "self_inspection")).await;
    let severe = office.app.seed_problem(found("07", "self_inspection")).await;
    let blank = || CaseChanges::blank(HandledBy::CountyBureau, None, None);
    let id = office.add(&office.clerk, &[own], blank()).await.unwrap();
    assert!(office.hints(id, june(13)).await.contains("可作为裁量情节"));
    assert!(!office.hints(id, june(13)).await.contains("已满7个工作日"), "7 June was a holiday: the seventh day is 13 June");
    assert!(office.hints(id, june(14)).await.contains("已满7个工作日，尚未登记立案或不予立案"));

    let id = office.add(&office.clerk, &[own, severe], blank()).await.unwrap();
    assert!(!office.hints(id, june(13)).await.contains("裁量情节"), "never for severe kinds");
    assert!(office.hints(id, june(14)).await.contains("属通知要求从严查处的情形"));
    let decided = CaseChanges { decided_on: Some(june(18)), version: 1, ..blank() };
    office.change(&office.clerk, id, decided.clone()).await.unwrap();
    assert!(office.hints(id, june(20)).await.contains("未登记罚款金额，也未写明理由"));
    let small = CaseChanges { fine: Some(Money::from_fen(500_000)), version: 2, ..decided.clone() };
    office.change(&office.clerk, id, small).await.unwrap();
    assert!(office.hints(id, june(20)).await.contains("请核对金额单位和适用条款"));
    let reasoned =
        CaseChanges { fine: Some(Money::from_fen(500_000)), discretion: Some(Discretion::Mitigated), version: 3, ..decided };
    office.change(&office.clerk, id, reasoned).await.unwrap();
    assert!(!office.hints(id, june(20)).await.contains("请核对金额单位"), "减轻 goes below the range");
    assert!(office.file(id).await.case.gaps().iter().any(|g| g.field == "discretion_reason"));
}

#[tokio::test]
async fn daily_penalties_are_reckoned_beside_the_decision() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let facts = CaseChanges { decided_on: Some(june(11)), ..case_over(HandledBy::CountyBureau) };
    let id = office.add(&office.clerk, &[problem], facts).await.unwrap();
    let typed = [
        ("kind", "daily_penalty"),
        ("decided_on", "6.20"),
        ("original_fine", "10"),
        ("order_served_on", "6.6"),
        ("recheck_on", "6.20"),
        ("amount", "120"),
    ];
    office.measure(id, &typed).await;
    let hints = office.hints(id, june(20)).await;
    assert!(hints.contains("10万元 × 14天（6月7日至6月20日）= 140万元。测算，以决定书为准"), "{hints}");
    assert!(hints.contains("与测算不一致"));
    assert!(!hints.contains("30日复查期"));
    assert_eq!(office.file(id).await.measures[0].amount().map(Money::to_wan).as_deref(), Some("120"), "as typed");

    office.measure(id, &[("kind", "daily_penalty"), ("order_served_on", "6.6")]).await;
    let july = NaiveDate::from_ymd_opt(2019, 7, 7).unwrap();
    assert!(office.hints(id, july).await.contains("已过30日复查期，请报法规科研究"));
}

#[tokio::test]
async fn the_list_filters_pages_and_adds_up() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    for number in 0..52 {
        let mut facts = case_over(HandledBy::CountyBureau);
        facts.case_number = Some(format!("潞环立〔2019〕{number}号"));
        if number % 2 == 0 {
            facts.case_filed_on = Some(june(12));
            facts.decided_on = Some(june(18));
            facts.fine = Some(Money::from_fen(10_000_000));
        }
        office.add(&office.clerk, &[problem], facts).await.unwrap();
    }
    let scope = office.app.whole();
    let mut reader = office.app.app.db.reader(&scope).await.unwrap();
    let within = Within { scope: scope.clone(), campaign: office.campaign, date: june(20) };
    let all = Filter::default();
    let page = ledger::list(reader.connection(), &within, &all, None).await.unwrap();
    assert_eq!((page.lines.len(), page.more, page.total), (50, true, Some(52)));
    assert_eq!(page.lines[0].case_number.as_deref(), Some("潞环立〔2019〕51号"), "the newest first");
    assert_eq!((page.lines[0].unit_names.as_deref(), page.lines[0].problems), (Some("潞州焦化有限公司"), 1));
    let rest = ledger::list(reader.connection(), &within, &all, Some(page.lines[49].id)).await.unwrap();
    assert_eq!((rest.lines.len(), rest.more), (2, false));
    let totals = ledger::totals(reader.connection(), &within, &all).await.unwrap();
    assert_eq!((totals.cases, totals.decided, totals.fine()), (52, 26, "260".to_owned()));
    let narrowed = Filter { state: Some(State::Decided), q: Some("焦化".into()), ..Filter::default() };
    assert_eq!(ledger::totals(reader.connection(), &within, &narrowed).await.unwrap().cases, 26);
    let sql = "select county_id, id from cases where fine_fen is null and campaign_id = $2".to_owned();
    let figure = Filter { figure: Some(sql), ..Filter::default() };
    assert_eq!(ledger::totals(reader.connection(), &within, &figure).await.unwrap().cases, 26);
    let neighbour = Scope::county(CountyId(140404));
    let mut reader = office.app.app.db.reader(&neighbour).await.unwrap();
    let within = Within { scope: neighbour, ..within };
    assert_eq!(ledger::totals(reader.connection(), &within, &all).await.unwrap().cases, 0);
}

#[tokio::test]
async fn a_case_entered_by_mistake_goes_and_one_with_steps_stays() {
    let office = Office::open().await;
    let (_, problem) = office.app.seed_violation(140403, "潞州焦化有限公司").await;
    let id = office.add(&office.clerk, &[problem], case_over(HandledBy::CountyBureau)).await.unwrap();
    let filed = CaseChanges { case_filed_on: Some(june(12)), ..case_over(HandledBy::CountyBureau) };
    let kept = office.add(&office.clerk, &[problem], filed).await.unwrap();
    let mut writing = office.app.writing(office.clerk.clone(), &office.app.whole()).await;
    ledger::remove(&mut writing, &permit(&office.clerk), id).await.unwrap();
    assert!(ledger::remove(&mut writing, &permit(&office.clerk), kept).await.is_err());
    writing.commit().await.unwrap();
    let scope = office.app.whole();
    let mut reader = office.app.app.db.reader(&scope).await.unwrap();
    assert!(ledger::find(reader.connection(), &scope, id).await.unwrap().is_none());
    assert_eq!(history::of_record(reader.connection(), &scope, id).await.unwrap()[0].action, "removed");
}

#[test]
fn who_acts_follows_from_who_types() {
    let clerk = Actor { account: Uuid::nil(), name: "甲".into(), role: Role::CountyClerk, county: COUNTY, legal_review: false };
    let reviewer = Actor { role: Role::CityReviewer, county: CITY, ..clerk.clone() };
    assert_eq!(Grounds::of(&clerk, &[]).handler, HandledBy::CountyBureau);
    assert_eq!(Grounds::of(&reviewer, &[]).handler, HandledBy::CityBureau);
}

#[tokio::test]
async fn the_list_of_gaps_is_what_each_case_says_of_itself() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let problem = rows::problem(&app, unit, json!({})).await;
    let whole = json!({"respondent": "甲厂", "case_number": "1", "order_on": "2019-06-11", "order_number": "2", "decided_on": "2019-06-18",
        "decision_number": "3", "fine_fen": 100, "discretion": "lighter", "discretion_reason": "及时改正"});
    let changed = [
        json!({}),
        json!({"respondent": null}),
        json!({"case_number": null}),
        json!({"order_on": null}),
        json!({"order_number": null}),
        json!({"case_filed_on": null}),
        json!({"decision_number": null}),
        json!({"fine_fen": null}),
        json!({"fine_fen": null, "discretion": "none"}),
        json!({"discretion_reason": null}),
        json!({"discretion": "ordinary", "discretion_reason": null}),
        json!({"decided_on": null}),
        json!({"decided_on": null, "decision_number": null, "fine_fen": null}),
        json!({"case_filed_on": null, "decided_on": null, "decision_number": null, "fine_fen": null, "not_filed_on": "2019-06-12"}),
        json!({"legal_reviewed_on": "2019-06-18", "exposed_on": "2019-06-19"}),
    ];
    for changes in &changed {
        let mut said = whole.clone();
        said.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        rows::case(&app, &[problem], said).await;
    }
    let within = Within { scope: app.whole(), campaign: rows::CAMPAIGN, date: june(20) };
    let mut reader = app.app.db.reader(&within.scope).await.unwrap();
    let all = ledger::list(reader.connection(), &within, &Filter::default(), None).await.unwrap().lines;
    let lacking = Filter { gaps: true, ..Filter::default() };
    let listed: Vec<Uuid> =
        ledger::list(reader.connection(), &within, &lacking, None).await.unwrap().lines.iter().map(|c| c.id).collect();
    assert_eq!((all.len(), listed.len()), (15, 11));
    for line in all {
        let case = ledger::find(reader.connection(), &within.scope, line.id).await.unwrap().unwrap();
        assert_eq!(listed.contains(&line.id), !case.gaps().is_empty(), "{:?}", case.gaps());
    }
}

#[tokio::test]
async fn the_law_is_remembered_before_a_decision_and_no_halt_is_proposed_to_public_works() {
    let app = TestApp::start().await;
    let scope = app.whole();
    let plant = rows::unit(&app, 140403, "城区污水处理厂", json!({"industry": "4620"})).await;
    let works = rows::unit(&app, 140403, "甲焦化厂", json!({"industry": "2521"})).await;
    let built = rows::problem(&app, works, json!({"kind": "01"})).await;
    let without = rows::problem(&app, plant, json!({"kind": "03"})).await;
    let build = rows::case(&app, &[built], json!({})).await;
    let permit = rows::case(&app, &[without], json!({})).await;
    let decided = rows::case(&app, &[built], json!({"decided_on": "2019-06-18"})).await;
    rows::measure(&app, permit, "production_halt", json!({})).await;
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let mut open = async |id: Uuid| {
        let file = ledger::open(reader.connection(), &scope, id).await.unwrap().unwrap();
        let said = ledger::hints(&file).into_iter().map(|h| h.text).collect::<Vec<_>>().join("\n");
        (said, file.proposed().contains(&MeasureKind::ProductionHalt))
    };
    let (said, halt) = open(build.id).await;
    assert!(said.contains("自建设行为终了之日起计算（行政处罚法第二十九条）") && halt, "{said}");
    let (said, halt) = open(permit.id).await;
    assert!(said.contains("实施时限在行为发生时是否已到") && said.contains("令30〔2014〕第七条") && !halt, "{said}");
    let (said, _) = open(decided.id).await;
    assert!(!said.contains("建设行为终了"), "{said}");
}
