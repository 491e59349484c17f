//! The running server, as our child.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::child::Launcher;
use super::create::last_words;
use super::folder::Folder;
use super::{ClusterError, PORT, pidfile};

/// Recovery after a power cut reads all the log since the last checkpoint.
const START: Duration = Duration::from_secs(300);
/// A fast shutdown writes one checkpoint.
const STOP: Duration = Duration::from_secs(60);
const STOP_NOW: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// For the machine of an office: no compiling of queries, which here are short.
const SETTINGS: [&str; 4] = ["listen_addresses=", "unix_socket_permissions=0700", "logging_collector=off", "jit=off"];
/// A throw-away cluster may lose everything; tests open many connections.
const CARELESS: [&str; 7] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=200",
];

/// A server that was started here; dropping it stops it.
#[derive(Debug)]
pub(super) struct Server {
    pid: Pid,
    keeper: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts the server and waits until it takes connections.
    pub fn start(folder: &Folder, launcher: &Launcher, socket_dir: &Path) -> Result<Self, ClusterError> {
        let mut command = launcher.command("postgres");
        command.arg("-D").arg(folder.pgdata()).args(["-p", &PORT.to_string()]).arg("-k").arg(quoted(socket_dir));
        let careless: &[&str] = if launcher.throw_away { &CARELESS } else { &[] };
        for setting in SETTINGS.iter().chain(careless) {
            command.args(["-c", setting]);
        }
        let log = folder.open_log()?;
        let said_before = log.metadata().map_or(0, |found| found.len());
        let twin = log.try_clone().map_err(|e| ClusterError::io("无法打开日志", &folder.log(), e))?;
        command.stdout(twin).stderr(log);
        let fail = |reason| ClusterError::Start { reason, log: folder.log() };
        let server = spawn(command).map_err(|e| fail(e.to_string()))?;
        server.wait_until_ready(&folder.pgdata()).map_err(|reason| {
            let log = fs::read(folder.log()).unwrap_or_default();
            let new = log.get(usize::try_from(said_before).unwrap_or(0)..).unwrap_or_default();
            fail(last_words(&String::from_utf8_lossy(new)).unwrap_or_else(|| reason.to_owned()))
        })?;
        Ok(server)
    }

    /// The server's own word is taken from its pid file; trying to connect would need a client and fill the log.
    fn wait_until_ready(&self, pgdata: &Path) -> Result<(), &'static str> {
        let deadline = Instant::now() + START;
        while !pidfile::read(pgdata).is_some_and(|file| file.pid == self.pid.as_raw() && file.is_ready()) {
            if !self.is_running() {
                return Err("进程已退出");
            }
            if Instant::now() > deadline {
                return Err("等待超时");
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        self.keeper.as_ref().is_some_and(|keeper| !keeper.is_finished())
    }

    /// Stops it: connections are cut, what was committed is kept.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), ClusterError> {
        let cleanly = self.signal(Signal::SIGINT, STOP);
        if !cleanly && !self.signal(Signal::SIGQUIT, STOP_NOW) {
            self.signal(Signal::SIGKILL, STOP_NOW);
        }
        if let Some(keeper) = self.keeper.take_if(|keeper| keeper.is_finished()) {
            drop(keeper.join());
        }
        if cleanly { Ok(()) } else { Err(ClusterError::Stop) }
    }

    /// Signals it and waits; true when it is gone. The number is its own as long as the keeper has not reaped it.
    fn signal(&self, signal: Signal, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        if self.is_running() {
            let _ = kill(self.pid, signal);
        }
        while self.is_running() && Instant::now() < deadline {
            std::thread::sleep(POLL);
        }
        !self.is_running()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.keeper.is_some() {
            drop(self.end());
        }
    }
}

/// The kernel's parent-death signal follows the *thread* that started the child. So the child gets a thread that does nothing
/// but wait for it: a test's or a runtime's thread ends early and would take the database with it.
fn spawn(mut command: Command) -> std::io::Result<Server> {
    let (tell, told) = mpsc::sync_channel(1);
    let keeper = std::thread::Builder::new().name("postgres".into()).spawn(move || {
        let mut child: Option<Child> = None;
        let started = command.spawn().map(|started| child.insert(started).id());
        drop(command);
        drop(tell.send(started));
        if let Some(mut child) = child {
            drop(child.wait());
        }
    })?;
    let id = told.recv().map_err(std::io::Error::other)??;
    let pid = i32::try_from(id).map_err(std::io::Error::other)?;
    Ok(Server { pid: Pid::from_raw(pid), keeper: Some(keeper) })
}

/// The setting is a list with commas; in quotes it is one path whatever it is called.
fn quoted(path: &Path) -> std::ffi::OsString {
    use std::os::unix::ffi::OsStringExt;
    let mut quoted = vec![b'"'];
    for byte in path.as_os_str().as_bytes() {
        quoted.extend(if *byte == b'"' { &[b'"', b'"'][..] } else { std::slice::from_ref(byte) });
    }
    quoted.push(b'"');
    std::ffi::OsString::from_vec(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_entry_of_the_list() {
        assert_eq!(quoted(Path::new("/srv/a, b/\"c\"")), "\"/srv/a, b/\"\"c\"\"\"");
    }
}
