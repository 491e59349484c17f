//! Reading `postmaster.pid`, which the server writes about itself: who it is, where its socket is, whether it is ready.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// What the server says about itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pub pid: i32,
    pub socket_dir: PathBuf,
    status: String,
}

impl PidFile {
    /// Whether it takes connections.
    pub fn is_ready(&self) -> bool {
        self.status == "ready"
    }
}

/// The pid file of this cluster, if there is a whole one (the server writes it in steps).
pub(super) fn read(pgdata: &Path) -> Option<PidFile> {
    parse(&std::fs::read(pgdata.join("postmaster.pid")).ok()?)
}

/// Lines: pid, data folder, start time, port, socket folder, listen address, shared memory key, status.
fn parse(bytes: &[u8]) -> Option<PidFile> {
    let mut lines = bytes.split(|b| *b == b'\n');
    let pid: i32 = std::str::from_utf8(lines.next()?).ok()?.trim().parse().ok()?;
    let socket_dir = PathBuf::from(OsStr::from_bytes(lines.nth(3).unwrap_or_default()));
    let status = String::from_utf8_lossy(lines.nth(2).unwrap_or_default()).trim().to_owned();
    // A server in single-user mode writes its pid negative.
    (pid.abs() > 1).then_some(PidFile { pid: pid.abs(), socket_dir, status })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ready_server_is_recognised() {
        let file =
            parse(b"4711\n/srv/d/pgdata\n1546300800\n5432\n/srv/d/socket\n\n   1234567         0\nready   \n").expect("whole");
        assert_eq!((file.pid, file.socket_dir.as_path(), file.is_ready()), (4711, Path::new("/srv/d/socket"), true));
    }

    #[test]
    fn a_starting_or_half_written_file_is_not_ready() {
        let starting = parse(b"4711\n/d\n1\n5432\n/s\n\n 1 0\nstarting\n").expect("whole");
        assert!(!starting.is_ready());
        assert!(!parse(b"4711\n/d\n").expect("a pid").is_ready());
        assert_eq!(parse(b"-4711\n").expect("single user").pid, 4711);
    }

    #[test]
    fn nonsense_is_no_pid() {
        for text in ["", "\n", "postgres\n", "0\n", "1\n", "-1\n"] {
            assert_eq!(parse(text.as_bytes()), None, "{text:?}");
        }
    }
}
