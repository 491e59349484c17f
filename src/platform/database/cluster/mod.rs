//! The private PostgreSQL cluster: a server of our own in the data folder.
//!
//! An office that tries this program has no database administrator. So the program finds the distribution's
//! PostgreSQL, makes a cluster in `<data_dir>/pgdata`, runs it as a child and stops it at the end. The server listens on
//! a Unix socket in a folder that only its user may enter, never on TCP: no port can clash, no password is needed.
//!
//! What a crash leaves must never stop the next start. Hence the rules of this room:
//!
//! - one program at a time, by a file lock that the kernel drops with its holder ([`folder`]);
//! - a cluster takes its final name when it is complete, roles and database included ([`create`]);
//! - the server gets a signal from the kernel when we die, even by `kill -9` ([`child`], [`server`]);
//! - a server that is left all the same is stopped before a new one starts ([`processes`]);
//! - a server that dies under us is started again by whoever serves ([`Cluster::revive`]).
//!
//! All of it is blocking and knows nothing of the async runtime. Call it before the runtime starts or on a blocking thread.

mod account;
mod binaries;
pub mod child;
mod create;
mod error;
mod folder;
mod options;
mod pidfile;
mod processes;
mod server;
mod socket;
mod throw_away;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use error::ClusterError;
use folder::Folder;
pub use options::Options;
use server::Server;
pub use throw_away::throw_away_dir;
use throw_away::{Janitor, sweep};

/// The cluster's superuser. Only backup and a curious administrator need it.
pub const CLUSTER_ROLE: &str = "zhengzhi_cluster";
/// Owns the database and migrates it; may make databases, may not pass row security.
pub const OWNER_ROLE: &str = "zhengzhi_owner";
/// Serves and tests: no superuser, no bypass of row security, no DDL.
pub const APP_ROLE: &str = "zhengzhi_app";
/// The product's database.
pub const DATABASE: &str = "zhengzhi";
/// Names the socket file (`.s.PGSQL.5432`); no TCP port is opened.
pub const PORT: u16 = 5432;

/// A program that is about to end may hold the lock for a moment.
const WAIT_FOR_LOCK: Duration = Duration::from_secs(5);
/// A running copy may still be making its cluster, or recovering.
const WAIT_TO_JOIN: Duration = Duration::from_secs(60);
/// How long a short command waits for others that joined its server.
const WAIT_FOR_GUESTS: Duration = Duration::from_secs(600);

/// A private cluster that runs. Dropping it stops the server if it was started here.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    data_dir: PathBuf,
    hold: Option<Hold>,
}

/// What keeps the cluster ours; fields fall in this order.
#[derive(Debug)]
enum Hold {
    /// Started here: the server, then the lock on the data folder.
    Started { server: Server, launcher: child::Launcher, waits_for_guests: bool, janitor: Option<Janitor>, _lock: File },
    /// Someone else's server; the shared lock tells a short command to wait for us.
    Joined { _guest: File },
}

impl Cluster {
    /// Starts the cluster of `data_dir`, making it first if it is new. Refused when another copy holds the folder.
    pub fn start(options: &Options) -> Result<Self, ClusterError> {
        let folder = Folder::open(&options.data_dir)?;
        let lock = folder.lock(WAIT_FOR_LOCK)?.ok_or_else(|| ClusterError::Busy(folder.root.clone()))?;
        Self::run(options, &folder, lock, false)
    }

