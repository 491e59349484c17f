//! The demo: invented people and invented data, the same for the same seed.

pub mod names;
mod people;

pub use people::People;

use crate::base::Clocks;
use crate::history::Key;
use crate::platform::database::{Database, Endpoint};
use sqlx::{ConnectOptions, Connection};

/// Throws the demo's database content away, so that the next migration makes it anew.
pub async fn wipe(endpoint: &Endpoint) -> Result<(), sqlx::Error> {
    let mut connection = endpoint.owner_options().connect().await?;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&mut connection).await?;
    connection.close().await
}

/// Fills an empty database with invented data.
pub async fn fill(_db: &Database, _key: &Key, _clocks: Clocks, _say: impl Fn(&str)) -> anyhow::Result<()> {
    Ok(())
}
