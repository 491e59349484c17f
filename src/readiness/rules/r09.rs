//! One code is one name, one name is one code, as far as the viewer sees.

use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};

pub(super) static RULE: Rule = Rule {
    id: "R09",
    title: "同一代码、同名单位的登记不矛盾",
    hint: "同一统一社会信用代码登记为不同名称，或同名单位登记了不同代码的，请核对是否同一单位。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    "select u.county_id, 'pair:' || u.id || '/' || t.id as subject, 'unit' as kind, u.id, 'unit' as other_kind, t.id as other_id,
        concat_ws('/', u.name, u.credit_code, t.name, t.credit_code) as value,
        array[u.name, t.name, case when u.credit_code = t.credit_code then 'code' else 'name' end] as words
     from units u join units t on t.county_id = any($1) and t.id > u.id
        and (t.credit_code = u.credit_code and t.name_key <> u.name_key
          or t.name_key = u.name_key and t.credit_code <> u.credit_code)
     where u.county_id = any($1) and $2::uuid is not null and $3::date is not null and $4 >= 0
     order by u.county_id, u.id, t.id"
        .to_owned()
}

fn sentence(words: &[String]) -> String {
    let [unit, other, same] = words else { return String::new() };
    match same.as_str() {
        "code" => format!("“{unit}”与“{other}”的统一社会信用代码相同，名称不同。"),
        _ => format!("有两家“{unit}”，统一社会信用代码不同。"),
    }
}
