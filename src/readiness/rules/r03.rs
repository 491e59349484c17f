//! Every problem of source 企业自查 in annex 2 has its line in annex 1.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R03",
    title: "台账中的自查问题在附件1中都有",
    hint: "附件2中来源为“企业自查”的问题，附件1应有同一条（勾稽规则3）。已按“不属实”办结却仍有案件的，请核对。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, 'case' as other_kind,
            (select l.case_id from case_problems l where l.county_id = p.county_id and l.problem_id = p.id limit 1) as other_id,
            p.id::text as value, array[u.name, coalesce(p.description, '')] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and p.source = 'self_inspection' and {ledger} and $4 >= 0
           and not ({exists} and {progress} <> 'unfounded')
         order by p.county_id, p.id",
        ledger = figures::in_ledger(),
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found] = words else { return String::new() };
    format!("{unit}“{found}”：附件2中有此自查问题的案件，附件1中没有该问题。")
}
