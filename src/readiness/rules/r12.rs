//! Each unit that owes a self-inspection has one, or somebody says why not.

use crate::figures::Values;
use crate::readiness::finding::{Record, Severity};
use crate::readiness::rule::{Broken, Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R12",
    title: "应自查单位均已登记自查",
    hint: "未登记自查的单位请逐家登记；确实无法登记的，说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Figures(broken),
};

fn broken(values: &Values, _: i64) -> Option<Broken> {
    let missing = values.get("unregistered");
    (missing > 0).then(|| Broken {
        value: missing.to_string(),
        text: format!("应自查{}家，尚有{missing}家未登记自查。", values.get("owed")),
        records: vec![Record::Figure("unregistered")],
    })
}