    /// Joins the server of a running `serve` or `demo` on this folder, else starts one for as long as this value lives.
    pub fn start_or_join(options: &Options) -> Result<Self, ClusterError> {
        let folder = Folder::open(&options.data_dir)?;
        let deadline = Instant::now() + WAIT_TO_JOIN;
        loop {
            if let Some(lock) = folder.lock(Duration::ZERO)? {
                return Self::run(options, &folder, lock, true);
            }
            // First the guest's lock, then the look at the server: a short command cannot stop it in between.
            if let Some(guest) = folder.guest()?
                && let Some(found) = pidfile::read(&folder.pgdata())
                && found.is_ready()
                && processes::running_in(&folder.pgdata()).contains(&found.pid)
            {
                let hold = Some(Hold::Joined { _guest: guest });
                return Ok(Self { socket_dir: found.socket_dir, data_dir: folder.root, hold });
            }
            if Instant::now() > deadline {
                return Err(ClusterError::Busy(folder.root));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A throw-away cluster for tests in `dir` (see [`throw_away_dir`]); `exe` is the zhengzhi program. The folder goes
    /// when the test process ends, however it ends; folders of dead processes beside it are swept.
    pub fn throw_away(dir: &Path, exe: &Path) -> Result<Self, ClusterError> {
        sweep(dir);
        let mut options = Options::new(dir);
        options.pg_bin = std::env::var_os("ZHENGZHI_PG_BIN").map(PathBuf::from);
        options.exe = Some(exe.to_path_buf());
        options.throw_away = true;
        let watch = Janitor::hire(dir, exe)?;
        let mut cluster = Self::start(&options)?;
        if let Some(Hold::Started { janitor, .. }) = &mut cluster.hold {
            *janitor = Some(watch);
        }
        Ok(cluster)
    }

    /// The folder of the server's socket; with [`PORT`], a role and a database that is all a connection needs.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The data folder, as an absolute path without links.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Whether the server was started here, not joined.
    pub fn is_started_here(&self) -> bool {
        matches!(self.hold, Some(Hold::Started { .. }))
    }

    /// Whether the server is still there (a joined one is not watched).
    pub fn is_running(&self) -> bool {
        match &self.hold {
            Some(Hold::Started { server, .. }) => server.is_running(),
            Some(Hold::Joined { .. }) => true,
            None => false,
        }
    }

    /// Starts the server again if it was started here and is gone, at the same socket. Whether it was.
    pub fn revive(&mut self) -> Result<bool, ClusterError> {
        if self.is_running() {
            return Ok(false);
        }
        let Some(Hold::Started { server, launcher, .. }) = &mut self.hold else { return Ok(false) };
        let folder = Folder { root: self.data_dir.clone() };
        processes::settle(&folder.pgdata())?;
        *server = Server::start(&folder, launcher, &self.socket_dir)?;
        Ok(true)
    }

    /// Stops the server cleanly and waits for it; a joined server goes on.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.end()
    }

    fn run(options: &Options, folder: &Folder, lock: File, short: bool) -> Result<Self, ClusterError> {
        let exe = match &options.exe {
            Some(path) => path.clone(),
            None => std::env::current_exe().map_err(|e| ClusterError::io("无法确定本程序的位置", Path::new("zhengzhi"), e))?,
        };
        let existing = folder.version()?;
        let binaries = binaries::find(options.pg_bin.as_deref(), existing, &folder.root)?;
        let account = account::choose(&folder.root, &binaries.dir)?;
        let launcher = child::Launcher { exe, binaries, account, throw_away: options.throw_away };
        if existing.is_none() {
            (options.say)("正在建立数据库,约需数秒");
            create::create(folder, &launcher)?;
        }
        (options.say)("正在启动数据库");
        launcher.account.own_tree(&folder.pgdata())?;
        processes::settle(&folder.pgdata())?;
        let socket_dir = socket::make_dir(&folder.root, &launcher.account)?;
        let server = Server::start(folder, &launcher, &socket_dir)?;
        let hold = Some(Hold::Started { server, launcher, waits_for_guests: short, janitor: None, _lock: lock });
        Ok(Self { socket_dir, data_dir: folder.root.clone(), hold })
    }

    fn end(&mut self) -> Result<(), ClusterError> {
        let Some(Hold::Started { server, waits_for_guests, janitor, _lock, .. }) = self.hold.take() else {
            return Ok(());
        };
        let guests = if waits_for_guests { folder::wait_for_guests(&self.data_dir, WAIT_FOR_GUESTS) } else { None };
        let stopped = server.stop();
        // Nobody minds what stays here: the next start makes the folder anew.
        drop(std::fs::remove_dir_all(&self.socket_dir));
        drop(guests);
        if let Some(janitor) = janitor {
            janitor.dismiss();
        }
        stopped
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.end());
    }
}
