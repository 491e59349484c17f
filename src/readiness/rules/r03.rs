//! Every problem of source 企业自查 in annex 2 has its line in annex 1. One found untrue has none there (附件1注3), though its case
//! still stands in annex 2 (附件2注5): of that R31 reminds.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R03",
    title: "台账中的自查问题在附件1中都有",
    hint: "附件2中来源为“企业自查”的问题，附件1应有同一条（勾稽规则3）。请核对发现日期和案件日期。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    cases(&format!("not {}", figures::problem_exists()))
}

/// Self-found problems that stand in annex 2 for their case and not in annex 1, for a reason.
pub(super) fn cases(why: &str) -> String {
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, 'case' as other_kind,
            (select l.case_id from case_problems l where l.county_id = p.county_id and l.problem_id = p.id limit 1) as other_id,
            p.id::text as value, array[u.name, coalesce(p.description, '')] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and p.source = 'self_inspection' and {ledger} and $4 >= 0
           and {why}
         order by p.county_id, p.id",
        ledger = figures::in_ledger(),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found] = words else { return String::new() };
    format!("{unit}“{found}”：附件2中有此自查问题的案件，附件1中没有该问题。")
}
