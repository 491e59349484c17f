//! What units report of themselves is looked at before filing.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R27",
    title: "企业自报均已核实",
    hint: "企业扫码报送的自查情况，请逐份采用或注明不采用的原因。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    "select r.county_id, r.id::text as subject, 'unit' as kind, r.unit_id as id, null::text as other_kind, null::uuid as other_id,
        r.version::text as value, array[u.name] as words
     from self_reports r join units u on u.county_id = r.county_id and u.id = r.unit_id
     where r.county_id = any($1) and r.campaign_id = $2 and r.state = 'waiting' and (r.received_at at time zone 'Asia/Shanghai')::date <= $3
     order by r.county_id, u.name, r.id"
        .to_owned()
}

fn sentence(words: &[String]) -> String {
    let [unit] = words else { return String::new() };
    format!("{unit}：企业自报待核。")
}
