//! The days of a case stand in their order, and a daily penalty has the facts that it counts from.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::vocabulary::HandledBy;

pub(super) static RULE: Rule = Rule {
    id: "R05",
    title: "立案、决定、按日连续处罚的事实相符",
    hint: "立案日期不早于发现日期，决定日期不早于立案日期；按日连续处罚须有原罚款、责令改正送达日期和复查日期（部令第28号第十七条、第十九条）。决定的金额不重新计算。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    cases(false)
}

/// Cases whose facts do not agree; `by_city`: those that the city handles, which it alone may edit, else the others. A daily penalty
/// lacks nothing before it is decided: its row stands there from the order to correct on, for the clock of the re-check.
pub(super) fn cases(by_city: bool) -> String {
    format!(
        "select c.county_id, 'case:' || c.id as subject, 'case' as kind, c.id, null::text as other_kind, null::uuid as other_id,
            concat_ws('/', w.first_found, c.case_filed_on, c.decided_on, w.bare, w.unpaid) as value,
            array[coalesce(c.case_number, c.decision_number, c.respondent, ''), case
                when c.decided_on < c.case_filed_on then '决定日期早于立案日期'
                when c.case_filed_on < w.first_found then '立案日期早于发现日期'
                when w.unpaid > 0 then '按日连续处罚已作决定，未填决定金额'
                else '按日连续处罚缺少原罚款、送达日期或复查日期' end] as words
         from cases c cross join lateral (
            select (select min(p.found_on) from case_problems l join problems p on p.county_id = l.county_id and p.id = l.problem_id
                    where l.county_id = c.county_id and l.case_id = c.id) as first_found,
                (select count(*) from measures m where m.county_id = c.county_id and m.case_id = c.id and not m.removed
                    and m.kind = 'daily_penalty'
                    and (m.decided_on is not null or m.served_on is not null or m.amount_fen is not null)
                    and (m.original_fine_fen is null or m.order_served_on is null or m.recheck_on is null)) as bare,
                (select count(*) from measures m where m.county_id = c.county_id and m.case_id = c.id and not m.removed
                    and m.kind = 'daily_penalty' and m.decided_on is not null and m.amount_fen is null) as unpaid) w
         where c.county_id = any($1) and c.campaign_id = $2 and $3::date is not null and $4 >= 0
           and (c.handled_by = '{city}') = {by_city}
           and (c.decided_on < c.case_filed_on or c.case_filed_on < w.first_found or w.bare > 0 or w.unpaid > 0)
         order by c.county_id, c.id",
        city = HandledBy::CityBureau.code(),
    )
}

pub(super) fn sentence(words: &[String]) -> String {
    let [case, wrong] = words else { return String::new() };
    format!("案件{case}：{wrong}。")
}
