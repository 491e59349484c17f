//! Who did what to what, when. Append only and chained: every room's writes pass through [`Writing`], which is the
//! transaction, the actor, both clocks and the chain in one value.
//!
//! One HMAC chain per county and account: a person acts one at a time, so the chain costs no waiting between people.
//! Undo, conflict pages and "as at" come from here, because each entry carries the whole new row.

mod chain;
mod entry;
mod head;
mod key;
mod rows;
mod store;
mod writing;

pub use chain::{Key, KeyError};
pub use entry::{Action, Entry, Past};
pub use head::{Head, heads, heads_in, missed};
pub use key::{key_fits, settle_key};
pub use rows::{Back, put_back, take_away};
pub use store::{
    Filter, PastBatch, batch, batch_rows, batches, before, changes_of, find, last_of, list, of_record, to_confirm, verify,
    waits_for_county,
};
pub use writing::{WriteError, Writing};
