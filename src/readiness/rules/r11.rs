//! A case has what a filed table must say of it.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::vocabulary::HandledBy;

pub(super) static RULE: Rule = Rule {
    id: "R11",
    title: "案件的必填内容齐全",
    hint: "上报前，案件应有办案机关和日期；已立案的有立案号，已决定的有决定文号和金额（不予处罚的写明理由）。",
    severity: Severity::Error,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    cases(false)
}

/// Cases that lack something; `by_city`: those that the city handles, which it alone may edit, else the others.
pub(super) fn cases(by_city: bool) -> String {
    format!(
        "select c.county_id, 'case:' || c.id as subject, 'case' as kind, c.id, null::text as other_kind, null::uuid as other_id,
            concat_ws('/', c.order_on, c.case_filed_on, c.not_filed_on, c.decided_on, w.measures) as value, array[coalesce(c.case_number, c.decision_number, c.respondent, ''), concat_ws('、',
                case when c.order_on is null and c.case_filed_on is null and c.not_filed_on is null and c.decided_on is null
                    and w.measures = 0 then '日期' end,
                case when c.case_filed_on is not null and coalesce(c.case_number, '') = '' then '立案号' end,
                case when c.decided_on is not null and coalesce(c.decision_number, '') = '' then '决定文号' end,
                case when c.decided_on is not null and w.bare then '罚款金额' end)] as words
         from cases c cross join lateral (
            select (select count(*) from measures m where m.county_id = c.county_id and m.case_id = c.id and not m.removed) as measures,
                c.fine_fen is null and coalesce(c.discretion_reason, '') = '' and coalesce(c.other_measures, '') = ''
                    and not c.shut_down as bare) w
         where c.county_id = any($1) and c.campaign_id = $2 and {there} and $4 >= 0
           and (c.handled_by = '{city}') = {by_city}
           and (c.order_on is null and c.case_filed_on is null and c.not_filed_on is null and c.decided_on is null and w.measures = 0
             or c.case_filed_on is not null and coalesce(c.case_number, '') = ''
             or c.decided_on is not null and (coalesce(c.decision_number, '') = '' or w.bare))
         order by c.county_id, c.id",
        there = figures::case_exists(),
        city = HandledBy::CityBureau.code(),
    )
}

pub(super) fn sentence(words: &[String]) -> String {
    let [case, gaps] = words else { return String::new() };
    let case = if case.is_empty() { "（未编号）" } else { case };
    format!("案件{case}：待补{gaps}。")
}
