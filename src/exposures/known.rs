//! The persons whom the ledger names around a case.

use crate::base::Scope;
use sqlx::PgConnection;
use uuid::Uuid;

/// Names of the units' contacts, of officers and of those who answer for the problems that a case covers.
pub async fn known_persons(connection: &mut PgConnection, scope: &Scope, case: Uuid) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(
        "select distinct n.name from case_problems cp
         join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
         join units u on u.county_id = p.county_id and u.id = p.unit_id
         cross join lateral unnest(array[u.contact_name, p.supervisor, p.responsible_person] || p.verifiers) as n(name)
         where cp.county_id = any($1) and cp.case_id = $2 and n.name is not null order by n.name",
    )
    .bind(scope.ids())
    .bind(case)
    .fetch_all(connection)
    .await
}
