//! Which rows of a batch are needed by rows that stay: those stay too.

use super::plan::Plan;
use crate::base::Scope;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What hangs on what: the table of the leaves (none for ties to cases), how one names what it hangs on, and the table of that.
const HANGS: [(&str, &str, &str); 12] = [
    ("measures", "select id as leaf, case_id as stem from measures where county_id = any($1)", "cases"),
    ("", "select case_id as leaf, problem_id as stem from case_problems where county_id = any($1)", "problems"),
    ("", "select id as leaf, problem_id as stem from extensions where county_id = any($1)", "problems"),
    ("problems", "select id as leaf, recurrence_of as stem from problems where county_id = any($1)", "problems"),
    ("problems", "select id as leaf, unit_id as stem from problems where county_id = any($1)", "units"),
    ("unit_statuses", "select id as leaf, unit_id as stem from unit_statuses where county_id = any($1)", "units"),
    ("guidance", "select id as leaf, unit_id as stem from guidance where county_id = any($1)", "units"),
    ("guidance", "select id as leaf, problem_id as stem from guidance where county_id = any($1)", "problems"),
    ("notifications", "select id as leaf, unit_id as stem from notifications where county_id = any($1)", "units"),
    ("inspections", "select id as leaf, unit_id as stem from inspections where county_id = any($1)", "units"),
    (
        "problems",
        "select p.id as leaf, s.id as stem from problems p join self_inspections s
            on s.county_id = p.county_id and s.campaign_id = p.campaign_id and s.unit_id = p.unit_id
         where p.county_id = any($1) and p.source = 'self_inspection'",
        "self_inspections",
    ),
    ("self_inspections", "select id as leaf, unit_id as stem from self_inspections where county_id = any($1)", "units"),
];

/// Lets rows stay on which something stands that stays.
pub(super) async fn keep_what_is_needed(
    connection: &mut PgConnection,
    scope: &Scope,
    plan: &mut Plan,
) -> Result<(), sqlx::Error> {
    for (leaves, query, stems) in HANGS {
        let going = |plan: &Plan, record: &str| -> Vec<Uuid> {
            plan.steps.iter().filter(|s| s.record == record && s.acts && s.to.is_none()).map(|s| s.id).collect()
        };
        let asked = going(plan, stems);
        if asked.is_empty() {
            continue;
        }
        // A tie to a case that the batch itself made or changed is the batch's own.
        let own: Vec<Uuid> = match leaves {
            "" => plan.steps.iter().filter(|s| s.record == "cases").map(|s| s.id).collect(),
            leaves => going(plan, leaves),
        };
        let sql = format!("select distinct h.stem from ({query}) h where h.stem = any($2) and h.leaf <> all($3)");
        let needed: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(scope.ids())
            .bind(asked)
            .bind(own)
            .fetch_all(&mut *connection)
            .await?;
        let needed: BTreeSet<Uuid> = needed.into_iter().collect();
        plan.steps.iter_mut().filter(|s| s.record == stems && needed.contains(&s.id)).for_each(super::Step::stay);
    }
    Ok(())
}
