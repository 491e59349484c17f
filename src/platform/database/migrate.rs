//! Migrations: run as `zhengzhi_owner`, with the whole scope set, so that data migrations pass the forced policies too.

use super::connect::Endpoint;
use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions, Connection};

static MIGRATOR: Migrator = sqlx::migrate!();

/// How the database's schema stands to this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Current,
    /// This program brings migrations that have not run.
    Older,
    /// A newer program has been here: this one must not touch the data.
    Newer,
}

/// Runs what is missing. Refuses a schema that is newer than this program.
pub async fn migrate(endpoint: &Endpoint) -> Result<(), sqlx::Error> {
    let mut connection = endpoint.owner_options().connect().await?;
    let begun: bool = sqlx::query_scalar("select to_regclass('counties') is not null").fetch_one(&mut connection).await?;
    let scope: String = if begun {
        sqlx::query_scalar("select array_agg(id)::text from counties").fetch_one(&mut connection).await?
    } else {
        "{140400}".to_owned()
    };
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope).execute(&mut connection).await?;
    MIGRATOR.run(&mut connection).await?;
    sqlx::query("grant select on _sqlx_migrations to zhengzhi_app").execute(&mut connection).await?;
    connection.close().await
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
    let known: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut connection).await?;
    let newest: Option<i64> = if known {
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(&mut connection).await?
    } else {
        None
    };
    connection.close().await?;
    let ours = MIGRATOR.iter().map(|m| m.version).max();
    Ok(match newest.cmp(&ours) {
        std::cmp::Ordering::Equal => Schema::Current,
        std::cmp::Ordering::Less => Schema::Older,
        std::cmp::Ordering::Greater => Schema::Newer,
    })
}
