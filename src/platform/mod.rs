//! FLOOR 1: tools without field words. They know files, sheets, settings and PostgreSQL, not pollution.

pub mod child;
pub mod config;
pub mod database;
pub mod document;
pub mod sheet;

/// Whether the disk, or what may be used of it, is full.
pub fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}
