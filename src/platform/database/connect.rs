//! Where the database is, and the pool over it.

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::path::PathBuf;
use std::time::Duration;

/// One database that two roles reach: the application and the owner.
#[derive(Clone, Debug)]
pub struct Endpoint {
    app: PgConnectOptions,
    owner: PgConnectOptions,
}

impl Endpoint {
    /// A database in a private cluster, by the folder of its socket.
    pub fn private(socket_dir: PathBuf, database: &str) -> Self {
        let options =
            |role: &str| PgConnectOptions::new_without_pgpass().socket(&socket_dir).port(5432).username(role).database(database);
        Self { app: options("zhengzhi_app"), owner: options("zhengzhi_owner") }
    }

    /// A configured server; without `owner_url` nothing can be migrated there.
    pub fn configured(url: &str, owner_url: Option<&str>) -> Result<Self, sqlx::Error> {
        let app: PgConnectOptions = url.parse()?;
        let owner = owner_url.map(str::parse).transpose()?.unwrap_or_else(|| app.clone());
        Ok(Self { app, owner })
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
}

/// The application's pool. It hands out no bare connection: see [`super::Reader`] and [`super::Writer`].
#[derive(Clone, Debug)]
pub struct Database {
    pub(super) pool: PgPool,
}

impl Database {
    /// Opens the pool as `zhengzhi_app`. Connections are made when needed.
    pub fn open(endpoint: &Endpoint, connections: u32) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .min_connections(0)
            .acquire_timeout(Duration::from_secs(3))
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
            .connect_lazy_with(endpoint.app_options());
        Self { pool }
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> Result<(), sqlx::Error> {
        sqlx::query("select 1").execute(&self.pool).await.map(drop)
    }

    /// Closes the pool and waits for its connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
