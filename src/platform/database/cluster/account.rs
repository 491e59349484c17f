//! Who the server runs as. PostgreSQL refuses to run as root, so root has to hand it to someone.
//!
//! In this order: the user who owns the cluster already (a service's folder stays the service's), `postgres`, the user
//! in whose home the folder lies. Each must be able to walk to the data folder and to the binaries. Root's own home is closed
//! to all of them; there the server stays the kernel's root but sits in a user namespace that calls it `postgres`.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, lchown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User, geteuid};

use super::ClusterError;

/// Who the server runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// As we do; we are not root.
    Ours,
    /// As this user; we are root.
    Dropped { uid: u32, gid: u32 },
    /// As root under this user's name, in a user namespace.
    Masked { uid: u32, gid: u32 },
}

impl Account {
    /// Gives it one file or folder.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        match self.ids() {
            Some((uid, gid)) => lchown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    /// Gives it a whole folder, when that came from someone else (moved, copied, or restored as root).
    pub fn own_tree(&self, path: &Path) -> Result<(), ClusterError> {
        let owner = fs::symlink_metadata(path).map_err(|e| ClusterError::io("无法读取目录", path, e))?.uid();
        match self.ids() {
            None if owner != geteuid().as_raw() => Err(ClusterError::OtherOwner(path.to_path_buf())),
            Some((uid, _)) if owner != uid => self.walk(path).map_err(|e| ClusterError::io("无法更改目录的属主", path, e)),
            _ => Ok(()),
        }
    }

    /// The folder itself comes last: its owner tells that the walk was finished.
    fn walk(&self, path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path)?.is_dir() {
            for entry in fs::read_dir(path)? {
                self.walk(&entry?.path())?;
            }
        }
        self.own(path)
    }

    fn ids(&self) -> Option<(u32, u32)> {
        match *self {
            Self::Ours => None,
            Self::Dropped { uid, gid } => Some((uid, gid)),
            Self::Masked { .. } => Some((0, 0)),
        }
    }
}

/// Chooses for this data folder and these binaries.
pub(super) fn choose(data_dir: &Path, bin: &Path) -> Result<Account, ClusterError> {
    if !geteuid().is_root() {
        return Ok(Account::Ours);
    }
    let owner = fs::metadata(data_dir.join("pgdata")).ok().and_then(|found| user(found.uid()));
    let postgres = User::from_name("postgres").ok().flatten();
    let host = postgres.as_ref().and_then(|user| barrier(data_dir, user)).and_then(|(_, barrier)| user_of(&barrier));
    for user in [&owner, &postgres, &host].into_iter().flatten() {
        if barrier(data_dir, user).is_none() && barrier(bin, user).is_none() {
            return Ok(Account::Dropped { uid: user.uid.as_raw(), gid: user.gid.as_raw() });
        }
    }
    let user = postgres.ok_or(ClusterError::NoAccount)?;
    if mask_works(&user, data_dir, bin) {
        return Ok(Account::Masked { uid: user.uid.as_raw(), gid: user.gid.as_raw() });
    }
    let closed = barrier(data_dir, &user).or_else(|| barrier(bin, &user)).map(|(path, _)| path);
    Err(ClusterError::Unreachable(closed.unwrap_or_else(|| data_dir.to_path_buf())))
}

/// The user of this number, if it is not root and has a name (a number without one gets no server).
fn user(uid: u32) -> Option<User> {
    User::from_uid(Uid::from_raw(uid)).ok().flatten().filter(|user| !user.uid.is_root())
}

fn user_of(found: &Metadata) -> Option<User> {
    user(found.uid())
}

/// The first folder on the way to `path` that this user may not pass.
fn barrier(path: &Path, user: &User) -> Option<(PathBuf, Metadata)> {
    let ways: Vec<_> = path.ancestors().collect();
    ways.into_iter().rev().find_map(|dir| {
        let found = fs::metadata(dir).ok()?;
        let passes = may_pass(found.mode(), (found.uid(), found.gid()), (user.uid.as_raw(), user.gid.as_raw()));
        (!passes).then(|| (dir.to_path_buf(), found))
    })
}

/// The classes are tried in order and the first that fits decides, as in the kernel.
fn may_pass(mode: u32, owner: (u32, u32), who: (u32, u32)) -> bool {
    let bit = match () {
        () if who.0 == owner.0 => 0o100,
        () if who.1 == owner.1 => 0o010,
        () => 0o001,
    };
    mode & bit != 0
}

/// How a program is run under another name; the same words in front of every command.
pub(super) fn mask(uid: u32, gid: u32) -> Command {
    let mut command = Command::new("unshare");
    command.arg("-U").arg(format!("--map-user={uid}")).arg(format!("--map-group={gid}")).arg("--");
    command
}

/// Containers often forbid user namespaces, and root without its powers may still stand before a closed door.
fn mask_works(user: &User, data_dir: &Path, bin: &Path) -> bool {
    let mut command = mask(user.uid.as_raw(), user.gid.as_raw());
    command.args(["sh", "-c", "test -w \"$0\" -a -x \"$0\" -a -x \"$1\""]).arg(data_dir).arg(bin.join("postgres"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_folder_stops_strangers_only() {
        let (owner, stranger) = ((0, 0), (101, 104));
        assert!(!may_pass(0o700, owner, stranger));
        assert!(may_pass(0o711, owner, stranger));
        assert!(may_pass(0o700, owner, owner));
        assert!(may_pass(0o710, (0, 104), stranger));
        assert!(!may_pass(0o701, (0, 104), stranger), "the group's bit decides for its members");
        assert!(!may_pass(0o077, stranger, stranger), "the owner's bit decides for the owner");
    }
}
