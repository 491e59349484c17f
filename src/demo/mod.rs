//! The demo: invented people and invented data, the same for the same seed.

mod desk;
mod field;
mod filed;
mod fill;
mod generate;
mod law;
pub mod names;
mod people;
mod plan;

pub use fill::fill;
pub use generate::{Written, generate};
pub use people::People;

use crate::platform::database::Endpoint;
use sqlx::{ConnectOptions, Connection};

/// Throws the demo's database content away, so that the next migration makes it anew.
pub async fn wipe(endpoint: &Endpoint) -> Result<(), sqlx::Error> {
    let mut connection = endpoint.owner_options().connect().await?;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&mut connection).await?;
    connection.close().await
}
