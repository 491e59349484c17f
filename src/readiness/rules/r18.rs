//! No paragraph of the work summary waits for words.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::summary::{self, Summary};

pub(super) static RULE: Rule = Rule {
    id: "R18",
    title: "工作总结各处已填写",
    hint: "组织部署、宣传发动、告知和排查等内容尚须人工填写；确无内容的，说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Summary(found),
};

fn found(summary: &Summary) -> Vec<(String, String, String)> {
    let told = |gap: summary::Gap| {
        let text = format!("工作总结“{}”待补：{}。", gap.heading, gap.hint);
        (format!("{}/{}", gap.key, gap.hint), String::new(), text)
    };
    summary::gaps(summary).into_iter().map(told).collect()
}
