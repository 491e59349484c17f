//! A problem of source 企业自查 that was found untrue has a case all the same: lawful (附件2注5), and worth a second look.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R31",
    title: "按“不属实”办结的自查问题不再有案件",
    hint: "自查问题已按“不属实”办结而有案件的，附件2仍列出案件，附件1不列该问题。请核对；确属如此的，说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    super::r03::cases(&format!("{} and {} = 'unfounded'", figures::problem_exists(), figures::progress()))
}

fn sentence(words: &[String]) -> String {
    let [unit, found] = words else { return String::new() };
    format!("{unit}“{found}”：已按“不属实”办结，附件2中仍有该问题的案件。")
}
