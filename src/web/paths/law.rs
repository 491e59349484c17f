//! Addresses of law: calendar, clocks, transfers, texts for the public, the black list.

use super::with;
use uuid::Uuid;

/// 工作日历.
pub const CALENDAR: &str = "/calendar";

/// Taking a day of the calendar away.
pub fn calendar_remove(id: Uuid) -> String {
    format!("/calendar/{id}/remove")
}

/// 法定期限.
pub const CLOCKS: &str = "/clocks";
/// 法定期限 as a file.
pub const CLOCKS_FILE: &str = "/clocks.xlsx";

/// A new event on the way of a case; `what` is chosen.
pub fn case_event_new(case: Uuid, what: &str) -> String {
    with(&format!("/ledger/{case}/events/new"), &[("what", what)])
}

/// Taking an event out of the count.
pub fn case_event_remove(case: Uuid, event: Uuid) -> String {
    format!("/ledger/{case}/events/{event}/remove")
}

/// 法规审核 of the letter of a transfer.
pub fn letter_review(case: Uuid, measure: Uuid) -> String {
    format!("/ledger/{case}/measures/{measure}/letter-review")
}

/// The papers of a transfer.
pub fn transfer_package(case: Uuid, measure: Uuid) -> String {
    format!("/ledger/{case}/transfer.zip?measure={measure}")
}

/// 典型案例曝光.
pub const EXPOSURES: &str = "/exposures";
/// What the public reads.
pub const PUBLIC_CASES: &str = "/public/cases";

/// The text of a case for the public.
pub fn publication(case: Uuid) -> String {
    format!("/ledger/{case}/publication")
}

/// One text.
pub fn exposure(id: Uuid) -> String {
    format!("/exposures/{id}")
}

/// An act on a text: `review`, `publish`, `withdraw`.
pub fn exposure_act(id: Uuid, act: &str) -> String {
    format!("/exposures/{id}/{act}")
}

/// A published text.
pub fn public_case(id: Uuid) -> String {
    format!("/public/cases/{id}")
}

/// 黑名单.
pub const BLACKLIST: &str = "/blacklist";
/// The decided entries as a workbook.
pub const BLACKLIST_XLSX: &str = "/blacklist.xlsx";
/// The decided entries as text.
pub const BLACKLIST_CSV: &str = "/blacklist.csv";
/// The numbers of its rules.
pub const BLACKLIST_RULES: &str = "/blacklist/rules";
/// Where a proposal goes.
pub const BLACKLIST_NEW: &str = "/blacklist/new";

/// Proposing a unit.
pub fn blacklist_new(unit: Uuid) -> String {
    format!("/blacklist/new?unit={unit}")
}

/// One entry.
pub fn blacklisting(id: Uuid) -> String {
    format!("/blacklist/{id}")
}

/// An act on an entry: `notice`, `objection`, `review`, `decide`, `withdraw`.
pub fn blacklist_act(id: Uuid, act: &str) -> String {
    format!("/blacklist/{id}/{act}")
}
