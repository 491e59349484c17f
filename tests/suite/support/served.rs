//! The program's own server, in a process of its own that a test may kill.

use super::server::TestApp;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr};

/// A server on a test's database. It ends with this, if not before.
pub struct Served {
    /// Where it listens.
    pub url: String,
    child: Child,
    /// Open as long as it may have something to say.
    _said: Lines<BufReader<ChildStderr>>,
    _data: TempDir,
}

impl Served {
    /// Starts one in a time zone, at the business moment of the tests.
    pub async fn start(app: &TestApp, time_zone: &str) -> Self {
        Self::start_in(app, time_zone, tempfile::tempdir().unwrap()).await
    }

    /// The same with a data folder that holds something already.
    pub async fn start_in(app: &TestApp, time_zone: &str, data: TempDir) -> Self {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--now", "2019-06-20T10:00:00+08:00"];
        let mut command = app.program(&arguments, data.path());
        let mut child = command.env("TZ", time_zone).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        loop {
            let line = said.next_line().await.unwrap().expect("it ended before it listened");
            if let Some(url) = line.strip_prefix("服务地址：") {
                return Self { url: url.to_owned(), child, _said: said, _data: data };
            }
        }
    }

    /// kill -9.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }
}
