//! Problems brought in with their past: many at once, as a list from elsewhere tells them.

use super::changes::NewProblem;
use super::steps::{Completion, Ending, Verification};
use crate::base::ability::Import;
use crate::base::{Permit, new_id};
use crate::history::{Entry, WriteError, Writing};
use serde_json::json;
use uuid::Uuid;

/// A problem and what has come of it so far.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The problem.
    pub new: NewProblem,
    /// 整改完成; a problem mended on the spot has it in its facts.
    pub completed: Option<Completion>,
    /// 核查销号; only of what is completed.
    pub verified: Option<Verification>,
    /// Another end.
    pub ended: Option<Ending>,
}

/// Rows written by one statement.
const CHUNK: usize = 2_000;

/// Records many problems of units in the permit's county; their ids in order. A unit of another county is refused.
pub async fn add_many(writing: &mut Writing, permit: &Permit<Import>, all: &[Brought]) -> Result<Vec<Uuid>, WriteError> {
    let mut ids = Vec::with_capacity(all.len());
    for chunk in all.chunks(CHUNK) {
        ids.extend(insert(writing, permit, chunk).await?);
    }
    Ok(ids)
}

async fn insert(writing: &mut Writing, permit: &Permit<Import>, all: &[Brought]) -> Result<Vec<Uuid>, WriteError> {
    let ids: Vec<Uuid> = all.iter().map(|_| new_id()).collect();
    let rows: serde_json::Value = all.iter().zip(&ids).map(|(brought, id)| row(brought, *id)).collect();
    let inserted: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into problems as t (county_id, id, version, campaign_id, unit_id, kind, other_kinds, source, description, found_on,
            source_numbers, assigned_on, assigned_due_on, verified_as, on_the_spot, measures, plan_filed_on, begun_on, due_on, first_due_on,
            invested_fen, invested_with_above, completed_on, completion_note, verified_on, verifiers, verification_note, ended_as, ended_on,
            ended_note, supervisor, responsible_body, responsible_person, remark, recurrence_of, created_at)
         select $1, p.id, 1, p.campaign, u.id, p.kind, p.other_kinds, p.source, p.description, p.found_on, p.source_numbers, p.assigned_on,
            p.assigned_due_on, p.verified_as, p.on_the_spot, p.measures, p.plan_filed_on, p.begun_on, p.due_on, p.due_on, p.invested,
            p.invested_with_above, p.completed_on, p.completion_note, p.verified_on, p.verifiers, p.verification_note, p.ended_as, p.ended_on,
            p.ended_note, p.supervisor, p.responsible_body, p.responsible_person, p.remark, p.recurrence_of, $2
         from jsonb_to_recordset($3::jsonb) as p(id uuid, campaign uuid, unit uuid, kind text, other_kinds text[], source text,
            description text, found_on date, source_numbers text[], assigned_on date, assigned_due_on date, verified_as text,
            on_the_spot boolean, measures text, plan_filed_on date, begun_on date, due_on date, invested bigint, invested_with_above boolean,
            completed_on date, completion_note text, verified_on date, verifiers text[], verification_note text, ended_as text,
            ended_on date, ended_note text, supervisor text, responsible_body text, responsible_person text, remark text,
            recurrence_of uuid)
         join units u on u.county_id = $1 and u.id = p.unit
         returning t.id, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(writing.recorded_at())
    .bind(rows)
    .fetch_all(writing.connection())
    .await?;
    if inserted.len() != all.len() {
        return Err(WriteError::Missing);
    }
    let entries = inserted.into_iter().map(|(id, row)| Entry::created("problems", id, row)).collect();
    writing.record_all(permit.county(), entries).await?;
    Ok(ids)
}

fn row(brought: &Brought, id: Uuid) -> serde_json::Value {
    let (new, f) = (&brought.new, &brought.new.facts);
    let (completed, verified, ended) = (brought.completed.as_ref(), brought.verified.as_ref(), brought.ended.as_ref());
    json!({
        "id": id, "campaign": new.campaign, "unit": new.unit, "recurrence_of": new.recurrence_of,
        "kind": f.kind, "other_kinds": f.other_kinds, "source": f.source_code(),
        "description": f.description, "found_on": f.found_on, "source_numbers": f.source_numbers,
        "assigned_on": f.assigned_on, "assigned_due_on": f.assigned_due_on, "verified_as": f.verified_as.map(|v| v.code()),
        "on_the_spot": f.on_the_spot.is_some(), "measures": f.measures, "plan_filed_on": f.plan_filed_on,
        "begun_on": f.begun_on, "due_on": f.due_on, "invested": f.invested.map(|m| m.fen()),
        "invested_with_above": f.invested_with_above,
        "completed_on": completed.map(|c| c.completed_on).or(f.on_the_spot),
        "completion_note": completed.and_then(|c| c.note.clone()),
        "verified_on": verified.map(|v| v.verified_on), "verifiers": verified.map_or(&[][..], |v| &v.verifiers),
        "verification_note": verified.and_then(|v| v.note.clone()),
        "ended_as": ended.map(|e| e.ended_as.code()), "ended_on": ended.map(|e| e.ended_on),
        "ended_note": ended.and_then(|e| e.note.clone()),
        "supervisor": f.supervisor, "responsible_body": f.responsible_body, "responsible_person": f.responsible_person,
        "remark": f.remark,
    })
}
