//! The sum of states is the number of problems.

use crate::figures::Values;
use crate::readiness::finding::{Record, Severity};
use crate::readiness::rule::{Broken, Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R01",
    title: "问题数等于各整改状态之和",
    hint: "问题数=未启动+方案已备案+整改中+待核查+已销号+以关代改+移交；不属实的不在其内。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Figures(broken),
};

const STATES: [&str; 7] = ["not_started", "plan_filed", "in_progress", "completed", "verified", "closed_down", "transferred"];

fn broken(values: &Values, _: i64) -> Option<Broken> {
    let (whole, sum) = (values.get("problems"), STATES.iter().map(|state| values.get(state)).sum::<i64>());
    (whole != sum).then(|| Broken {
        value: format!("{whole}/{sum}"),
        text: format!("问题数为{whole}，各整改状态之和为{sum}，两者不等。"),
        records: vec![Record::Figure("problems")],
    })
}
