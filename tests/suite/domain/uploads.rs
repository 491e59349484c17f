//! A long file between reading and 确认: its lines are found again wherever they stand, and all of them go in.

use crate::support::{PROGRAM, TestApp};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use uuid::Uuid;
use zhengzhi::accounts::system_actor;
use zhengzhi::base::ability::Import;
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CountyId, Scope};
use zhengzhi::intake::{self, Choices, Incoming, Job, Kind, Learned, Outcome, State, Told, Which};
use zhengzhi::platform::sheet::{rows, spool};
use zhengzhi::units;

const COUNTY: CountyId = CountyId(140_403);

/// A list of so many units; each hundredth has no name, each hundred-and-fiftieth a code with a wrong check digit.
fn list(lines: usize) -> String {
    let line = |n: usize| {
        let name = if n.is_multiple_of(100) { String::new() } else { format!("长治市第{n}砖厂") };
        let code = if n.is_multiple_of(150) && !n.is_multiple_of(100) { "91350100M000100Y44" } else { "" };
        format!("{name},{code},第{n}号\n")
    };
    std::iter::once("单位名称,统一社会信用代码,地址\n".to_owned()).chain((1..=lines).map(line)).collect()
}

async fn job(app: &TestApp, upload: Option<Uuid>) -> Job {
    let inner = &app.app;
    let campaign = app.campaign().await;
    let actor = Actor { role: Role::CountyClerk, county: COUNTY, ..system_actor() };
    let scope = Scope::county(COUNTY);
    let id = match upload {
        Some(id) => id,
        None => {
            let mut writing = app.writing(actor.clone(), &scope).await;
            let permit = writing.permit::<Import>(COUNTY).unwrap();
            let id = intake::lay_down(&mut writing, &permit, campaign.id, Kind::Units, "名单.csv").await.unwrap();
            writing.commit().await.unwrap();
            id
        }
    };
    let mut reader = inner.db.reader(&scope).await.unwrap();
    let upload = intake::find(reader.connection(), &scope, id).await.unwrap().unwrap();
    let (db, key, clocks, directory) = (inner.db.for_jobs(), inner.key.clone(), inner.clocks, inner.directory.clone());
    Job { db, key, clocks, directory, actor, scope, campaign, upload }
}

async fn read(app: &TestApp, list: &str) -> Job {
    let begun = job(app, None).await;
    let mut file = spool().unwrap();
    file.write_all(list.as_bytes()).unwrap();
    let incoming = Incoming::new(Kind::Units, Learned::new(), rows(Path::new(PROGRAM), file).await.unwrap());
    let id = begun.upload.id;
    begun.read(incoming).await;
    job(app, Some(id)).await
}

async fn lines(app: &TestApp, job: &Job, which: Which, after: i32, most: i64) -> Vec<Told> {
    let mut reader = app.app.db.reader(&job.scope).await.unwrap();
    intake::lines(reader.connection(), (COUNTY, job.upload.id), which, after, most).await.unwrap()
}

async fn counts(app: &TestApp, job: &Job) -> (BTreeMap<Outcome, usize>, usize) {
    let mut reader = app.app.db.reader(&job.scope).await.unwrap();
    intake::counts(reader.connection(), (COUNTY, job.upload.id)).await.unwrap()
}

fn numbers(told: &[Told]) -> Vec<i32> {
    told.iter().map(|t| t.no).collect()
}

#[tokio::test]
async fn lines_are_found_after_any_other_whatever_becomes_of_them() {
    let app = TestApp::start().await;
    let job = read(&app, &list(2_300)).await;
    let (of, flagged) = counts(&app, &job).await;
    assert_eq!(
        (of[&Outcome::Created], of[&Outcome::Rejected], of.len()),
        (2_270, 30, 2),
        "one code eight times: seven are refused"
    );
    assert_eq!(flagged, 1);
    for after in [-1, 0, 98, 248, 249, 250, 999, 1_499, 2_298] {
        let told = lines(&app, &job, Which::All, after, 3).await;
        let expected: Vec<i32> = (after + 1..2_300).take(3).collect();
        assert_eq!(numbers(&told), expected, "after {after}");
        assert!(told.iter().all(|t| i64::from(t.line.row) == i64::from(t.no) + 2), "a line keeps its row");
    }
    assert_eq!(numbers(&lines(&app, &job, Which::All, 2_299, 3).await), [] as [i32; 0]);
    let rejected = lines(&app, &job, Which::Of(Outcome::Rejected), 1_000, 100).await;
    assert_eq!(rejected.first().map(|t| t.no), Some(1_049), "line 1050 has a code that stood before");
    assert!(rejected.iter().all(|t| t.verdict.outcome == Outcome::Rejected && t.no > 1_000));
    assert_eq!(numbers(&lines(&app, &job, Which::Flagged, -1, 9).await), [149]);
}

