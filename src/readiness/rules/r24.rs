//! 一.1: the requirements reach every polluting unit.

use crate::figures::Values;
use crate::readiness::finding::{Record, Severity};
use crate::readiness::rule::{Broken, Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R24",
    title: "应告知单位均已告知",
    hint: "通知要求告知到每一家排污单位。未告知的请告知并登记；确实无法告知的，说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Figures(broken),
};

fn broken(values: &Values, _: i64) -> Option<Broken> {
    let missing = values.get("not_notified");
    (missing > 0).then(|| Broken {
        value: missing.to_string(),
        text: format!("应告知{}家，尚有{missing}家未登记告知。", values.get("to_inspect")),
        records: vec![Record::Figure("not_notified")],
    })
}
