//! 告知 (一.1): the requirements of the notice reach every polluting unit. A unit may be told several times; it counts once.

mod list;
mod notification;
mod store;

pub use list::{Filter, Listed, list};
pub use notification::{Notification, NotificationChanges};
pub use store::{add, add_many, change, find, fits, of_unit, take_back};
