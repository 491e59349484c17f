//! The program beside the second wall: row security holds only a role that cannot pass it by.

use crate::support::TestApp;
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
