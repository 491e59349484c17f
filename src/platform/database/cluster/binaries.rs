//! Finding the server: a setting, then PATH, then the distribution's versioned folders, newest first.
//!
//! A cluster opens only with the major version that made it, so the newest is right only for a new one. Binaries are
//! never switched silently and nothing is upgraded here.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ClusterError;

/// The oldest major version that is tried.
pub(super) const OLDEST: u32 = 13;

const DISTRIBUTION: &str = "/usr/lib/postgresql";

/// A folder with `postgres` and `initdb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub dir: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// One of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// The binaries to use; `wanted` is the major version of the cluster that is already there.
pub(super) fn find(setting: Option<&Path>, wanted: Option<u32>, data_dir: &Path) -> Result<Binaries, ClusterError> {
    let candidates = match setting {
        Some(dir) => {
            vec![look(dir, false).ok_or_else(|| ClusterError::BadBinaries(dir.to_path_buf()))?]
        }
        None => on_path().chain(in_distribution(Path::new(DISTRIBUTION))).filter_map(|dir| look(&dir, true)).collect(),
    };
    choose(candidates, wanted, data_dir)
}

fn choose(candidates: Vec<Binaries>, wanted: Option<u32>, data_dir: &Path) -> Result<Binaries, ClusterError> {
    let Some(first) = candidates.first() else {
        return Err(ClusterError::NoBinaries);
    };
    if let Some(wanted) = wanted {
        let mut majors: Vec<_> = candidates.iter().map(|b| b.major.to_string()).collect();
        majors.dedup();
        let found = majors.join("、");
        let other = || ClusterError::OtherVersion { data_dir: data_dir.to_path_buf(), wanted, found };
        return candidates.iter().find(|b| b.major == wanted).cloned().ok_or_else(other);
    }
    candidates.iter().find(|b| b.major >= OLDEST).cloned().ok_or(ClusterError::TooOld(first.major))
}

fn on_path() -> impl Iterator<Item = PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default().into_iter()
}

fn in_distribution(root: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut majors: Vec<u32> = entries.filter_map(|e| e.file_name().to_str()?.parse().ok()).collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    let root = root.to_path_buf();
    majors.into_iter().map(move |major| root.join(major.to_string()).join("bin"))
}

/// The binaries in `dir`, links followed. A folder on PATH may hold a wrapper script, which starts who knows what as
/// who knows whom: `strict` accepts real programs only.
fn look(dir: &Path, strict: bool) -> Option<Binaries> {
    let postgres = fs::canonicalize(dir.join("postgres")).ok()?;
    let initdb = fs::canonicalize(dir.join("initdb")).ok()?;
    let home = postgres.parent()?.to_path_buf();
    if initdb.parent() != Some(&home) || (strict && !(is_program(&postgres) && is_program(&initdb))) {
        return None;
    }
    let said = Command::new(&postgres).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(Binaries { dir: home, major: major(&String::from_utf8_lossy(&said.stdout))? })
}

fn is_program(path: &Path) -> bool {
    let mut magic = [0; 4];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && magic == *b"\x7fELF"
}

/// The major version in what `postgres --version` says, or in the file PG_VERSION.
pub(super) fn major(text: &str) -> Option<u32> {
    let number = text.split("(PostgreSQL)").last()?.trim_start();
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(major: u32) -> Binaries {
        Binaries { dir: PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")), major }
    }

    #[test]
    fn the_major_version_is_read_in_every_spelling() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19devel"), Some(19));
        assert_eq!(major("15\n"), Some(15));
        assert_eq!(major("9.6"), Some(9));
        assert_eq!(major("usage: postgres"), None);
        assert_eq!(major(""), None);
    }

    #[test]
    fn an_old_cluster_gets_its_own_version_a_new_one_the_first() {
        let here = Path::new("/srv/data");
        let found = vec![binaries(18), binaries(15)];
        assert_eq!(choose(found.clone(), Some(15), here).expect("15 is there"), binaries(15));
        assert_eq!(choose(found.clone(), None, here).expect("some are there"), binaries(18));
        let refused = choose(found, Some(16), here).expect_err("16 is not there").to_string();
        assert!(refused.contains("PostgreSQL 16") && refused.contains("18、15"), "{refused}");
        assert!(matches!(choose(vec![], None, here), Err(ClusterError::NoBinaries)));
        assert!(matches!(choose(vec![binaries(9)], None, here), Err(ClusterError::TooOld(9))));
    }

    #[test]
    fn the_distribution_is_searched_newest_first() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["9.6", "15", "9", "18", "common"] {
            fs::create_dir(root.path().join(name)).expect("a folder");
        }
        let dirs: Vec<_> = in_distribution(root.path()).collect();
        assert_eq!(dirs, ["18", "15", "9"].map(|v| root.path().join(v).join("bin")));
    }

    #[test]
    fn a_wrapper_on_the_path_is_passed_over() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["postgres", "initdb"] {
            fs::write(root.path().join(name), "#!/bin/sh\necho postgres '(PostgreSQL) 15.1'\n").expect("a script");
        }
        assert_eq!(look(root.path(), true), None);
    }
}
