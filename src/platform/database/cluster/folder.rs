//! The data folder: what lies where, and who holds it.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{ClusterError, binaries, processes, socket};

const LARGEST_LOG: u64 = 10 << 20;

/// A data folder that is there, as an absolute path without links.
#[derive(Debug)]
pub(super) struct Folder {
    pub root: PathBuf,
}

impl Folder {
    /// Opens the folder, making it if need be. Root's is open to pass through, not to list: the server is another
    /// user and must reach its own part. (What else the program keeps there closes its own folders.)
    pub fn open(path: &Path) -> Result<Self, ClusterError> {
        let mode = if nix::unistd::geteuid().is_root() { 0o711 } else { 0o700 };
        let absolute = std::path::absolute(path).map_err(|e| ClusterError::io("数据目录无效", path, e))?;
        make(&absolute, mode).map_err(|e| ClusterError::io("无法建立数据目录", &absolute, e))?;
        let root = fs::canonicalize(&absolute).map_err(|e| ClusterError::io("无法打开数据目录", &absolute, e))?;
        Ok(Self { root })
    }

    /// The cluster itself.
    pub fn pgdata(&self) -> PathBuf {
        self.root.join("pgdata")
    }

    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// The major version that made the cluster, if there is one.
    pub fn version(&self) -> Result<Option<u32>, ClusterError> {
        let pgdata = self.pgdata();
        match fs::read_to_string(pgdata.join("PG_VERSION")) {
            Ok(text) => binaries::major(&text).map(Some).ok_or(ClusterError::NotACluster(pgdata)),
            // An empty folder is an accident; a full one is somebody's data and stays.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let full = fs::read_dir(&pgdata).is_ok_and(|entries| entries.count() > 0);
                if full { Err(ClusterError::NotACluster(pgdata)) } else { Ok(None) }
            }
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied => Err(ClusterError::OtherOwner(pgdata)),
            Err(e) => Err(ClusterError::io("无法读取数据库目录", &pgdata, e)),
        }
    }

    /// The one holder's lock; `None` when another has it all this time.
    pub fn lock(&self, patience: Duration) -> Result<Option<File>, ClusterError> {
        let path = self.root.join("app.lock");
        let file = self.open_own(&path, false)?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return Ok(None),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
                Err(TryLockError::Error(e)) => {
                    return Err(ClusterError::io("无法锁定数据目录", &path, e));
                }
            }
        }
    }

    /// A guest's lock, shared with other guests; `None` when the holder is about to stop.
    pub fn guest(&self) -> Result<Option<File>, ClusterError> {
        let path = guests_of(&self.root);
        let file = self.open_own(&path, false)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(ClusterError::io("无法锁定数据目录", &path, e)),
        }
    }

    /// The log, open at its end. One old log is kept when it grew large.
    pub fn open_log(&self) -> Result<File, ClusterError> {
        let path = self.log();
        if fs::metadata(&path).is_ok_and(|found| found.len() > LARGEST_LOG) {
            drop(fs::rename(&path, path.with_extension("log.1")));
        }
        self.open_own(&path, true)
    }

    /// A file for the folder's owner. Root may run a command in a service user's folder; the service must be
    /// able to open the file afterwards.
    fn open_own(&self, path: &Path, append: bool) -> Result<File, ClusterError> {
        let is_new = !path.exists();
        let open = || {
            let mut options = OpenOptions::new();
            let file = options.create(true).append(append).write(true).truncate(false).mode(0o600).open(path)?;
            if is_new && nix::unistd::geteuid().is_root() {
                let owner = fs::metadata(&self.root)?;
                fchown(&file, Some(owner.uid()), Some(owner.gid()))?;
            }
            Ok(file)
        };
        open().map_err(|e| ClusterError::io("无法打开文件", path, e))
    }
}

/// Waits until no guest uses the server; what it returns keeps new ones out while the server stops.
pub(super) fn wait_for_guests(root: &Path, patience: Duration) -> Option<File> {
    let file = File::open(guests_of(root)).ok()?;
    let deadline = Instant::now() + patience;
    while file.try_lock().is_err() {
        if Instant::now() > deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(file)
}

fn guests_of(root: &Path) -> PathBuf {
    root.join("guests.lock")
}

/// `create_dir_all`, but what is made gets this mode whatever the umask says.
fn make(path: &Path, mode: u32) -> io::Result<()> {
    let missing: Vec<_> = path.ancestors().take_while(|dir| !dir.exists()).collect();
    for dir in missing.into_iter().rev() {
        match fs::create_dir(dir) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.and_then(|()| fs::set_permissions(dir, Permissions::from_mode(mode)))?,
        }
    }
    if path.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// Removes a throw-away folder with its socket, once no server runs in it.
pub(super) fn remove(root: &Path) -> io::Result<()> {
    drop(fs::remove_dir_all(socket::dir_of(root)));
    if processes::settle(&root.join("pgdata")).is_err() {
        return Err(io::ErrorKind::ResourceBusy.into());
    }
    fs::remove_dir_all(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_once() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(root.path()).expect("open");
        let held = folder.lock(Duration::ZERO).expect("no error").expect("free");
        assert!(folder.lock(Duration::from_millis(60)).expect("no error").is_none());
        drop(held);
        assert!(folder.lock(Duration::ZERO).expect("no error").is_some());
    }

    #[test]
    fn a_folder_with_foreign_files_is_not_taken_for_a_cluster() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(root.path()).expect("open");
        assert!(matches!(folder.version(), Ok(None)));
        fs::create_dir(folder.pgdata()).expect("a folder");
        assert!(matches!(folder.version(), Ok(None)), "empty");
        fs::write(folder.pgdata().join("letter.txt"), "x").expect("a file");
        assert!(matches!(folder.version(), Err(ClusterError::NotACluster(_))));
        fs::write(folder.pgdata().join("PG_VERSION"), "15\n").expect("a file");
        assert!(matches!(folder.version(), Ok(Some(15))));
    }
}
