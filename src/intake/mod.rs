//! Lists that come in as files (导入): the file is read as lines, each line by the same function that reads the form, the whole is
//! shown before anything is written, and confirming writes the good rows in one transaction.
//!
//! [`Lines`] is the file; [`look`] says what would become of it; [`lay_down`] keeps it until [`confirm`]. Refused rows stay out,
//! each with its reason; a row is never lost in silence.

mod columns;
mod confirm;
mod findings;
mod headings;
mod lines;
mod plan;
mod preview;
mod refused;
mod store;
mod units;

pub use columns::template;
pub use confirm::{Written, confirm, look, write};

pub use lines::{Line, Lines};
pub use preview::{Change, Finding, Ignored, Outcome, Preview, Understood};
pub use refused::refused;
pub use store::{Upload, find, lay_down};
pub use units::Terms;
