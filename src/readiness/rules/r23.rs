//! Not all self-inspections happened on one day.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule, Threshold};

pub(super) static RULE: Rule = Rule {
    id: "R23",
    title: "自查日期不集中在一天",
    hint: "绝大多数单位的自查日期为同一天的，请核对是否为实际日期。",
    severity: Severity::Reminder,
    threshold: Some(Threshold { label: "同一天所占百分比", usual: 90 }),
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "with days as (select s.county_id, s.inspected_on, count(*) as n, sum(count(*)) over (partition by s.county_id) as whole,
                min(s.unit_id::text)::uuid as unit
            from self_inspections s where s.county_id = any($1) and s.campaign_id = $2 and {inspected} = 'inspected'
              and s.inspected_on is not null group by s.county_id, s.inspected_on)
         select d.county_id, 'day:' || d.inspected_on as subject, 'unit' as kind, d.unit as id, null::text as other_kind, null::uuid as other_id,
            concat_ws('/', d.inspected_on, d.n) as value, array[d.inspected_on::text, d.n::text, d.whole::text] as words
         from days d where d.whole >= 50 and d.n * 100 >= d.whole * $4 order by d.county_id",
        inspected = figures::self_inspection(),
    )
}

fn sentence(words: &[String]) -> String {
    let [day, units, whole] = words else { return String::new() };
    format!("已自查的{whole}家单位中，{units}家的自查日期都是{day}。")
}
