//! 二.1: inspected one by one, no dead corners.

use crate::figures::Values;
use crate::readiness::finding::{Record, Severity};
use crate::readiness::rule::{Broken, Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R25",
    title: "应查单位均已排查",
    hint: "通知要求逐家排查，不留死角。未排查的请排查并登记；确实无法排查的，说明原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Figures(broken),
};

fn broken(values: &Values, _: i64) -> Option<Broken> {
    let missing = values.get("never_visited");
    (missing > 0).then(|| Broken {
        value: missing.to_string(),
        text: format!("应查{}家，尚有{missing}家从未排查。", values.get("to_inspect")),
        records: vec![Record::Figure("never_visited")],
    })
}
