//! Ties that a batch made between cases that stood before it and problems: no row of a case says them.

use super::plan::Plan;
use crate::base::{CountyId, Scope};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What each entry of the batch added to the problems of its case. A case of which the history holds no earlier ties is left
/// alone: nobody knows which of them are the batch's.
const MADE: &str = "with told as (
        select county_id, batch_id, (row ->> 'case_id')::uuid as case_id, row -> 'problem_ids' as problems,
            lag(row -> 'problem_ids') over (partition by county_id, row ->> 'case_id' order by id) as before
        from history where county_id = any($1) and record = 'case_problems' and row ->> 'case_id' = any($2))
     select distinct l.county_id, l.case_id, l.problem_id from told t
     cross join lateral jsonb_array_elements_text(t.problems) as p(id)
     join case_problems l on l.county_id = t.county_id and l.case_id = t.case_id and l.problem_id = p.id::uuid
     where l.county_id = any($1) and t.batch_id = $3 and not t.before ? p.id";

/// Finds the ties that go: those that the batch made, of cases that keep another problem. The cases of the others are told.
pub(super) async fn find(connection: &mut PgConnection, scope: &Scope, batch: Uuid, plan: &mut Plan) -> Result<(), sqlx::Error> {
    let stood = plan.steps.iter().filter(|s| s.record == "cases" && s.to.is_some() && !s.closed);
    let cases: Vec<String> = stood.map(|s| s.id.to_string()).collect();
    if cases.is_empty() {
        return Ok(());
    }
    let made: Vec<(CountyId, Uuid, Uuid)> =
        sqlx::query_as(MADE).bind(scope.ids()).bind(cases).bind(batch).fetch_all(&mut *connection).await?;
    let (cases, problems): (Vec<Uuid>, Vec<Uuid>) = made.iter().map(|(_, case, problem)| (*case, *problem)).unzip();
    let keep: Vec<Uuid> = sqlx::query_scalar(
        "select distinct case_id from case_problems where county_id = any($1) and case_id = any($2)
            and (case_id, problem_id) not in (select * from unnest($2::uuid[], $3::uuid[]))",
    )
    .bind(scope.ids())
    .bind(cases)
    .bind(problems)
    .fetch_all(connection)
    .await?;
    let keep: BTreeSet<Uuid> = keep.into_iter().collect();
    let (go, last): (Vec<_>, Vec<_>) = made.into_iter().partition(|(_, case, _)| keep.contains(case));
    plan.ties = go.into_iter().collect();
    let last: BTreeSet<Uuid> = last.into_iter().map(|(_, case, _)| case).collect();
    plan.steps.iter_mut().filter(|s| s.record == "cases" && last.contains(&s.id)).for_each(super::Step::tell);
    Ok(())
}

/// A problem that stays keeps the cases that the batch gave it.
pub(super) fn spare(plan: &mut Plan) {
    let made = plan.steps.iter().filter(|s| s.record == "problems" && s.to.is_none() && !s.acts);
    let stay: BTreeSet<Uuid> = made.map(|s| s.id).collect();
    plan.ties.retain(|(.., problem)| !stay.contains(problem));
}
