//! An empty annex is a zero report under a name.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R13",
    title: "附件为空的已作零报告",
    hint: "附件没有内容的，须确认“经核实，本期无此类情况（零报告）”，并署名。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Annexes,
};
