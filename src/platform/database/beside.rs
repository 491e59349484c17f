//! A database made beside another on the same server, which takes its place when it is whole. Made, renamed and thrown away as
//! `zhengzhi_owner`, who may make databases, from the server's own `postgres`: nobody renames the database he stands in.

use super::connect::Endpoint;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

/// The server's own database.
const SERVERS: &str = "postgres";

/// A database and the one that is made beside it.
#[derive(Debug)]
pub struct Beside {
    server: PgConnection,
    name: String,
    /// The one beside: nobody uses it yet.
    pub fresh: Endpoint,
}

impl Beside {
    /// Looks at a database from outside.
    pub async fn look(endpoint: &Endpoint) -> Result<Self, sqlx::Error> {
        let server = endpoint.beside(SERVERS).owner_options().connect().await?;
        let name = endpoint.database().to_owned();
        let fresh = endpoint.beside(&format!("{name}_restoring"));
        Ok(Self { server, name, fresh })
    }

    /// Where the database goes whose place is taken: it stays there until the next one goes there.
    pub fn replaced(&self) -> String {
        format!("{}_replaced", self.name)
    }

    /// Whether the database is there.
    pub async fn exists(&mut self) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
            .bind(&self.name)
            .fetch_one(&mut self.server)
            .await
    }

    /// How many others are connected to it.
    pub async fn visitors(&mut self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar("select count(*) from pg_stat_activity where datname = $1 and usename is not null")
            .bind(&self.name)
            .fetch_one(&mut self.server)
            .await
    }

    /// Makes the fresh one, empty, in the other's language; what an earlier attempt left there goes.
    pub async fn make(&mut self) -> Result<(), sqlx::Error> {
        self.drop_fresh().await?;
        let fresh = self.fresh.database().to_owned();
        let language: Option<String> = sqlx::query_scalar(
            "select format('encoding %L lc_collate %L lc_ctype %L', pg_encoding_to_char(encoding), datcollate, datctype)
             from pg_database where datname = $1",
        )
        .bind(&self.name)
        .fetch_optional(&mut self.server)
        .await?;
        self.run(format!("create database {} template template0 {}", quoted(&fresh), language.unwrap_or_default())).await
    }

    /// Throws the fresh one away, with whatever a killed program still does in it.
    pub async fn drop_fresh(&mut self) -> Result<(), sqlx::Error> {
        let fresh = quoted(self.fresh.database());
        self.run(format!("drop database if exists {fresh} with (force)")).await
    }

    /// Lets the fresh one take the other's place, in one step; the other is kept under [`Self::replaced`].
    pub async fn take_place(&mut self) -> Result<(), sqlx::Error> {
        let (name, fresh, replaced) = (quoted(&self.name), quoted(self.fresh.database()), quoted(&self.replaced()));
        let exists = self.exists().await?;
        if exists {
            self.drop_replaced().await?;
        }
        let mut both = self.server.begin().await?;
        if exists {
            sqlx::raw_sql(AssertSqlSafe(format!("alter database {name} rename to {replaced}"))).execute(&mut *both).await?;
        }
        sqlx::raw_sql(AssertSqlSafe(format!("alter database {fresh} rename to {name}"))).execute(&mut *both).await?;
        both.commit().await
    }

    /// Throws away what was replaced.
    pub async fn drop_replaced(&mut self) -> Result<(), sqlx::Error> {
        let replaced = quoted(&self.replaced());
        self.run(format!("drop database if exists {replaced}")).await
    }

    async fn run(&mut self, sql: String) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.server).await.map(drop)
    }
}

/// A name as SQL writes it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
