//! Where two people must verify, two did.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R14",
    title: "应由两人核查的问题有两名核查人",
    hint: "逃避监管、数据造假等类型和交办的问题，销号须有两名不同的核查人。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    super::verifiers::sql(true)
}

fn sentence(words: &[String]) -> String {
    super::verifiers::sentence(words)
}
