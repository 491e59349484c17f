//! Connections that carry a scope.

use super::connect::Database;
use crate::base::Scope;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Transaction};

/// A connection to read with. Its scope was set by the statement that handed it out.
#[derive(Debug)]
pub struct Reader(PoolConnection<Postgres>);

impl Reader {
    /// The connection for a query.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

/// A transaction to write in. Its scope ends with it.
#[derive(Debug)]
pub struct Writer(Transaction<'static, Postgres>);

impl Writer {
    /// The connection for a query.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.0
    }

    /// Makes everything written in it last.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }
}

/// A connection whose every query sees the same moment, for tables read in many steps.
#[derive(Debug)]
pub struct Snapshot(Transaction<'static, Postgres>);

impl Snapshot {
    /// The connection for a query.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

/// A transaction at one moment in which temporary tables are made; it is never committed.
#[derive(Debug)]
pub struct Workshop(Transaction<'static, Postgres>);

impl Workshop {
    /// The connection for a query.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

impl Database {
    /// A workshop whose scope is `scope`, among the jobs; what is made in it goes when it is dropped.
    pub async fn workshop(&self, scope: &Scope) -> Result<Workshop, sqlx::Error> {
        let mut transaction = self.jobs.begin_with("begin isolation level repeatable read").await?;
        sqlx::query("select set_config('zhengzhi.counties', $1, true)").bind(scope.setting()).execute(&mut *transaction).await?;
        Ok(Workshop(transaction))
    }

    /// A snapshot whose scope is `scope`; it ends when it is dropped.
    pub async fn snapshot(&self, scope: &Scope) -> Result<Snapshot, sqlx::Error> {
        let mut transaction = self.reads.begin_with("begin isolation level repeatable read read only").await?;
        sqlx::query("select set_config('zhengzhi.counties', $1, true)").bind(scope.setting()).execute(&mut *transaction).await?;
        Ok(Snapshot(transaction))
    }

    /// A connection whose scope is `scope`.
    pub async fn reader(&self, scope: &Scope) -> Result<Reader, sqlx::Error> {
        let mut connection = self.reads.acquire().await?;
        sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope.setting()).execute(&mut *connection).await?;
        Ok(Reader(connection))
    }

    /// A connection on which no county table can be read: for what is known before anyone signed in.
    pub async fn doorstep(&self) -> Result<Reader, sqlx::Error> {
        let mut connection = self.reads.acquire().await?;
        sqlx::query("select set_config('zhengzhi.counties', '', false)").execute(&mut *connection).await?;
        Ok(Reader(connection))
    }

    /// A connection whose first statement sets the scope itself, so that looking a session up and setting its scope is one
    /// round trip. `accounts::sessions::visit` is that statement, and the only caller.
    pub async fn for_session_lookup(&self) -> Result<Reader, sqlx::Error> {
        Ok(Reader(self.reads.acquire().await?))
    }

    /// A transaction whose scope is `scope`.
    pub async fn writer(&self, scope: &Scope) -> Result<Writer, sqlx::Error> {
        let mut transaction = self.writes.begin().await?;
        sqlx::query("select set_config('zhengzhi.counties', $1, true)").bind(scope.setting()).execute(&mut *transaction).await?;
        Ok(Writer(transaction))
    }

    /// The same for steps of a work that begins anew where a crash cuts it: nobody waits until they are on the disk. They are
    /// there at the latest with the next commit of a [`Self::writer`].
    pub async fn step_writer(&self, scope: &Scope) -> Result<Writer, sqlx::Error> {
        let mut transaction = self.writes.begin().await?;
        sqlx::query("select set_config('zhengzhi.counties', $1, true), set_config('synchronous_commit', 'off', true)")
            .bind(scope.setting())
            .execute(&mut *transaction)
            .await?;
        Ok(Writer(transaction))
    }
}
