//! A case that was handed to the city's bureau (移送市局办理) may have no date yet: the county cannot mend it, and says so.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R29",
    title: "市局办理的案件，必填内容齐全",
    hint: "已移送市局办理的案件，由市局登记日期、文号和金额。请与市局核对，并说明情况。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence: super::r11::sentence },
};

fn sql() -> String {
    super::r11::cases(true)
}
