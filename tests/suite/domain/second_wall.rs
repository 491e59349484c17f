//! The program before it touches a database: its role must be one that row security holds, its schema this program's.

use crate::support::TestApp;
use sqlx::ConnectOptions;
use std::time::Duration;
use zhengzhi::platform::database::cluster::{APP_ROLE, CLUSTER_ROLE};

/// Runs a command as a role of the database: its exit code, and what it says of what went wrong.
async fn ran(app: &TestApp, role: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let data = tempfile::tempdir().unwrap();
    let mut program = app.program_as(role, arguments, data.path());
    let done = tokio::time::timeout(Duration::from_secs(60), program.kill_on_drop(true).output()).await;
    let done = done.expect("it serves").unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[tokio::test]
async fn a_role_that_passes_row_security_by_is_told_and_refused() {
    let app = TestApp::start().await;
    for command in [&["check"][..], &["serve", "--listen", "127.0.0.1:0"], &["verify-history"]] {
        let (code, said) = ran(&app, CLUSTER_ROLE, command).await;
        assert_eq!(code, Some(1), "{command:?}: {said}");
        assert!(said.contains("zhengzhi_cluster 可以绕过行级安全，请改用 zhengzhi_app"), "{command:?}: {said}");
    }
    assert_eq!(ran(&app, APP_ROLE, &["verify-history"]).await, (Some(0), String::new()));
}

/// Alters the list of migrations that have run.
async fn alter(app: &TestApp, sql: &'static str) {
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut owner).await.unwrap();
}

#[tokio::test]
async fn a_schema_is_compared_migration_by_migration() {
    let app = TestApp::start().await;
    let commands = [&["check"][..], &["serve", "--listen", "127.0.0.1:0"], &["migrate"], &["verify-history"]];
    let refused = async |why: &str| {
        for command in commands {
            let (code, said) = ran(&app, APP_ROLE, command).await;
            assert_eq!(code, Some(1), "{command:?}: {said}");
            assert!(said.contains(why) && said.lines().count() == 1, "{command:?}: {said}");
        }
    };
    // In the middle, so that the newest is still this program's.
    alter(&app, "update _sqlx_migrations set version = version + 1 where version = 20190603090400").await;
    refused("与本程序不符（20190603090401）").await;
    alter(
        &app,
        "update _sqlx_migrations set version = version - 1, checksum = checksum || '\\x00' where version = 20190603090401",
    )
    .await;
    refused("与本程序不符（20190603090400）").await;
    alter(&app, "update _sqlx_migrations set checksum = substring(checksum for 48) where version = 20190603090400").await;
    assert_eq!(ran(&app, APP_ROLE, &["verify-history"]).await, (Some(0), String::new()));
    alter(&app, "insert into _sqlx_migrations select 29990101000000, 'later', installed_on, true, checksum, 0 from _sqlx_migrations limit 1").await;
    refused("由更新版本的程序建立").await;
    alter(&app, "delete from _sqlx_migrations where version in (29990101000000, 20190603090400)").await;
    let (code, said) = ran(&app, APP_ROLE, &["verify-history"]).await;
    assert!(code == Some(1) && said.contains("请先运行 zhengzhi migrate"), "one is missing in the middle: {said}");
}
