//! Many who sign in, or guess, at the same moment.

use crate::support::{PASSWORD, Person, TestApp};
use futures::future::join_all;
use sqlx::ConnectOptions;
use zhengzhi::accounts;
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

#[tokio::test]
async fn of_guesses_that_come_together_only_the_free_ones_are_looked_at() {
    let app = TestApp::start().await;
    let now = app.app.clocks.wall.now();
    let tries = (0..20).map(|_| async {
        let mut door = app.app.db.doorstep().await.unwrap();
        accounts::attempt(door.connection(), "wang", now).await.unwrap()
    });
    let waits = join_all(tries).await;
    assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 5, "{waits:?}");
    assert!(waits.iter().flatten().all(|wait| wait.seconds == 1), "{waits:?}");
}

#[tokio::test]
async fn whoever_signs_in_at_many_places_at_once_is_let_in_everywhere() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    let places: Vec<Person> = (0..12).map(|_| Person::stranger(&app)).collect();
    let login = [("login", "wang"), ("password", PASSWORD)];
    let answers = join_all(places.iter().map(|place| place.post("/login", &login))).await;
    assert!(answers.iter().all(|answer| answer.status == 303), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_waits_for_a_password_keeps_nobody_out() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    // More than a server has connections to read with.
    let people: Vec<Person> = (0..8).map(|_| Person::stranger(&app)).collect();
    let login = [("login", "wang"), ("password", PASSWORD)];
    let turn = app.app.hasher.turn("wang").await;
    let passer_by = Person::stranger(&app);
    let others = async {
        let mut owner = app.endpoint.owner_options().connect().await.unwrap();
        let arrived = "select coalesce(sum(logins), 0) from address_logins";
        while sqlx::query_scalar::<_, i64>(arrived).fetch_one(&mut owner).await.unwrap() < 8 {}
        passer_by.open("/public").await
    };
    let entering = join_all(people.iter().map(|person| person.post("/login", &login)));
    tokio::select! {
        _ = entering => panic!("a password was checked out of its turn"),
        page = others => assert_eq!(page.status, 200),
    }
    drop(turn);
    assert_eq!(passer_by.post("/login", &login).await.status, 303);
}
