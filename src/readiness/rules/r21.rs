//! A fine many times the median may be 元 in a column of 万元.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule, Threshold};

pub(super) static RULE: Rule = Rule {
    id: "R21",
    title: "罚款金额不过分偏离",
    hint: "罚款明显高于本县（区）同期案件中位数的，请核对金额单位。",
    severity: Severity::Reminder,
    threshold: Some(Threshold { label: "中位数的倍数", usual: 10 }),
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    "with fines as (select c.county_id, c.id, c.fine_fen, c.case_number, c.decision_number, c.respondent from cases c
            where c.county_id = any($1) and c.campaign_id = $2 and c.fine_fen > 0 and coalesce(c.decided_on, $3) <= $3),
        middle as (select percentile_cont(0.5) within group (order by fine_fen) as fen, count(*) as n from fines)
     select f.county_id, 'case:' || f.id as subject, 'case' as kind, f.id, null::text as other_kind, null::uuid as other_id,
        f.fine_fen::text as value, array[coalesce(f.case_number, f.decision_number, f.respondent, ''), (f.fine_fen / 1000000.0)::text,
            round((f.fine_fen / m.fen)::numeric, 1)::text] as words
     from fines f cross join middle m where m.n >= 5 and f.fine_fen >= m.fen * $4 order by f.county_id, f.id"
        .to_owned()
}

fn sentence(words: &[String]) -> String {
    let [case, wan, times] = words else { return String::new() };
    let wan = wan.trim_end_matches('0').trim_end_matches('.');
    format!("案件{case}：罚款{wan}万元，为本县（区）案件中位数的{times}倍。")
}
