//! PostgreSQL: the pool, and the one function that hands out a connection with its scope set.
//!
//! Row-level security reads the connection's setting `zhengzhi.counties`. A [`Reader`] or [`Writer`] is made only by setting
//! it first, so a connection never carries the last person's scope, and one without a scope answers every county query
//! with an error.

mod beside;
pub mod cluster;
mod connect;
pub mod listing;
mod migrate;
mod rows;
mod scoped;

pub use beside::{Beside, quoted};
pub use connect::{Database, Endpoint};
pub use listing::{Listing, Page, Within};
pub use migrate::{Applied, Schema, applied, migrate, migrate_as, role, schema, set_whole_scope};
pub use rows::{find_row, rows_of_unit};
pub use scoped::{Reader, Snapshot, Workshop, Writer};

/// The name of the constraint that refused a write, if one did.
pub fn refused_by(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(sqlx::error::DatabaseError::constraint)
}

/// Whether there is no room left: on the database's disk (53100), or on this program's.
pub fn is_full(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => crate::platform::is_full(error),
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "53100"),
        _ => false,
    }
}

/// Whether the database cannot be reached or is too busy: worth trying again later.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        // 57P0x: the server is shutting down or starting; 53xxx: out of resources; 25006: read-only; 55P03, 57014: time-outs
        sqlx::Error::Database(e) => e.code().is_some_and(|c| {
            c.starts_with("57P0") || c.starts_with("53") || c.starts_with("08") || c == "25006" || c == "55P03" || c == "57014"
        }),
        _ => false,
    }
}
