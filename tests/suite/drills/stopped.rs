//! A server that is told to stop while people save.

use crate::support::{Person, Served, TestApp};
use sqlx::{ConnectOptions, Connection};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// The counties of the desks: one fewer than a server has connections to write with.
const DESKS: [i32; 3] = [140403, 140403, 140404];
/// How many units the desks have registered when the server is told to stop.
const UNTIL: usize = 12;

/// Registers one unit with its problem after another, and tells the name of each that was said to be saved. When the server is
/// gone: the unit that it gave no answer to, if there is one.
async fn registers(clerk: Person, desk: usize, saved: UnboundedSender<String>) -> Option<String> {
    for number in 1.. {
        let name = format!("{desk}号台{number}号水泥厂");
        let form = clerk.try_get("/units/new").await.ok()?;
        assert_eq!(form.status, 200, "{}", form.text());
        let fields =
            [("name", name.as_str()), ("source", "county_inspection"), ("problem_kind", "13"), ("problem", "堆场未覆盖")];
        let Ok(answer) = clerk.try_send(&form, "/units/new", &fields).await else { return Some(name) };
        assert_eq!(answer.status, 303, "{name}: {}", answer.text());
        saved.send(name).unwrap();
    }
    None
}

/// Comes back when nobody listens any more.
async fn refused(url: &str) {
    while TcpStream::connect(url.trim_start_matches("http://")).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn names(app: &TestApp, sql: &'static str) -> Vec<String> {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar(sql).fetch_all(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn what_was_said_to_be_saved_is_there_after_a_stop_and_nothing_is_half_done() {
    let app = TestApp::start().await;
    let served = Served::start(&app, "Asia/Shanghai").await;
    let url = served.url.clone();
    let (saved, mut heard) = unbounded_channel();
    let mut desks = Vec::new();
    for (desk, county) in DESKS.into_iter().enumerate() {
        let clerk = app.clerk(county).await.moved_to(&url);
        desks.push(tokio::spawn(registers(clerk, desk, saved.clone())));
    }
    drop(saved);
    let mut said = BTreeSet::new();
    while said.len() < UNTIL {
        said.insert(heard.recv().await.expect("they go on saving"));
    }

    // Every desk is in the middle of a save when the server is told to stop.
    let mut hold = app.endpoint.owner_options().connect().await.unwrap();
    let mut lock = hold.begin().await.unwrap();
    sqlx::query("lock table units in share mode").execute(&mut *lock).await.unwrap();
    let held = app.until_waiting(DESKS.len().try_into().unwrap());
    tokio::time::timeout(Duration::from_secs(5), held).await.expect("every desk saves");
    while let Ok(name) = heard.try_recv() {
        said.insert(name);
    }
    let (before, told) = (said.len(), Instant::now());
    tokio::join!(served.stop(), async {
        refused(&url).await;
        lock.rollback().await.unwrap();
    });
    assert!(told.elapsed() < Duration::from_secs(30), "{:?}", told.elapsed());

    let mut unanswered = BTreeSet::new();
    for desk in desks {
        unanswered.extend(desk.await.unwrap());
    }
    while let Some(name) = heard.recv().await {
        said.insert(name);
    }
    assert!(said.len() >= before + DESKS.len(), "what was begun is answered: {before}, {}", said.len());

    let again = Served::start(&app, "Asia/Shanghai").await;
    let found: Vec<String> = names(&app, "select name from units order by name").await;
    let known: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(known.len(), found.len(), "none twice");
    assert!(said.is_subset(&known), "lost: {:?}", said.difference(&known));
    assert!(known.difference(&said).all(|name| unanswered.contains(name)), "{known:?} {said:?}");
    let half = "select u.name from units u where 1 <> (select count(*) from problems p
                where p.county_id = u.county_id and p.unit_id = u.id)";
    assert!(names(&app, half).await.is_empty(), "a unit has its problem");
    let untold = "select id::text from (select id, county_id from units union all select id, county_id from problems) r
                  where 1 <> (select count(*) from history h where h.county_id = r.county_id and h.record_id = r.id)";
    assert!(names(&app, untold).await.is_empty(), "each has one line of history");
    app.history_holds().await;
    let clerk = app.clerk(DESKS[0]).await.moved_to(&again.url);
    let made = clerk.fill("/units/new", &[("name", "次日水泥厂")]).await;
    assert_eq!(made.status, 303, "and work goes on: {}", made.text());
}
