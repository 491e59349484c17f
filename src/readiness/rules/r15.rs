//! Elsewhere one verifier is a reminder.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R15",
    title: "核查人为两人",
    hint: "核查销号一般由两人办理，请补充核查人或说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    super::verifiers::sql(false)
}

fn sentence(words: &[String]) -> String {
    super::verifiers::sentence(words)
}
