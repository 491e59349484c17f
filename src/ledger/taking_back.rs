//! Taking back what a batch did to cases and measures.

use super::many::enterable;
use super::ties;
use crate::base::Permit;
use crate::base::ability::EnterCase;
use crate::history::{self, Back, WriteError, Writing};
use uuid::Uuid;

/// What a batch may have changed of a case.
const CASE: &[&str] = &[
    "handled_by",
    "case_number",
    "respondent",
    "clue_received_on",
    "order_on",
    "order_number",
    "case_filed_on",
    "not_filed_on",
    "not_filed_reason",
    "decided_on",
    "decision_number",
    "fine_fen",
    "discretion",
    "discretion_reason",
    "other_measures",
    "shut_down",
    "closed_on",
    "legal_reviewed_on",
    "legal_reviewed_by",
    "exposed_on",
    "exposure_media",
    "exposure_outlet",
    "remark",
];

/// What a batch may have changed of a measure.
const MEASURE: &[&str] = &[
    "kind",
    "number",
    "decided_on",
    "served_on",
    "from_on",
    "until_on",
    "extended_until",
    "lifted_on",
    "published_on",
    "original_fine_fen",
    "order_served_on",
    "recheck_on",
    "amount_fen",
    "basis",
    "persons",
    "police_outcome",
    "police_on",
    "detained_persons",
    "remark",
    "removed",
];

/// Takes cases back to what they were, or away with their ties to problems; the ids of those that nobody changed meanwhile and
/// that the person may enter.
pub async fn take_back(writing: &mut Writing, permit: &Permit<EnterCase>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    let stand: Vec<(Uuid, i32, String)> =
        sqlx::query_as("select id, version, handled_by from cases where county_id = $1 and id = any($2) for update")
            .bind(permit.county())
            .bind(rows.iter().map(|b| b.id).collect::<Vec<_>>())
            .fetch_all(writing.connection())
            .await?;
    let enterable = enterable(permit);
    // A case that the batch handed to the city comes back to the county that handed it.
    let comes_back = |b: &Back| {
        let handler = b.row.as_ref().and_then(|r| r.get("handled_by")).and_then(|h| h.as_str());
        handler.is_some_and(|h| enterable.contains(&h))
    };
    let mine = |b: &&Back| {
        let now = stand.iter().find(|(id, version, _)| (*id, *version) == (b.id, b.version));
        now.is_some_and(|(.., handler)| enterable.contains(&handler.as_str()) || comes_back(b))
    };
    let rows: Vec<Back> = rows.iter().filter(mine).cloned().collect();
    let leaving: Vec<Uuid> = rows.iter().filter(|b| b.row.is_none()).map(|b| b.id).collect();
    sqlx::query("delete from case_problems where county_id = $1 and case_id = any($2)")
        .bind(permit.county())
        .bind(&leaving)
        .execute(writing.connection())
        .await?;
    ties::record(writing, permit.county(), &leaving).await?;
    let mut done = history::put_back(writing, permit.county(), ("cases", CASE), &rows).await?;
    done.extend(history::take_away(writing, permit.county(), "cases", &rows).await?);
    Ok(done)
}

/// Takes measures back to what they were, or away; the ids of those that nobody changed meanwhile.
pub async fn take_measures_back(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    rows: &[Back],
) -> Result<Vec<Uuid>, WriteError> {
    let mine: Vec<Uuid> = sqlx::query_scalar(
        "select m.id from measures m join cases c on c.county_id = m.county_id and c.id = m.case_id
         where m.county_id = $1 and m.id = any($2) and c.handled_by = any($3)",
    )
    .bind(permit.county())
    .bind(rows.iter().map(|b| b.id).collect::<Vec<_>>())
    .bind(enterable(permit))
    .fetch_all(writing.connection())
    .await?;
    let rows: Vec<Back> = rows.iter().filter(|b| mine.contains(&b.id)).cloned().collect();
    let mut done = history::put_back(writing, permit.county(), ("measures", MEASURE), &rows).await?;
    done.extend(history::take_away(writing, permit.county(), "measures", &rows).await?);
    Ok(done)
}

/// Undoes ties that a batch made: cases and problems.
pub async fn untie(writing: &mut Writing, permit: &Permit<EnterCase>, ties: &[(Uuid, Uuid)]) -> Result<(), WriteError> {
    let (cases, problems): (Vec<Uuid>, Vec<Uuid>) = ties.iter().copied().unzip();
    let mut cases: Vec<Uuid> = sqlx::query_scalar(
        "delete from case_problems l using unnest($2::uuid[], $3::uuid[]) as n(case_id, problem_id)
         where l.county_id = $1 and l.case_id = n.case_id and l.problem_id = n.problem_id returning l.case_id",
    )
    .bind(permit.county())
    .bind(cases)
    .bind(problems)
    .fetch_all(writing.connection())
    .await?;
    cases.sort_unstable();
    cases.dedup();
    ties::record(writing, permit.county(), &cases).await
}
