//! The folder of the server's socket, which only the server's user (and root) may enter.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::ClusterError;
use super::account::Account;

/// A socket's whole path may have 107 bytes, of which the server's `/.s.PGSQL.5432` takes 14.
const LONGEST_SOCKET_DIR: usize = 90;

/// Makes the socket's folder anew, so that no socket or lock file of an earlier run is left in it.
pub(super) fn make_dir(root: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let dir = dir_of(root);
    let make = || {
        match fs::remove_dir_all(&dir) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => fs::DirBuilder::new().mode(0o700).create(&dir)?,
        }
        account.own(&dir)
    };
    make().map_err(|e| ClusterError::io("无法建立套接字目录", &dir, e))?;
    Ok(dir)
}

/// Where the socket lies: in the data folder, or when that path is too long in `/tmp` under a name made of it.
pub(super) fn dir_of(root: &Path) -> PathBuf {
    let inside = root.join("socket");
    if inside.as_os_str().as_bytes().len() <= LONGEST_SOCKET_DIR {
        return inside;
    }
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    // Not the user's own temporary folder: the server, another user, may not reach it.
    PathBuf::from(format!("/tmp/zhengzhi-{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_path_holds_its_socket_a_long_one_does_not() {
        assert_eq!(dir_of(Path::new("/srv/data")), Path::new("/srv/data/socket"));
        let long = PathBuf::from(format!("/srv/{}", "大整治".repeat(12)));
        let elsewhere = dir_of(&long);
        assert!(elsewhere.starts_with("/tmp") && elsewhere.as_os_str().len() <= LONGEST_SOCKET_DIR);
        assert_eq!(elsewhere, dir_of(&long), "the same for every program");
        assert_ne!(elsewhere, dir_of(&long.join("b")));
    }
}
