//! The days of a problem stand in their order.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R04",
    title: "发现、备案、完成、销号的日期先后相符",
    hint: "核查日期不早于完成日期，完成日期不早于备案日期和发现日期（勾稽规则4）；立行立改的，备案可以空白。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
        concat_ws('/', p.found_on, p.plan_filed_on, p.completed_on, p.verified_on) as value,
        array[u.name, coalesce(p.description, ''), case
            when p.verified_on < p.completed_on then '核查日期早于完成日期'
            when p.completed_on < p.plan_filed_on then '完成日期早于方案备案日期'
            when p.completed_on < p.found_on then '完成日期早于发现日期'
            else '核查日期早于发现日期' end] as words
     from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
     where p.county_id = any($1) and p.campaign_id = $2 and $3::date is not null and $4 >= 0
       and (p.verified_on < p.completed_on or p.completed_on < p.plan_filed_on or p.completed_on < p.found_on
         or p.verified_on < p.found_on)
     order by p.county_id, p.id"
        .to_owned()
}

fn sentence(words: &[String]) -> String {
    let [unit, found, wrong] = words else { return String::new() };
    format!("{unit}“{found}”：{wrong}。")
}
