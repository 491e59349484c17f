//! The same words at many units were perhaps not found there.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule, Threshold};

pub(super) static RULE: Rule = Rule {
    id: "R22",
    title: "不同单位的问题描述不雷同",
    hint: "多家单位的问题文字完全相同的，请核对是否逐家检查、如实填写。",
    severity: Severity::Reminder,
    threshold: Some(Threshold { label: "相同描述的单位数", usual: 40 }),
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "with same as (select p.county_id, p.description, count(distinct p.unit_id) as units, min(p.id::text)::uuid as id
            from problems p where p.county_id = any($1) and p.campaign_id = $2 and coalesce(p.description, '') <> ''
              and {exists} and {progress} <> 'unfounded'
            group by p.county_id, p.description having count(distinct p.unit_id) >= $4)
         select s.county_id, 'text:' || md5(s.description) as subject, 'problem' as kind, s.id, null::text as other_kind,
            null::uuid as other_id, s.units::text as value, array[s.units::text, s.description] as words
         from same s order by s.county_id, s.units desc, s.id",
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
}

fn sentence(words: &[String]) -> String {
    let [units, text] = words else { return String::new() };
    format!("{units}家单位的问题描述相同：“{text}”。")
}
