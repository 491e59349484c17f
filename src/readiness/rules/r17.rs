//! What was due is done, or somebody says why not.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R17",
    title: "到期的问题已完成整改",
    hint: "已到期未完成的问题，请说明进展和原因，或办理延期。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
            {due}::text as value, array[u.name, coalesce(p.description, ''), {due}::text] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and $4 >= 0
           and {overdue}
         order by p.county_id, p.id",
        due = figures::due_on(),
        overdue = figures::predicate("overdue").map_or("false", |(_, condition)| condition),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found, due] = words else { return String::new() };
    format!("{unit}“{found}”：时限{due}，尚未完成整改。")
}
