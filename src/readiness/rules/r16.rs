//! What was sent down carries its number, and is answered.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::vocabulary::Source;

pub(super) static RULE: Rule = Rule {
    id: "R16",
    title: "交办问题有来源编号和核实结论",
    hint: "上级交办、督察、信访等来源的问题，应有来源编号，并逐号答复核实情况。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    let sources: Vec<String> = Source::ALL.iter().filter(|s| s.sent_down()).map(|s| format!("'{}'", s.code())).collect();
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
            concat_ws('/', array_to_string(p.source_numbers, ','), p.verified_as) as value,
            array[u.name, coalesce(p.description, ''), concat_ws('、',
                case when p.source_numbers = '{{}}' then '来源编号' end,
                case when p.verified_as is null and p.assigned_due_on < $3 then '核实情况（交办期限已到）' end)] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and {exists} and p.source in ({sources}) and $4 >= 0
           and (p.source_numbers = '{{}}' or p.verified_as is null and p.assigned_due_on < $3)
         order by p.county_id, p.id",
        exists = figures::problem_exists(),
        sources = sources.join(", "),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found, gaps] = words else { return String::new() };
    format!("{unit}“{found}”：待补{gaps}。")
}
