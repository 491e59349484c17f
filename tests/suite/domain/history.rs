//! The chain of history, and the walls around rows.

use crate::support::TestApp;
use sqlx::{ConnectOptions, Row};
use zhengzhi::base::{CountyId, Scope};
use zhengzhi::history;

#[tokio::test]
async fn a_query_without_a_scope_is_an_error_and_one_without_a_where_shows_nothing_foreign() {
    let app = TestApp::start().await;
    app.clerk(140403).await;
    app.clerk(140404).await;
    let mut bare = app.endpoint.app_options().connect().await.unwrap();
    let unscoped = sqlx::query("select count(*) from history").fetch_one(&mut bare).await;
    assert!(unscoped.is_err(), "history answered without a scope");
    let mut reader = app.app.db.reader(&Scope::county(CountyId(140403))).await.unwrap();
    let counties: Vec<i32> =
        sqlx::query_scalar("select distinct county_id from history").fetch_all(reader.connection()).await.unwrap();
    assert_eq!(counties, [140403], "the policy shows the own county even when the WHERE is left out");
    drop(reader);
    let mut doorstep = app.app.db.doorstep().await.unwrap();
    assert!(
        sqlx::query("select 1 from history").fetch_optional(doorstep.connection()).await.is_err(),
        "a used connection forgets"
    );
}

#[tokio::test]
async fn every_county_table_has_a_forced_policy_and_every_other_table_is_known() {
    const REFERENCE: &[&str] = &[
        "_sqlx_migrations",
        "accounts",
        "address_logins",
        "bodies",
        "campaign_bodies",
        "campaigns",
        "counties",
        "form_uses",
        "login_failures",
        "sessions",
        "townships",
        "drafts",
        "calendar_days",
        "published_cases",
        "blacklist_rules",
        "readiness_thresholds",
        "guest_tries",
        "history_key",
        "unit_links",
    ];
    let app = TestApp::start().await;
    let mut connection = app.endpoint.owner_options().connect().await.unwrap();
    let tables = sqlx::query(
        "select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
                (select pg_get_constraintdef(oid) from pg_constraint where conrelid = c.oid and contype = 'p') as key
         from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(tables.len() > 20);
    for table in tables {
        let (name, guarded, key): (String, bool, String) = (table.get("name"), table.get("guarded"), table.get("key"));
        if REFERENCE.contains(&name.as_str()) {
            continue;
        }
        assert!(guarded, "{name} has no forced row security");
        assert!(key.starts_with("PRIMARY KEY (county_id"), "{name}: {key}");
    }
}

#[tokio::test]
async fn the_application_can_neither_change_nor_remove_history() {
    let app = TestApp::start().await;
    app.clerk(140403).await;
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    for sql in ["update history set note = 'x'", "delete from history", "truncate history"] {
        let error = sqlx::query(sql).execute(reader.connection()).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_changed_row_breaks_its_chain_and_is_named() {
    let app = TestApp::start().await;
    app.clerk(140403).await;
    let whole = app.whole();
    let mut reader = app.app.db.reader(&whole).await.unwrap();
    let sound = history::verify(reader.connection(), &whole, &app.app.key).await.unwrap();
    assert!(sound.is_ok_and(|checked| checked >= 2), "the account's making and the sign-in");

    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(whole.setting()).execute(&mut owner).await.unwrap();
    sqlx::query("update history set note = '改过' where action = 'signed_in'").execute(&mut owner).await.unwrap();
    let broken = history::verify(reader.connection(), &whole, &app.app.key).await.unwrap();
    assert!(broken.unwrap_err().contains("不连续"));
}

#[tokio::test]
async fn a_chain_whose_head_was_taken_away_is_missed() {
    let app = TestApp::start().await;
    app.clerk(140403).await;
    let whole = app.whole();
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(whole.setting()).execute(&mut owner).await.unwrap();
    sqlx::query("delete from history_heads where county_id = 140403").execute(&mut owner).await.unwrap();
    let mut reader = app.app.db.reader(&whole).await.unwrap();
    let broken = history::verify(reader.connection(), &whole, &app.app.key).await.unwrap();
    assert!(broken.unwrap_err().contains("登记缺失"));
}
