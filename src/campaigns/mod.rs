//! Campaigns (专项行动) as data: title, basis, dates and the bodies that report. A second campaign needs no code.

mod campaign;
mod store;

pub use campaign::{Campaign, CampaignChanges};
pub use store::{add, all, bodies_of, change, find, find_by_id};
