//! The program's own server, in a process of its own that a test may kill.

use super::server::{PROGRAM, TestApp};
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

/// How one is started: anywhere free, at the business moment of the tests.
const SERVE: [&str; 5] = ["serve", "--listen", "127.0.0.1:0", "--now", "2019-06-20T10:00:00+08:00"];

/// A clock that is an hour behind.
const BEHIND: &str = "
    #include <sys/syscall.h>
    #include <time.h>
    #include <unistd.h>
    int clock_gettime(clockid_t which, struct timespec *time) {
        int failed = syscall(SYS_clock_gettime, which, time);
        if (which == CLOCK_REALTIME) time->tv_sec -= 3600;
        return failed;
    }";

/// A server of the program. It ends with this, if not before.
pub struct Served {
    /// Where it listens.
    pub url: String,
    child: Child,
    /// Open as long as it may have something to say.
    said: Lines<BufReader<ChildStderr>>,
    _data: Option<TempDir>,
}

impl Served {
    /// Starts one on a test's database in a time zone.
    pub async fn start(app: &TestApp, time_zone: &str) -> Self {
        Self::start_in(app, time_zone, tempfile::tempdir().unwrap()).await
    }

    /// The same over a database that only reads from now on, as when its disk is full.
    pub async fn reading_only(app: &TestApp) -> Self {
        let mut owner = app.endpoint.owner_options().connect().await.unwrap();
        sqlx::query("update sessions set seen_at = seen_at - interval '5 minutes'").execute(&mut owner).await.unwrap();
        let options = app.endpoint.app_options();
        let sql = format!("alter database {} set default_transaction_read_only = on", options.get_database().unwrap());
        sqlx::query(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();
        Self::start(app, "Asia/Shanghai").await
    }

    /// The same on a machine whose clock is an hour behind: its C library says so.
    pub async fn an_hour_behind(app: &TestApp) -> Self {
        let data = tempfile::tempdir().unwrap();
        let (source, clock) = (data.path().join("clock.c"), data.path().join("clock.so"));
        std::fs::write(&source, BEHIND).unwrap();
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&clock).arg(&source).status().await.unwrap();
        assert!(built.success());
        let mut command = app.program(&SERVE, data.path());
        command.env("LD_PRELOAD", clock);
        Self::spawn(command, Some(data)).await
    }

    /// The same with a data folder that holds something already.
    pub async fn start_in(app: &TestApp, time_zone: &str, data: TempDir) -> Self {
        let mut command = app.program(&SERVE, data.path());
        command.env("TZ", time_zone);
        Self::spawn(command, Some(data)).await
    }

    /// Starts one on the private cluster of a data folder.
    pub async fn alone(data: &Path) -> Self {
        Self::spawn(alone(&SERVE, data), None).await
    }

    async fn spawn(mut command: Command, data: Option<TempDir>) -> Self {
        let mut child = command.env_remove("RUST_LOG").stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        loop {
            let line = said.next_line().await.unwrap().expect("it ended before it listened");
            if let Some(url) = line.strip_prefix("服务地址：") {
                return Self { url: url.to_owned(), child, said, _data: data };
            }
        }
    }

    /// Waits until it says something; the line.
    pub async fn says(&mut self, what: &str) -> String {
        loop {
            let line = self.said.next_line().await.unwrap().expect("it ended and never said it");
            if line.contains(what) {
                return line;
            }
        }
    }

    /// kill -9.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Ends it in order.
    pub async fn stop(mut self) {
        let id = nix::unistd::Pid::from_raw(self.child.id().unwrap().cast_signed());
        nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM).unwrap();
        while self.said.next_line().await.unwrap().is_some() {}
        assert!(self.child.wait().await.unwrap().success());
    }
}

/// The program with arguments, on the private cluster of a data folder.
pub fn alone(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("ZHENGZHI_DATA_DIR", data).env_remove("ZHENGZHI_DATABASE_URL").kill_on_drop(true);
    command
}
