//! One file that holds all: every table as of one moment, the stored files that its rows name, the key of the history, and a
//! manifest with counts, checksums and the ends of the chains. It carries the key, so it is a secret.
//!
//! - [`take`] makes one while the server goes on writing; [`Backup::open`] checks one to the last byte
//! - [`restore`] lays one into a database beside, proves it there, and only then lets it take the old one's place
//!
//! The file is a zip whose comment is the SHA-256 of everything before it: any tool opens it, and a cut or changed byte shows.

mod error;
mod files;
mod manifest;
mod pack;
mod restore;
mod store;
mod take;
mod unpack;

pub use error::BackupError;
pub use manifest::Manifest;
pub use restore::{Restored, Target, restore};
pub use store::{Proof, prove};
pub use take::{Taken, take};
pub use unpack::{Backup, heads_of};
