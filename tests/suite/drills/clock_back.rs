//! A machine whose clock goes back an hour between two saves.

use crate::support::{PASSWORD, Served, TestApp};
use sqlx::ConnectOptions;

#[tokio::test]
async fn what_is_saved_after_the_clock_went_back_is_chained_after_what_was_before() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let unit = clerk.fill("/units/new", &[("name", "甲厂")]).await.location.unwrap();
    let edit = format!("{unit}/edit");
    assert_eq!(clerk.fill(&edit, &[("site", "东区")]).await.status, 303);

    let served = Served::an_hour_behind(&app).await;
    let there = clerk.moved_to(&served.url);
    assert_eq!(there.get(&edit).await.status, 303, "a session from later would outlive its limits");
    let again = [("login", clerk.login.as_deref().unwrap()), ("password", PASSWORD)];
    assert_eq!(there.post("/login", &again).await.status, 303);
    assert_eq!(there.fill(&edit, &[("site", "西区")]).await.status, 303);
    assert!(there.open(&unit).await.text().contains("西区"));

    let read = there.open(&unit.replace("/units/", "/history/")).await;
    assert_eq!(read.texts(".change")[..2], ["厂区： 东区 西区", "厂区： 东区"], "in the order in which it happened");

    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    let sql = "select set_config('zhengzhi.counties', $1, false)";
    sqlx::query(sql).bind(app.whole().setting()).execute(&mut owner).await.unwrap();
    let back = "select h.recorded_at < before.recorded_at from history h
                join history before on before.record_id = h.record_id and before.version = h.version - 1 and before.seq < h.seq
                where h.record = 'units' and h.version = 3";
    assert!(sqlx::query_scalar::<_, bool>(back).fetch_one(&mut owner).await.unwrap(), "the clock did go back");
    app.history_holds().await;
    let verified = app.command(&["verify-history"]).await;
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));

    let old = "update sessions set seen_at = seen_at - interval '31 minutes'";
    sqlx::query(old).execute(&mut owner).await.unwrap();
    assert_eq!(there.get(&edit).await.status, 303, "nor does one of the slow clock live for ever");
}
