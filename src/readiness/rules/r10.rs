//! A problem has what a filed table must say of it.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R10",
    title: "问题的必填内容齐全",
    hint: "上报前，每个问题应有：问题描述、类型、来源、发现日期，以及计划时限或完成日期。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
            '' as value, array[u.name, coalesce(p.description, ''), concat_ws('、',
                case when coalesce(p.description, '') = '' then '问题描述' end, case when p.kind is null then '问题类型' end,
                case when p.found_on is null then '发现日期' end,
                case when p.due_on is null and p.completed_on is null and p.ended_on is null then '计划时限或完成日期' end)] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and {exists} and {progress} <> 'unfounded' and $4 >= 0
           and (coalesce(p.description, '') = '' or p.kind is null or p.found_on is null
             or p.due_on is null and p.completed_on is null and p.ended_on is null)
         order by p.county_id, p.id",
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found, gaps] = words else { return String::new() };
    let found = if found.is_empty() { "（未填写）" } else { found };
    format!("{unit}“{found}”：待补{gaps}。")
}
