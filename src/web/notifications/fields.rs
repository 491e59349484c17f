//! What the forms of 告知 share.

use crate::base::{Cells, dates};
use crate::vocabulary::NotificationChannel;
use crate::web::shell::{Choice, Visit, choices};

/// The fields that two people may change at once.
pub const LABELS: [(&str, &str); 6] = [
    ("notified_on", "告知日期"),
    ("channel", "告知方式"),
    ("person", "告知人"),
    ("receiver", "接收人"),
    ("note", "说明"),
    ("removed", "撤除"),
];

/// The ways that staff may choose: 扫码确认 is the unit's own.
pub fn channels() -> Vec<Choice> {
    let of_staff = NotificationChannel::ALL.iter().filter(|c| **c != NotificationChannel::Link);
    choices(of_staff.map(|c| (c.code(), c.label())))
}

/// A new form: told today, face to face, by whoever is signed in.
pub fn fresh(visit: &Visit) -> Cells {
    let mut cells = visit.cells();
    cells
        .set("notified_on", dates::short(visit.today()))
        .set("channel", NotificationChannel::InPerson.code())
        .set("person", &*visit.viewer.actor.name);
    cells
}
