//! The first draft of a text, from the facts of the ledger: time, place, fact, basis, result. Names and numbers are redacted.

use super::redaction::{is_name, redact};
use crate::base::dates;
use crate::ledger::{CaseFile, CaseProblem, Measure};
use crate::vocabulary::{HandledBy, MeasureKind};

/// The persons whose names must not stand in the text: those that the ledger holds for the units, and a respondent who is a
/// person.
pub fn persons(file: &CaseFile, known: Vec<String>) -> Vec<String> {
    let mut persons = known;
    let units: Vec<&str> = file.problems.iter().map(|p| p.unit_name.as_str()).collect();
    persons.extend(file.case.respondent.clone().filter(|r| is_name(r) && !units.contains(&r.as_str())));
    // The longer first: 王建国 before 王建.
    persons.sort_by_key(|p| std::cmp::Reverse(p.chars().count()));
    persons.dedup();
    persons
}

/// Title and text; `body` is whoever decided, under the name of the day.
pub fn draft(file: &CaseFile, (area, body): (&str, &str), persons: &[String]) -> (String, String) {
    let respondent = file.case.respondent.as_deref().unwrap_or("当事人");
    let kinds: Vec<&str> = file.problems.iter().map(CaseProblem::kind_label).filter(|k| !k.is_empty()).collect();
    let title = format!("{respondent}{}案", kinds.first().copied().unwrap_or("环境违法"));
    let text = [facts(file, area), decision(file, body), measures(file)];
    let text = text.into_iter().filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n");
    (redact(&title, persons), redact(&text, persons))
}

fn facts(file: &CaseFile, area: &str) -> String {
    let of_one = |p: &CaseProblem| {
        let on = p.found_on.map(|on| format!("{}，", dates::long(on))).unwrap_or_default();
        format!(
            "{on}{area}检查发现，{}{}",
            p.unit_name,
            p.description.as_deref().unwrap_or("存在环境违法行为").trim_end_matches('。')
        )
    };
    let facts: Vec<String> = file.problems.iter().map(of_one).collect();
    format!("{}。", facts.join("；"))
}

fn decision(file: &CaseFile, body: &str) -> String {
    let case = &file.case;
    let Some(on) = case.decided_on else { return String::new() };
    let mut bases: Vec<&str> = file.problems.iter().filter_map(CaseProblem::kind).map(|k| k.basis).collect();
    bases.sort_unstable();
    bases.dedup();
    let bases = if bases.is_empty() { String::new() } else { format!("依据{}，", bases.join("；")) };
    let fine = case.fine().filter(|f| f.fen() > 0).map(|f| format!("罚款{}", f.compact()));
    let what = fine.or_else(|| case.other_measures.clone()).unwrap_or_else(|| "〔待补：处理结果〕".to_owned());
    let bureau = matches!(case.handler(), HandledBy::CountyBureau | HandledBy::CityBureau) && !body.is_empty();
    let by = if bureau { body } else { case.handler().label() };
    format!("{}，{bases}{by}作出行政处罚决定：{what}。", dates::long(on))
}

fn measures(file: &CaseFile) -> String {
    let taken = |m: &Measure| m.kind() != Some(MeasureKind::DailyPenalty) || m.amount().is_some();
    let mut words: Vec<String> = Vec::new();
    for measure in file.measures.iter().filter(|m| taken(m)) {
        let word = match measure.amount() {
            Some(amount) => format!("{}{}", measure.kind_label(), amount.compact()),
            None => measure.kind_label().to_owned(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() { String::new() } else { format!("同时采取措施：{}。", words.join("、")) }
}
