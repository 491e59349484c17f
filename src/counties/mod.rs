//! The areas of the city (12 counties and districts and the high-tech zone), their former names, townships, and the
//! bodies that report for them, with dated names and seals.

mod body;
mod directory;
mod store;

pub use body::{Body, BodyChanges};
pub use directory::{County, Directory, Township};
pub use store::{bodies, body_on, change_body, load, set_report_phone};
