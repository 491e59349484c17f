//! What the work summary says is what the tables say.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::summary::{self, Summary};

pub(super) static RULE: Rule = Rule {
    id: "R07",
    title: "工作总结中的数字与附件、汇总表一致",
    hint: "总结、附件2和汇总表的罚款等数字应相等（勾稽规则7）。改动过的数字请恢复为系统数，或更正数据。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Summary(found),
};

fn found(summary: &Summary) -> Vec<(String, String, String)> {
    let told = |m: summary::Mismatch| {
        let text = format!("工作总结“{}”中写为{}，系统数为{}。", m.heading, m.typed, m.live);
        (m.key, format!("{}/{}", m.typed, m.live), text)
    };
    summary::mismatches(summary).into_iter().map(told).collect()
}
