//! Reads that many rooms make of their own tables in the same way.

use crate::base::Scope;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use uuid::Uuid;

/// One row of a county table within the scope.
pub async fn find_row<T>(
    connection: &mut PgConnection,
    scope: &Scope,
    table: &'static str,
    id: Uuid,
) -> Result<Option<T>, sqlx::Error>
where
    T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let sql = format!("select * from {table} where county_id = any($1) and id = $2");
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// What stands of a unit in a campaign and was not removed, the latest day first. `table`: its name, and its column of the day.
pub async fn rows_of_unit<T>(
    connection: &mut PgConnection,
    scope: &Scope,
    (table, day): (&'static str, &'static str),
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<T>, sqlx::Error>
where
    T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let sql = format!(
        "select * from {table} where county_id = any($1) and campaign_id = $2 and unit_id = $3 and not removed
         order by {day} desc, id desc"
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).bind(unit).fetch_all(connection).await
}
