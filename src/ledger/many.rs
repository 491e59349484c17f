//! Cases and measures brought in: many at once.

use super::changes::{CaseChanges, NewCase};
use super::measure::MeasureChanges;
use super::ties;
use crate::base::ability::EnterCase;
use crate::base::{Permit, new_id};
use crate::history::{Entry, WriteError, Writing};
use serde_json::json;
use uuid::Uuid;

/// Rows written by one statement.
const CHUNK: usize = 2_000;

/// Makes many cases over problems of the permit's county; their ids in order.
pub async fn add_many(writing: &mut Writing, permit: &Permit<EnterCase>, all: &[NewCase]) -> Result<Vec<Uuid>, WriteError> {
    let mut ids = Vec::with_capacity(all.len());
    for chunk in all.chunks(CHUNK) {
        ids.extend(insert(writing, permit, chunk).await?);
    }
    Ok(ids)
}

async fn insert(writing: &mut Writing, permit: &Permit<EnterCase>, all: &[NewCase]) -> Result<Vec<Uuid>, WriteError> {
    if all.iter().any(|new| !permit.covers(new.facts.handled_by.city_direct())) {
        return Err(WriteError::NotPermitted);
    }
    if all.iter().any(|new| new.problems.is_empty()) {
        return Err(WriteError::refused("", "案件须至少关联1个问题。"));
    }
    let ids: Vec<Uuid> = all.iter().map(|_| new_id()).collect();
    let rows: serde_json::Value = all.iter().zip(&ids).map(|(new, id)| case_row(*id, new.campaign_id, &new.facts)).collect();
    let inserted: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into cases as c (county_id, id, version, campaign_id, handled_by, case_number, respondent, clue_received_on, order_on,
            order_number, case_filed_on, not_filed_on, not_filed_reason, decided_on, decision_number, fine_fen, discretion,
            discretion_reason, other_measures, shut_down, closed_on, remark, created_at)
         select $1, n.id, 1, n.campaign, n.handled_by, n.case_number, n.respondent, n.clue_received_on, n.order_on, n.order_number,
            n.case_filed_on, n.not_filed_on, n.not_filed_reason, n.decided_on, n.decision_number, n.fine, n.discretion,
            n.discretion_reason, n.other_measures, n.shut_down, n.closed_on, n.remark, $2
         from jsonb_to_recordset($3::jsonb) as n(id uuid, campaign uuid, handled_by text, case_number text, respondent text,
            clue_received_on date, order_on date, order_number text, case_filed_on date, not_filed_on date, not_filed_reason text,
            decided_on date, decision_number text, fine bigint, discretion text, discretion_reason text, other_measures text,
            shut_down boolean, closed_on date, remark text)
         returning c.id, to_jsonb(c)::text",
    )
    .bind(permit.county())
    .bind(writing.recorded_at())
    .bind(rows)
    .fetch_all(writing.connection())
    .await?;
    link(writing, permit, all, &ids).await?;
    let entries = inserted.into_iter().map(|(id, row)| Entry::created("cases", id, row)).collect();
    writing.record_all(permit.county(), entries).await?;
    ties::record(writing, permit.county(), &ids).await?;
    Ok(ids)
}

/// Ties cases to their problems; a problem of another county is missing.
async fn link(writing: &mut Writing, permit: &Permit<EnterCase>, all: &[NewCase], ids: &[Uuid]) -> Result<(), WriteError> {
    let (mut cases, mut problems) = (Vec::<Uuid>::new(), Vec::<Uuid>::new());
    for (new, id) in all.iter().zip(ids) {
        cases.extend(new.problems.iter().map(|_| *id));
        problems.extend(&new.problems);
    }
    let count = problems.len() as u64;
    let linked = sqlx::query(
        "insert into case_problems (county_id, case_id, problem_id)
         select $1, n.case_id, p.id from unnest($2::uuid[], $3::uuid[]) as n(case_id, problem_id)
         join problems p on p.county_id = $1 and p.id = n.problem_id",
    )
    .bind(permit.county())
    .bind(cases)
    .bind(problems)
    .execute(writing.connection())
    .await?;
    (linked.rows_affected() == count).then_some(()).ok_or(WriteError::Missing)
}

