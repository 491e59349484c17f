//! Queries on all tables alike: what there is, copied out and copied in.

use super::error::BackupError;
use super::manifest::Table;
use crate::base::{CountyId, Scope};
use crate::history::{self, Head, Key};
use crate::platform::database::{Endpoint, quoted, set_whole_scope};
use crate::submissions;
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::io::Read;
use uuid::Uuid;

/// Migrations make their own list; whoever was signed in signs in anew.
const LEFT_OUT: [&str; 2] = ["_sqlx_migrations", "sessions"];

/// What holds of a database: entries of the history, frozen submissions.
pub type Proof = (u64, u64);

/// Walks every chain of the history, holds it against the ends that receipts hold and those that `kept` says besides, and holds
/// every frozen submission to its hash; or names the first that does not hold.
pub async fn prove(
    connection: &mut PgConnection,
    scope: &Scope,
    key: &Key,
    mut kept: Vec<(String, Head)>,
) -> Result<Result<Proof, String>, sqlx::Error> {
    let entries = match history::verify(connection, scope, key).await? {
        Ok(entries) => entries,
        Err(broken) => return Ok(Err(broken)),
    };
    kept.extend(submissions::receipt_heads(connection, scope).await?);
    if let Some(missed) = history::missed(connection, scope, &kept).await? {
        return Ok(Err(missed));
    }
    Ok(submissions::verify(connection, scope).await?.map(|copies| (entries, copies)))
}

/// All counties that there are.
pub(super) async fn whole(connection: &mut PgConnection) -> Result<Scope, sqlx::Error> {
    let all: Vec<CountyId> = sqlx::query_scalar("select id from counties").fetch_all(connection).await?;
    Scope::counties(all).ok_or(sqlx::Error::RowNotFound)
}

/// The tables that a backup holds, without their counts.
pub(super) async fn tables(connection: &mut PgConnection) -> Result<Vec<Table>, sqlx::Error> {
    let found: Vec<(String, Vec<String>)> = sqlx::query_as(
        "select c.relname::text, array_agg(a.attname::text order by a.attnum)
         from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
           and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         group by 1 order by 1",
    )
    .bind(&LEFT_OUT[..])
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(|(name, columns)| Table { name, columns, rows: 0 }).collect())
}

fn lines_of(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    format!("{} ({})", quoted(&table.name), columns.join(", "))
}

/// Hands a table's rows on as lines; how many there are (a line break within a value is written as two letters).
pub(super) async fn copy_out(
    connection: &mut PgConnection,
    table: &Table,
    mut put: impl FnMut(&[u8]) -> Result<(), BackupError>,
) -> Result<u64, BackupError> {
    let mut rows = 0;
    let mut lines = connection.copy_out_raw(&format!("copy {} to stdout", lines_of(table))).await?;
    while let Some(part) = lines.try_next().await? {
        rows += memchr::memchr_iter(b'\n', &part).count() as u64;
        put(&part)?;
    }
    Ok(rows)
}

/// Puts lines into a table; how many rows it took.
pub(super) async fn copy_in(connection: &mut PgConnection, table: &Table, mut lines: impl Read) -> Result<u64, sqlx::Error> {
    let mut copy = connection.copy_in_raw(&format!("copy {} from stdin", lines_of(table))).await?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = lines.read(&mut buffer)?;
        if n == 0 {
            return copy.finish().await;
        }
        copy.send(&buffer[..n]).await?;
    }
}

/// Takes what guards the tables away for as long as they are filled: the ties between them, and the owner's own walls, through which
/// nothing can be copied in. What puts it back, statement by statement: the ties are checked again then.
pub(super) async fn open_walls(connection: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    let steps: Vec<(String, String)> = sqlx::query_as(
        "select format('alter table %s drop constraint %I', conrelid::regclass, conname),
                format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
         union all
         select format('alter table %s no force row level security', oid::regclass),
                format('alter table %s force row level security', oid::regclass)
         from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace",
    )
    .fetch_all(&mut *connection)
    .await?;
    let (away, back): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
    run(connection, &away).await?;
    Ok(back)
}

/// Empties tables: what migrations laid down comes back with the rest.
pub(super) async fn empty(connection: &mut PgConnection, tables: &[Table]) -> Result<(), sqlx::Error> {
    let names: Vec<String> = tables.iter().map(|table| quoted(&table.name)).collect();
    run(connection, &[format!("truncate {}", names.join(", "))]).await
}

/// Runs statements.
pub(super) async fn run(connection: &mut PgConnection, statements: &[String]) -> Result<(), sqlx::Error> {
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The stored files that rows name, each with the checksum of its row.
pub(super) async fn stored(connection: &mut PgConnection) -> Result<Vec<(CountyId, Uuid, Vec<u8>)>, sqlx::Error> {
    sqlx::query_as("select county_id, id, sha256 from attachments order by 1, 2").fetch_all(connection).await
}

/// Whether anybody ever entered anything in a database.
pub(super) async fn holds_data(endpoint: &Endpoint) -> Result<bool, sqlx::Error> {
    let mut connection = endpoint.keeper_options().connect().await?;
    set_whole_scope(&mut connection).await?;
    let begun: bool = sqlx::query_scalar("select to_regclass('history') is not null").fetch_one(&mut connection).await?;
    let written = begun && sqlx::query_scalar("select exists (select 1 from history)").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(written)
}

/// The owner's connection to a database that nobody uses yet.
pub(super) async fn as_owner(endpoint: &Endpoint) -> Result<PgConnection, sqlx::Error> {
    endpoint.owner_options().connect().await
}
