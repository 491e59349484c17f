//! Which rows of a batch are needed by rows that stay, or are not the person's to take back: those stay too.

use super::hangs::{HANGS, query};
use super::plan::{Plan, Step};
use crate::base::ability::Import;
use crate::base::role::Actor;
use crate::base::{CountyId, Permit, Scope};
use crate::ledger;
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a unit found itself, and the self-inspection that says so.
const SELF_FOUND: &str = "select p.id as leaf, s.id as stem from problems p join self_inspections s
        on s.county_id = p.county_id and s.campaign_id = p.campaign_id and s.unit_id = p.unit_id
     where p.county_id = any($1) and p.source = 'self_inspection' and p.ended_as is distinct from 'unfounded'";

/// Lets the cases stay, and their measures, that the person may not enter (市局办理).
pub(super) async fn keep_what_is_closed(
    connection: &mut PgConnection,
    actor: &Actor,
    plan: &mut Plan,
) -> Result<(), sqlx::Error> {
    let counties: BTreeSet<CountyId> = plan.steps.iter().filter(|s| case_of(s).is_some()).map(|s| s.county).collect();
    for county in counties {
        let Some(permit) = Permit::<Import>::ask(actor, county) else { continue };
        let enterable = ledger::enterable(&permit.entering_cases());
        let cases: Vec<Uuid> = plan.steps.iter().filter(|s| s.county == county).filter_map(case_of).collect();
        let closed: BTreeSet<Uuid> =
            sqlx::query_scalar("select id from cases where county_id = $1 and id = any($2) and handled_by <> all($3)")
                .bind(county)
                .bind(cases)
                .bind(&enterable)
                .fetch_all(&mut *connection)
                .await?
                .into_iter()
                .collect();
        // A case that the batch handed to the city comes back to the county that handed it.
        let comes_back = |s: &Step| {
            let handler = s.to.as_ref().and_then(|row| row.get("handled_by")).and_then(Value::as_str);
            s.record == "cases" && handler.is_some_and(|h| enterable.contains(&h))
        };
        let stays = |s: &&mut Step| case_of(s).is_some_and(|case| closed.contains(&case)) && !comes_back(s);
        plan.steps.iter_mut().filter(stays).for_each(|s| {
            s.closed = true;
            s.stay();
        });
    }
    Ok(())
}

/// The case that a row is, or is a measure of.
fn case_of(step: &Step) -> Option<Uuid> {
    match step.record.as_str() {
        "cases" => Some(step.id),
        "measures" => step.now.row.as_ref()?.get("case_id")?.as_str()?.parse().ok(),
        _ => None,
    }
}

/// Lets rows stay on which something stands that stays.
pub(super) async fn keep_what_is_needed(
    connection: &mut PgConnection,
    scope: &Scope,
    plan: &mut Plan,
) -> Result<(), sqlx::Error> {
    let hangs: Vec<(&str, String, &str)> =
        HANGS.iter().map(|(leaves, column, stems)| (*leaves, query(leaves, column), *stems)).collect();
    // What stays may need what would have gone, and so on down.
    loop {
        let before = plan.steps.iter().filter(|s| s.acts).count();
        for (leaves, query, stems) in &hangs {
            let needed = needed(connection, scope, plan, (leaves, query), plan.going(stems)).await?;
            stay(plan, stems, &needed);
        }
        let needed = needed_by_cases(connection, scope, plan).await?;
        stay(plan, "problems", &needed);
        let needed = self_found(connection, scope, plan).await?;
        for step in plan.steps.iter_mut().filter(|s| s.record == "self_inspections" && s.acts && needed.contains(&s.id)) {
            if step.to.is_none() {
                step.stay();
            } else if step.to.as_ref().is_some_and(|row| row["found"] != "some" || row["state"] != "inspected") {
                step.hold(|column| matches!(column, "state" | "inspected_on" | "found"));
            }
        }
        if plan.steps.iter().filter(|s| s.acts).count() == before {
            return Ok(());
        }
    }
}

fn stay(plan: &mut Plan, record: &str, needed: &BTreeSet<Uuid>) {
    plan.steps.iter_mut().filter(|s| s.record == record && needed.contains(&s.id)).for_each(Step::stay);
}

/// Which of `asked` are named by leaves that stay.
async fn needed(
    connection: &mut PgConnection,
    scope: &Scope,
    plan: &Plan,
    (leaves, query): (&str, &str),
    asked: Vec<Uuid>,
) -> Result<BTreeSet<Uuid>, sqlx::Error> {
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = format!("select distinct h.stem from ({query}) h where h.stem = any($2) and h.leaf <> all($3)");
    let needed: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(scope.ids())
        .bind(asked)
        .bind(plan.going(leaves))
        .fetch_all(connection)
        .await?;
    Ok(needed.into_iter().collect())
}

/// Self-inspections, to go or to be put back, beside self-found problems that stay.
async fn self_found(connection: &mut PgConnection, scope: &Scope, plan: &Plan) -> Result<BTreeSet<Uuid>, sqlx::Error> {
    let asked = plan.steps.iter().filter(|s| s.record == "self_inspections" && s.acts).map(|s| s.id).collect();
    needed(connection, scope, plan, ("problems", SELF_FOUND), asked).await
}

/// Problems under cases that stay, but for ties that the batch made and that go with it.
async fn needed_by_cases(connection: &mut PgConnection, scope: &Scope, plan: &Plan) -> Result<BTreeSet<Uuid>, sqlx::Error> {
    let asked = plan.going("problems");
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ties: Vec<(CountyId, Uuid, Uuid)> = sqlx::query_as(
        "select county_id, case_id, problem_id from case_problems
         where county_id = any($1) and problem_id = any($2) and case_id <> all($3)",
    )
    .bind(scope.ids())
    .bind(asked)
    .bind(plan.going("cases"))
    .fetch_all(connection)
    .await?;
    Ok(ties.into_iter().filter(|tie| !plan.ties.contains(tie)).map(|(.., problem)| problem).collect())
}
