//! 自查结论 and the problems that the unit found itself agree.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R02",
    title: "自查结论与登记的问题一致",
    hint: "自查结论为“未发现问题”的单位不应有自查发现的问题；结论为“发现问题”的，应逐个登记问题。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    let over_problems = "from problems p where p.county_id = u.county_id and p.unit_id = u.id and p.campaign_id = $2
        and p.source = 'self_inspection'";
    format!(
        "select u.county_id, 'unit:' || u.id as subject, 'unit' as kind, u.id, null::text as other_kind, null::uuid as other_id,
            coalesce(s.found, '') as value, array[u.name, coalesce(s.found, '')] as words
         from self_inspections s join units u on u.county_id = s.county_id and u.id = s.unit_id
         where s.county_id = any($1) and s.campaign_id = $2 and {inspected} = 'inspected' and $4 >= 0
           and (s.found = 'none' and exists (select 1 {over_problems} and {exists} and {progress} <> 'unfounded')
             or s.found = 'some' and not exists (select 1 {over_problems}))
         order by u.county_id, u.id",
        inspected = figures::self_inspection(),
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found] = words else { return String::new() };
    match found.as_str() {
        "none" => format!("{unit}：自查结论为“未发现问题”，却登记了自查发现的问题。"),
        _ => format!("{unit}：自查结论为“发现问题”，但没有登记问题。"),
    }
}
