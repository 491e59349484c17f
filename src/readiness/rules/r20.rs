//! Many units and not one problem is worth a word.

use crate::figures::Values;
use crate::readiness::finding::{Record, Severity};
use crate::readiness::rule::{Broken, Looks, Rule, Threshold};

pub(super) static RULE: Rule = Rule {
    id: "R20",
    title: "单位较多时应有发现的问题",
    hint: "在册单位较多而没有发现任何问题的，请说明排查情况。",
    severity: Severity::Reminder,
    threshold: Some(Threshold { label: "在册单位数", usual: 200 }),
    looks_at: Looks::Figures(broken),
};

fn broken(values: &Values, threshold: i64) -> Option<Broken> {
    let units = values.get("units");
    (units >= threshold && values.get("problems") == 0).then(|| Broken {
        value: units.to_string(),
        text: format!("在册单位{units}家，没有登记任何问题。"),
        records: vec![Record::Figure("units")],
    })
}
