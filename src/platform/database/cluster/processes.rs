//! Servers that an earlier run left behind.
//!
//! A pid in a file proves nothing: after a restart of the machine the number may be anyone's. What proves a server of
//! this cluster is a process called `postgres` that stands in this data folder (servers change into theirs).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{ClusterError, pidfile};

/// A server that writes its last checkpoint may need this long.
const POLITE: Duration = Duration::from_secs(20);
const FORCED: Duration = Duration::from_secs(5);

/// The living server processes of this cluster.
pub(super) fn running_in(pgdata: &Path) -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|pid| is_server_of(*pid, pgdata)).collect()
}

fn is_server_of(pid: i32, pgdata: &Path) -> bool {
    let proc = Path::new("/proc").join(pid.to_string());
    // A dead process that nobody reaped has no folder to stand in, so the link cannot be read.
    fs::read_to_string(proc.join("comm")).is_ok_and(|name| name.trim_end() == "postgres")
        && fs::read_link(proc.join("cwd")).is_ok_and(|cwd| cwd == pgdata)
}

/// Whether a process of this number lives. One that is dead but not reaped does not count.
pub(super) fn is_alive(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// Makes the folder free for a new server: what runs there is stopped, and the pid file goes, or the server
/// would refuse to start when its number is someone else's by now. The caller holds the folder's lock.
pub(super) fn settle(pgdata: &Path) -> Result<(), ClusterError> {
    let left = running_in(pgdata);
    if !left.is_empty() {
        match pidfile::read(pgdata).filter(|file| left.contains(&file.pid)) {
            Some(file) => signal(&[file.pid], Signal::SIGINT),
            None => signal(&left, Signal::SIGTERM),
        }
        if !empties(pgdata, POLITE) {
            signal(&running_in(pgdata), Signal::SIGQUIT);
            if !empties(pgdata, FORCED) {
                return Err(ClusterError::Orphan(running_in(pgdata).first().copied().unwrap_or_default()));
            }
        }
    }
    match fs::remove_file(pgdata.join("postmaster.pid")) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(ClusterError::io("无法清理旧的进程文件", pgdata, e)),
        _ => Ok(()),
    }
}

fn signal(pids: &[i32], signal: Signal) {
    for pid in pids {
        // It may be gone by now; whether it is, the wait tells.
        let _ = kill(Pid::from_raw(*pid), signal);
    }
}

fn empties(pgdata: &Path, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    while !running_in(pgdata).is_empty() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_pid_file_goes_and_its_number_is_left_alone() {
        let pgdata = tempfile::tempdir().expect("a folder");
        let file = pgdata.path().join("postmaster.pid");
        // Our own number stands for a stranger that has the server's old one: it must survive.
        fs::write(&file, format!("{}\n/d\n1\n5432\n/s\n\n1 0\nready\n", std::process::id())).expect("a file");
        settle(pgdata.path()).expect("settled");
        assert!(!file.exists());
        settle(pgdata.path()).expect("settled twice");
    }

    #[test]
    fn life_is_told_from_death() {
        let mut child = std::process::Command::new("true").spawn().expect("a process");
        let pid = i32::try_from(child.id()).expect("a pid");
        assert!(is_alive(i32::try_from(std::process::id()).expect("a pid")));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!is_alive(pid), "dead, not reaped");
        child.wait().expect("reaped");
        assert!(!is_alive(pid));
    }
}
