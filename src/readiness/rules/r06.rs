//! A transfer for detention has its decision, and no transfer is of nobody.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R06",
    title: "移送行政拘留的案件有处罚决定，件数不大于人数",
    hint: "移送行政拘留一般在行政处罚决定之后（公治〔2014〕853号第二条）；人数未知的可以不填。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    format!(
        "select m.county_id, 'measure:' || m.id as subject, 'case' as kind, m.case_id as id, null::text as other_kind,
            null::uuid as other_id, concat_ws('/', m.kind, m.persons, c.decided_on) as value,
            array[coalesce(c.case_number, c.decision_number, c.respondent, ''),
                case when m.persons = 0 then '移送人数为0' else '移送行政拘留，尚未登记处罚决定' end] as words
         from measures m join cases c on c.county_id = m.county_id and c.id = m.case_id
         where m.county_id = any($1) and c.campaign_id = $2 and {taken} and $4 >= 0
           and (m.kind = 'detention_transfer' and (c.decided_on is null or c.decided_on > m.decided_on)
             or m.kind in ('detention_transfer', 'criminal_transfer') and m.persons = 0)
         order by m.county_id, m.id",
        taken = figures::measure_exists(),
    )
}

fn sentence(words: &[String]) -> String {
    let [case, wrong] = words else { return String::new() };
    format!("案件{case}：{wrong}。")
}
