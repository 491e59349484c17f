//! An answer that there is nothing to mend does not end a problem: it counts until it is ended with its day.

use crate::figures;
use crate::readiness::finding::Severity;
use crate::readiness::rule::{Looks, Rule};
use crate::vocabulary::VerifiedAs;

pub(super) static RULE: Rule = Rule {
    id: "R30",
    title: "核实为不属实、非环境违法、重复交办或移交的，已办结",
    hint: "此类交办问题在办结之前，仍计入问题数和整改任务。请在问题页面办结，或更正核实情况。",
    severity: Severity::Reminder,
    threshold: None,
    looks_at: Looks::Rows { sql, sentence },
};

fn sql() -> String {
    let answers: Vec<String> =
        VerifiedAs::ALL.iter().filter(|answer| answer.ends_as().is_some()).map(|answer| format!("'{}'", answer.code())).collect();
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
            p.verified_as as value, array[u.name, coalesce(p.description, ''), p.verified_as] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and {exists} and $3::date is not null and $4 >= 0
           and p.verified_as in ({answers}) and p.ended_as is null
         order by p.county_id, p.id",
        exists = figures::problem_exists(),
        answers = answers.join(", "),
    )
}

fn sentence(words: &[String]) -> String {
    let [unit, found, answer] = words else { return String::new() };
    let answer = VerifiedAs::from_code(answer).map_or("", VerifiedAs::label);
    format!("{unit}“{found}”：核实为{answer}，尚未办结。")
}
