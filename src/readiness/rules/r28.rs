//! The days of a case that the city's bureau handles: the county cannot mend them, and says so.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R28",
    title: "市局办理的案件，立案、决定、按日连续处罚的事实相符",
    hint: "由市局办理的案件，县（区）不能修改。请告知市局更正，并说明情况。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence: super::r05::sentence },
};

fn sql() -> String {
    super::r05::cases(true)
}
