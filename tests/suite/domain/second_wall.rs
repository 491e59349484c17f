//! The program before it touches a database: its role must be one that row security holds, its schema this
//! program's, its history made with this program's key.

use crate::support::TestApp;
use sqlx::ConnectOptions;
use std::path::Path;
use std::time::Duration;
use zhengzhi::platform::database::cluster::{APP_ROLE, CLUSTER_ROLE};

/// Runs a command as a role of the database: its exit code, and what it says of what went wrong.
async fn ran(app: &TestApp, role: &str, arguments: &[&str]) -> (Option<i32>, String) {
    ran_in(app, role, arguments, tempfile::tempdir().unwrap().path()).await
}

/// The same with a data folder.
async fn ran_in(app: &TestApp, role: &str, arguments: &[&str], data: &Path) -> (Option<i32>, String) {
    let mut program = app.program_as(role, arguments, data);
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

#[tokio::test]
async fn a_program_with_another_key_is_refused_before_it_writes() {
    let app = TestApp::start().await;
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(second.path().join("history.key"), [7; 32]).unwrap();
    let out = second.path().join("b.zip");
    let account = ["account", "add", "wang", "--role", "city-admin", "--name", "王建国"];
    let backup = ["backup", "--out", out.to_str().unwrap()];
    let commands = [&account[..], &["serve", "--listen", "127.0.0.1:0"], &["check"], &["verify-history"], &backup];
    let refused = async |commands: &[&[&str]]| {
        for command in commands {
            let (code, said) = ran_in(&app, APP_ROLE, command, second.path()).await;
            assert_eq!(code, Some(1), "{command:?}: {said}");
            assert!(
                said.contains("日志密钥") && said.contains("与数据库不符") && said.lines().count() == 1,
                "{command:?}: {said}"
            );
        }
    };
    // Whoever comes first says which key it is.
    assert_eq!(ran_in(&app, APP_ROLE, &["verify-history"], first.path()).await, (Some(0), String::new()));
    refused(&commands).await;
    assert_eq!(ran_in(&app, APP_ROLE, &account, first.path()).await, (Some(0), String::new()));
    // In a database from before, the chains themselves say it.
    alter(&app, "delete from history_key").await;
    refused(&commands[..2]).await;
    assert_eq!(ran_in(&app, APP_ROLE, &["check"], first.path()).await, (Some(0), String::new()));
    assert!(!out.exists());
}
