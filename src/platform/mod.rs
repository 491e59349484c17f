//! FLOOR 1: tools without field words. They know files, sheets, settings and PostgreSQL, not pollution.

pub mod child;
pub mod config;
pub mod database;
pub mod document;
pub mod sheet;
