//! Migrations: run as `zhengzhi_owner`, with the whole scope set, so that data migrations pass the forced policies too.

use super::connect::Endpoint;
use sqlx::migrate::{Migration, Migrator};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::collections::BTreeMap;

static MIGRATOR: Migrator = sqlx::migrate!();

/// A migration that has run: its version, and the checksum of what it said.
pub type Applied = (i64, Vec<u8>);

/// How the database's schema stands to this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Current,
    /// This program brings migrations that have not run.
    Older,
    /// A newer program has been here: this one must not touch the data.
    Newer,
    /// A migration has run there that is none of this program's, or says something else here.
    Foreign(i64),
}

impl Schema {
    /// Holds what has run against this program's migrations, each by its checksum.
    pub fn of(applied: &[Applied]) -> Self {
        let ours: BTreeMap<i64, &[u8]> = MIGRATOR.iter().map(|m| (m.version, &*m.checksum)).collect();
        let newest = ours.keys().last().copied().unwrap_or_default();
        let foreign = applied.iter().find(|(version, sum)| *version <= newest && ours.get(version) != Some(&sum.as_slice()));
        match foreign {
            Some((version, _)) => Self::Foreign(*version),
            None if applied.iter().any(|(version, _)| *version > newest) => Self::Newer,
            None if applied.len() < ours.len() => Self::Older,
            None => Self::Current,
        }
    }

    /// What is said of a schema that this program can do nothing with.
    pub fn refusal(self) -> Option<String> {
        match self {
            Self::Current | Self::Older => None,
            Self::Newer => Some("由更新版本的程序建立，本版本不能使用。请换用新版本程序。".to_owned()),
            Self::Foreign(version) => Some(format!("与本程序不符（{version}），系由另一份程序建立，请换用该程序。")),
        }
    }
}

/// Runs what is missing. Refuses a schema that is newer than this program.
pub async fn migrate(endpoint: &Endpoint) -> Result<(), sqlx::Error> {
    run(endpoint, &MIGRATOR).await
}

/// Runs on an empty database only what has run elsewhere, so that its tables are the ones of there.
pub async fn migrate_as(endpoint: &Endpoint, elsewhere: &[Applied]) -> Result<(), sqlx::Error> {
    let has_run = |m: &&Migration| elsewhere.iter().any(|(version, _)| *version == m.version);
    run(endpoint, &Migrator::with_migrations(MIGRATOR.iter().filter(has_run).cloned().collect())).await
}

async fn run(endpoint: &Endpoint, migrator: &Migrator) -> Result<(), sqlx::Error> {
    let mut connection = endpoint.owner_options().connect().await?;
    set_whole_scope(&mut connection).await?;
    migrator.run(&mut connection).await?;
    sqlx::query("grant select on _sqlx_migrations to zhengzhi_app").execute(&mut connection).await?;
    connection.close().await
}

/// Lets a connection see every county that there is. Not for people: for migrations and backups.
pub async fn set_whole_scope(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let begun: bool = sqlx::query_scalar("select to_regclass('counties') is not null").fetch_one(&mut *connection).await?;
    let scope: String = if begun {
        sqlx::query_scalar("select array_agg(id)::text from counties").fetch_one(&mut *connection).await?
    } else {
        "{140400}".to_owned()
    };
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope).execute(connection).await.map(drop)
}

/// The application's role on this database, and whether it passes row security by: then the second wall is not there.
pub async fn role(endpoint: &Endpoint) -> Result<(String, bool), sqlx::Error> {
    let mut connection = endpoint.app_options().connect().await?;
    let found = sqlx::query_as("select rolname::text, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(found)
}

/// Compares the schema with this program's migrations, as the application's role.
pub async fn schema(endpoint: &Endpoint) -> Result<Schema, sqlx::Error> {
    let mut connection = endpoint.app_options().connect().await?;
    let applied = applied(&mut connection).await?;
    connection.close().await?;
    Ok(Schema::of(&applied))
}

/// The migrations that have run, in order.
pub async fn applied(connection: &mut PgConnection) -> Result<Vec<Applied>, sqlx::Error> {
    let known: bool =
        sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *connection).await?;
    if !known {
        return Ok(Vec::new());
    }
    sqlx::query_as("select version, checksum from _sqlx_migrations where success order by version").fetch_all(connection).await
}
