//! Who verified a problem: the query of two rules that differ in which problems they look at.

use crate::vocabulary::{Source, kinds};

fn list(codes: impl Iterator<Item = &'static str>) -> String {
    codes.map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ")
}

/// Problems struck off by fewer than two people; `strict`: of kinds and sources for which two are required, else the others.
pub(super) fn sql(strict: bool) -> String {
    let kinds = list(kinds().iter().filter(|k| k.two_verifiers).map(|k| k.code));
    let sources = list(Source::ALL.iter().filter(|s| s.sent_down()).map(|s| s.code()));
    format!(
        "select p.county_id, 'problem:' || p.id as subject, 'problem' as kind, p.id, null::text as other_kind, null::uuid as other_id,
            array_to_string(p.verifiers, '/') as value, array[u.name, coalesce(p.description, ''), p.verified_on::text] as words
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and p.verified_on <= $3 and $4 >= 0
           and (select count(distinct v) from unnest(p.verifiers) as v) < 2
           and (coalesce(p.kind in ({kinds}), false) or p.source in ({sources})) = {strict}
         order by p.county_id, p.id"
    )
}

pub(super) fn sentence(words: &[String]) -> String {
    let [unit, found, day] = words else { return String::new() };
    format!("{unit}“{found}”：{day}销号，核查人不足两人。")
}