fn case_row(id: Uuid, campaign: Uuid, c: &CaseChanges) -> serde_json::Value {
    json!({
        "id": id, "campaign": campaign, "handled_by": c.handled_by.code(), "case_number": c.case_number,
        "respondent": c.respondent, "clue_received_on": c.clue_received_on, "order_on": c.order_on,
        "order_number": c.order_number, "case_filed_on": c.case_filed_on, "not_filed_on": c.not_filed_on,
        "not_filed_reason": c.not_filed_reason, "decided_on": c.decided_on, "decision_number": c.decision_number,
        "fine": c.fine.map(|m| m.fen()), "discretion": c.discretion.map(|d| d.code()),
        "discretion_reason": c.discretion_reason, "other_measures": c.other_measures, "shut_down": c.shut_down,
        "closed_on": c.closed_on, "remark": c.remark,
    })
}

/// Adds many measures, each to its case of the permit's county, which the person must be allowed to enter.
pub async fn add_measures(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    all: &[(Uuid, MeasureChanges)],
) -> Result<(), WriteError> {
    let rows: serde_json::Value = all.iter().map(|(case, measure)| measure_row(*case, measure)).collect();
    let inserted: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into measures as m (county_id, id, version, case_id, kind, number, decided_on, served_on, from_on, until_on,
            extended_until, lifted_on, published_on, original_fine_fen, order_served_on, recheck_on, amount_fen, basis, persons,
            police_outcome, police_on, detained_persons, remark)
         select $1, n.id, 1, c.id, n.kind, n.number, n.decided_on, n.served_on, n.from_on, n.until_on, n.extended_until, n.lifted_on,
            n.published_on, n.original_fine, n.order_served_on, n.recheck_on, n.amount, n.basis, n.persons, n.police_outcome,
            n.police_on, n.detained_persons, n.remark
         from jsonb_to_recordset($2::jsonb) as n(id uuid, case_id uuid, kind text, number text, decided_on date, served_on date,
            from_on date, until_on date, extended_until date, lifted_on date, published_on date, original_fine bigint,
            order_served_on date, recheck_on date, amount bigint, basis text, persons integer, police_outcome text, police_on date,
            detained_persons integer, remark text)
         join cases c on c.county_id = $1 and c.id = n.case_id and c.handled_by = any($3)
         returning m.id, to_jsonb(m)::text",
    )
    .bind(permit.county())
    .bind(rows)
    .bind(enterable(permit))
    .fetch_all(writing.connection())
    .await?;
    if inserted.len() != all.len() {
        return Err(WriteError::Missing);
    }
    let entries = inserted.into_iter().map(|(id, row)| Entry::created("measures", id, row)).collect();
    writing.record_all(permit.county(), entries).await?;
    Ok(())
}

/// The 办案机关 whose cases the person may enter.
pub fn enterable(permit: &Permit<EnterCase>) -> Vec<&'static str> {
    let may = |handler: &&crate::vocabulary::HandledBy| permit.covers(handler.city_direct());
    crate::vocabulary::HandledBy::ALL.iter().filter(may).map(|h| h.code()).collect()
}

fn measure_row(case: Uuid, m: &MeasureChanges) -> serde_json::Value {
    json!({
        "id": new_id(), "case_id": case, "kind": m.kind.code(), "number": m.number, "decided_on": m.decided_on,
        "served_on": m.served_on, "from_on": m.from_on, "until_on": m.until_on, "extended_until": m.extended_until,
        "lifted_on": m.lifted_on, "published_on": m.published_on, "original_fine": m.original_fine.map(|a| a.fen()),
        "order_served_on": m.order_served_on, "recheck_on": m.recheck_on, "amount": m.amount.map(|a| a.fen()),
        "basis": m.basis.map(|b| b.code()), "persons": m.persons, "police_outcome": m.police_outcome.map(|o| o.code()),
        "police_on": m.police_on, "detained_persons": m.detained_persons, "remark": m.remark,
    })
}