#[tokio::test]
async fn what_was_decided_about_a_line_stays_with_it() {
    let app = TestApp::start().await;
    let job = read(&app, &list(600)).await;
    let choices: Choices = [("row".to_owned(), "skip".to_owned())].into();
    let mut writer = app.app.db.writer(&job.scope).await.unwrap();
    intake::choose(writer.connection(), (COUNTY, job.upload.id), 420, &Choices::new()).await.unwrap();
    intake::choose(writer.connection(), (COUNTY, job.upload.id), 420, &choices).await.unwrap();
    writer.commit().await.unwrap();
    let before = counts(&app, &job).await;
    job.judge_anew(State::Ready).await.unwrap();
    assert_eq!(counts(&app, &job).await, before);
    let told = lines(&app, &job, Which::All, 418, 3).await;
    assert_eq!(told.iter().map(|t| t.choices.len()).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!(told[1].choices, choices);
}

#[tokio::test]
async fn confirming_writes_every_good_line_once() {
    let app = TestApp::start().await;
    let first = read(&app, &list(2_300)).await;
    assert!(first.claim().await.unwrap() && !first.claim().await.unwrap(), "claimed once");
    first.clone().confirm().await;
    let done = job(&app, Some(first.upload.id)).await;
    assert_eq!(done.upload.state, State::Done, "{:?}", done.upload.reason);
    let mut reader = app.app.db.reader(&done.scope).await.unwrap();
    assert_eq!(units::count(reader.connection(), &done.scope).await.unwrap(), 2_270);
    let counted: i64 = sqlx::query_scalar("select count(*) from units").fetch_one(reader.connection()).await.unwrap();
    assert_eq!(counted, 2_270, "the counter is exact");
    let verified = zhengzhi::history::verify(reader.connection(), &done.scope, &app.app.key).await.unwrap();
    assert!(verified.is_ok(), "{verified:?}");
    let again = read(&app, &list(2_300)).await;
    assert_eq!(counts(&app, &again).await.0[&Outcome::Unchanged], 2_270);
}

/// Pieces of names that belong to no unit.
async fn astray(app: &TestApp, scope: &Scope) -> i64 {
    let sql = "select count(*) from unit_grams g where not exists (select 1 from units u where u.county_id = g.county_id and u.id = g.unit_id)";
    let mut reader = app.app.db.reader(scope).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn a_file_that_others_were_quicker_than_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let first = read(&app, &list(2_300)).await;
    assert!(first.claim().await.unwrap());
    app.seed_unit(COUNTY.0, "长治市第2299砖厂").await;
    first.clone().confirm().await;
    let back = job(&app, Some(first.upload.id)).await;
    assert_eq!(back.upload.state, State::Ready);
    assert!(back.upload.reason.unwrap().contains("没有写入任何数据"));
    let mut reader = app.app.db.reader(&back.scope).await.unwrap();
    assert_eq!(units::count(reader.connection(), &back.scope).await.unwrap(), 1);
    assert_eq!(astray(&app, &back.scope).await, 0);
    let again = job(&app, Some(first.upload.id)).await;
    assert!(again.claim().await.unwrap());
    again.confirm().await;
    assert_eq!(units::count(reader.connection(), &back.scope).await.unwrap(), 2_270);
    assert_eq!(astray(&app, &back.scope).await, 0);
}

#[tokio::test]
async fn two_people_register_in_one_county_without_waiting_and_the_count_is_exact() {
    let app = TestApp::start().await;
    let scope = Scope::county(COUNTY);
    let mut open = Vec::new();
    for (login, name) in [("first-clerk", "甲厂"), ("second-clerk", "乙厂"), ("third-clerk", "丙厂")] {
        let actor = app.account(login, Role::CountyClerk, COUNTY, false, false).await;
        let mut writing = app.writing(actor, &scope).await;
        let permit = writing.permit(COUNTY).unwrap();
        let mut cells = zhengzhi::base::Cells::default();
        cells.set("name", name);
        let facts = units::UnitChanges::read(&mut cells).unwrap();
        units::add(&mut writing, &permit, &units::NewUnit { county: COUNTY, facts }).await.unwrap();
        open.push(writing);
    }
    let mut expected = 0;
    for writing in open {
        writing.commit().await.unwrap();
        expected += 1;
        let mut reader = app.app.db.reader(&scope).await.unwrap();
        assert_eq!(units::count(reader.connection(), &scope).await.unwrap(), expected);
    }
}
