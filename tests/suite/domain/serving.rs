//! The program's own server on its own database, in a folder of its own.

use crate::support::{PROGRAM, Served, TestApp};
use sqlx::ConnectOptions;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};

/// The database's main process.
fn postmaster(data: &std::path::Path) -> Option<i32> {
    std::fs::read_to_string(data.join("pgdata/postmaster.pid")).ok()?.lines().next()?.parse().ok()
}

async fn ready(url: &str) -> bool {
    reqwest::get(format!("{url}/readyz")).await.is_ok_and(|answer| answer.status() == 200)
}

#[tokio::test]
async fn a_database_that_dies_is_there_again_without_hands() {
    let folder = tempfile::tempdir().unwrap();
    // The database may run as another user, who must come through.
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let data = folder.path().join("data");
    let mut command = tokio::process::Command::new(PROGRAM);
    command.args(["serve", "--listen", "127.0.0.1:0"]).env("ZHENGZHI_DATA_DIR", &data).env_remove("ZHENGZHI_DATABASE_URL");
    let mut child = command.stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let url = loop {
        let line = said.next_line().await.unwrap().expect("it ended before it listened");
        if let Some(url) = line.strip_prefix("服务地址：") {
            break url.to_owned();
        }
    };
    assert!(ready(&url).await);
    let before = postmaster(&data).unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(before), nix::sys::signal::Signal::SIGKILL).unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while postmaster(&data).is_none_or(|pid| pid == before) || !ready(&url).await {
        assert!(Instant::now() < until, "the database stays away");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let id = nix::unistd::Pid::from_raw(child.id().unwrap().cast_signed());
    nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM).unwrap();
    assert!(child.wait().await.unwrap().success(), "it ends in order");
    assert_eq!(postmaster(&data), None, "and so does its database");
}

#[tokio::test]
async fn what_can_no_longer_matter_is_forgotten_and_the_rest_stays() {
    let app = TestApp::start().await;
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    sqlx::raw_sql(
        "insert into login_failures values ('old', 15, now() - interval '25 hours'), ('new', 15, now() - interval '23 hours');
         insert into form_uses select decode(days, 'hex'), id, now() - make_interval(days => days::int)
         from accounts, unnest(array['29', '31']) as days where login = 'system'",
    )
    .execute(&mut owner)
    .await
    .unwrap();
    let _served = Served::start(&app, "Asia/Shanghai").await;
    let until = Instant::now() + Duration::from_secs(60);
    let left = "select array(select login from login_failures) || array(select encode(token_hash, 'hex') from form_uses)";
    loop {
        let left: Vec<String> = sqlx::query_scalar(left).fetch_one(&mut owner).await.unwrap();
        if left == ["new", "29"] {
            break;
        }
        assert!(left.iter().any(|l| l == "new") && left.iter().any(|l| l == "29") && Instant::now() < until, "{left:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
