//! Clusters for tests: folders that nobody has to remember to remove.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use super::{ClusterError, child, folder, processes};

const NAME: &str = "zhengzhi-test-";

/// Where this process's throw-away cluster belongs: in the temporary folder, by process number.
pub fn throw_away_dir() -> PathBuf {
    std::env::temp_dir().join(format!("{NAME}{}", std::process::id()))
}

/// Removes the folders beside `dir` whose processes are dead. Their janitors do the same; a power cut takes those, too.
pub(super) fn sweep(dir: &Path) {
    let entries = dir.parent().and_then(|parent| fs::read_dir(parent).ok()).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.strip_prefix(NAME)?.parse::<i32>().ok());
        if pid.is_some_and(|pid| !processes::is_alive(pid)) {
            // Someone else's stays; the tests do not depend on it.
            drop(folder::remove(&entry.path()));
        }
    }
}

/// A process of ours that removes the folder when we end. A process of its own, because a static value in a test binary
/// is never dropped and `kill -9` drops nothing.
#[derive(Debug)]
pub(super) struct Janitor {
    process: Child,
}

impl Janitor {
    pub fn hire(dir: &Path, exe: &Path) -> Result<Self, ClusterError> {
        let process = child::janitor(exe, dir).spawn().map_err(|e| ClusterError::io("无法运行程序", exe, e))?;
        Ok(Self { process })
    }

    /// The folder may go now.
    pub fn dismiss(self) {}
}

impl Drop for Janitor {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_the_dead_are_swept() {
        let temp = tempfile::tempdir().expect("a folder");
        let own = temp.path().join(format!("{NAME}{}", std::process::id()));
        let [dead, other, odd] =
            ["zhengzhi-test-2147483000", "zhengzhi-data", "zhengzhi-test-x"].map(|name| temp.path().join(name));
        for dir in [&own, &dead, &other, &odd] {
            fs::create_dir(dir).expect("a folder");
        }
        sweep(&own);
        assert!(!dead.exists());
        assert!(own.exists() && other.exists() && odd.exists());
    }
}
