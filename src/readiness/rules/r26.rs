//! What officers found on a visit stands among the problems.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R26",
    title: "排查发现的问题均已登记",
    hint: "排查结果为“发现问题”的单位，请登记所发现的问题；结果有误的，请更正排查登记。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "select i.county_id, i.id::text as subject, 'unit' as kind, i.unit_id as id, null::text as other_kind, null::uuid as other_id,
            i.inspected_on::text as value, array[u.name, i.inspected_on::text] as words
         from inspections i join units u on u.county_id = i.county_id and u.id = i.unit_id
         where i.county_id = any($1) and i.campaign_id = $2 and i.inspected_on <= $3 and not i.removed and i.result = 'problems'
            and not exists (select 1 from problems p where p.county_id = i.county_id and p.campaign_id = i.campaign_id
                and p.unit_id = i.unit_id and p.source <> 'self_inspection' and {exists})
         order by i.county_id, u.name, i.id",
        exists = figures::problem_exists(),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, day] = words else { return String::new() };
    format!("{unit}：{day}排查发现问题，尚未登记问题。")
}
