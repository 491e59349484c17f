//! Stored files (附件、盖章件、照片): kept by content and never by name, in a folder beside the database, under the id of their
//! row. Owners keep their own links to them.
//!
//! The bytes are written, synced and renamed, and the folder synced ([`lay`]), before the row is written ([`add`]): a row has its
//! file. A file whose row never came is swept away.

mod folder;
mod kind;
mod store;

pub use folder::{Folder, Laid, Refused};
pub use kind::{FileKind, MAX_BYTES};
pub use store::{Attachment, add, find, lay, sweep};
