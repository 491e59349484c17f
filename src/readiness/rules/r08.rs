//! A fine lies within what the articles usually give: else the unit of money may be wrong.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule, Threshold};
use crate::vocabulary::kinds;

pub(super) static RULE: Rule = Rule {
    id: "R08",
    title: "罚款金额在常见幅度以内",
    hint: "请核对金额单位和适用条款：本系统金额单位为万元。",
    severity: Severity::Reminder,
    threshold: Some(Threshold { label: "单笔罚款超过（万元）", usual: 100 }),
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    let ranges: Vec<String> = kinds()
        .iter()
        .filter_map(|k| Some((k.code, k.usual_fine.as_ref()?)))
        .map(|(code, range)| format!("('{code}', {}::bigint, {}::bigint)", range.start(), range.end()))
        .collect();
    format!(
        "select c.county_id, 'case:' || c.id as subject, 'case' as kind, c.id, null::text as other_kind, null::uuid as other_id,
            c.fine_fen::text as value,
            array[coalesce(c.case_number, c.decision_number, c.respondent, ''), (c.fine_fen / 1000000.0)::text] as words
         from cases c
         where c.county_id = any($1) and c.campaign_id = $2 and c.fine_fen > 0 and coalesce(c.decided_on, $3) <= $3
           and (c.fine_fen > $4 * 1000000
             or exists (select 1 from case_problems l join problems p on p.county_id = l.county_id and p.id = l.problem_id
                        join (values {}) as r(kind, least, most) on r.kind = p.kind
                        where l.county_id = c.county_id and l.case_id = c.id)
               and not exists (select 1 from case_problems l join problems p on p.county_id = l.county_id and p.id = l.problem_id
                        left join (values {}) as r(kind, least, most) on r.kind = p.kind
                        where l.county_id = c.county_id and l.case_id = c.id
                          and (r.kind is null or c.fine_fen between r.least and r.most)))
         order by c.county_id, c.id",
        ranges.join(", "),
        ranges.join(", "),
    )
}

fn sentence(words: &[String]) -> String {
    let [case, wan] = words else { return String::new() };
    let wan = wan.trim_end_matches('0').trim_end_matches('.');
    format!("案件{case}：罚款{wan}万元，不在该类违法行为的常见幅度内。请核对金额单位和适用条款。")
}
