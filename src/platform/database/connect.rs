//! Where the database is, and the pools over it.

use super::cluster::{APP_ROLE, CLUSTER_ROLE, OWNER_ROLE};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One database and the roles that reach it: the application, the owner, and who reads all of it for a backup.
#[derive(Clone, Debug)]
pub struct Endpoint {
    app: PgConnectOptions,
    owner: PgConnectOptions,
    keeper: PgConnectOptions,
}

impl Endpoint {
    /// A database in a private cluster, by the folder of its socket.
    pub fn private(socket_dir: PathBuf, database: &str) -> Self {
        let options =
            |role: &str| PgConnectOptions::new_without_pgpass().socket(&socket_dir).port(5432).username(role).database(database);
        Self { app: options(APP_ROLE), owner: options(OWNER_ROLE), keeper: options(CLUSTER_ROLE) }
    }

    /// A configured server; without `owner_url` nothing can be migrated there.
    pub fn configured(url: &str, owner_url: Option<&str>) -> Result<Self, sqlx::Error> {
        let app: PgConnectOptions = url.parse()?;
        let owner = owner_url.map(str::parse).transpose()?.unwrap_or_else(|| app.clone());
        Ok(Self { app, keeper: owner.clone(), owner })
    }

    /// Another database of the same server.
    pub fn beside(&self, database: &str) -> Self {
        let of = |options: &PgConnectOptions| options.clone().database(database);
        Self { app: of(&self.app), owner: of(&self.owner), keeper: of(&self.keeper) }
    }

    /// The database's name.
    pub fn database(&self) -> &str {
        self.owner.get_database().unwrap_or_else(|| self.owner.get_username())
    }

    /// How the application connects: bounded statements, locks and idle transactions; dates and times in one zone.
    pub fn app_options(&self) -> PgConnectOptions {
        self.app.clone().application_name("zhengzhi").options([
            ("statement_timeout", "60s"),
            ("lock_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "60s"),
            ("timezone", "Asia/Shanghai"),
            ("jit", "off"),
        ])
    }

    /// How migrations connect.
    pub fn owner_options(&self) -> PgConnectOptions {
        self.owner.clone().application_name("zhengzhi-owner").options([("timezone", "Asia/Shanghai")])
    }

    /// How a backup connects: in the private cluster as its superuser, whom row security hides nothing from; else as the owner.
    pub fn keeper_options(&self) -> PgConnectOptions {
        self.keeper.clone().application_name("zhengzhi-backup").options([("timezone", "Asia/Shanghai")])
    }
}

/// The application's pools. They hand out no bare connection: see [`super::Reader`] and [`super::Writer`].
///
/// A page that writes holds a reader while it waits for a writer; a writer waits for nobody. Jobs hold several connections at
/// once: they have a pool of their own, and a gate lets in no more of them than it serves. So nobody waits in a circle.
#[derive(Clone, Debug)]
pub struct Database {
    pub(super) reads: PgPool,
    pub(super) writes: PgPool,
    pub(super) jobs: PgPool,
    gate: Arc<Semaphore>,
}

/// Connections that a job holds at most: what it writes in two transactions, what it reads meanwhile, and what it says of itself.
const OF_A_JOB: u32 = 4;

impl Database {
    /// Opens the pools as `zhengzhi_app`, with so many connections in all, and at least eight. They are made when needed.
    pub fn open(endpoint: &Endpoint, connections: u32) -> Self {
        let writes = (connections / 4).max(2);
        let jobs = (connections * 2 / 5).max(OF_A_JOB);
        let reads = connections.saturating_sub(writes + jobs).max(2);
        let gate = Arc::new(Semaphore::new((jobs / OF_A_JOB) as usize));
        // One reader is always there: a database that is served is seen to be in use, however quiet it is.
        let reads = pool(endpoint, reads, 3, 1);
        Self { reads, writes: pool(endpoint, writes, 3, 0), jobs: pool(endpoint, jobs, 60, 0), gate }
    }

    /// The database as jobs use it: work that goes on beside the pages.
    pub fn for_jobs(&self) -> Self {
        Self { reads: self.jobs.clone(), writes: self.jobs.clone(), ..self.clone() }
    }

    /// Waits until a job may begin; it may go on until this is dropped.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.gate).acquire_owned().await.ok()
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> Result<(), sqlx::Error> {
        sqlx::query("select 1").execute(&self.reads).await.map(drop)
    }

    /// Closes the pools and waits for their connections.
    pub async fn close(&self) {
        tokio::join!(self.reads.close(), self.writes.close(), self.jobs.close());
    }
}

fn pool(endpoint: &Endpoint, connections: u32, patience: u64, at_least: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(connections)
        .min_connections(at_least)
        .acquire_timeout(Duration::from_secs(patience))
        // A ping before every use costs a round trip; one after a pause finds a server that went away.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(1) {
                    return Ok(sqlx::Connection::ping(connection).await.is_ok());
                }
                Ok(true)
            })
        })
        .connect_lazy_with(endpoint.app_options())
}
