//! Expected work, so that absence is visible: what the units of each township owe and have done.

use crate::base::{CountyId, Scope};
use crate::figures;
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// A township's units, and what they owe.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Owed {
    /// Its name; empty for units without one.
    pub township: String,
    /// Units on the register.
    pub units: i64,
    /// 应自查.
    pub owed: i64,
    /// 已自查.
    pub inspected: i64,
    /// Owed, and nothing registered.
    pub unregistered: i64,
    /// Problems that are open.
    pub open: i64,
    /// Problems that are overdue.
    pub overdue: i64,
}

/// What each township of a county owes and has done, on a date.
pub async fn owed(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<Owed>, sqlx::Error> {
    let is = |key: &str| figures::predicate(key).map_or("false", |(_, condition)| condition);
    let sql = format!(
        "with work as (select p.unit_id, count(*) filter (where {exists} and {progress} in ('not_started', 'plan_filed', 'in_progress')) as open,
                count(*) filter (where {overdue}) as overdue
            from problems p where p.county_id = any($1) and p.county_id = $2 and p.campaign_id = $3 group by p.unit_id)
         select u.township, count(*) as units, count(*) filter (where {owed}) as owed, count(*) filter (where {inspected}) as inspected,
            count(*) filter (where {unregistered}) as unregistered, coalesce(sum(w.open), 0)::bigint as open,
            coalesce(sum(w.overdue), 0)::bigint as overdue
         from units u
         left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $3
         left join work w on w.unit_id = u.id
         where u.county_id = any($1) and u.county_id = $2 group by u.township order by u.township = '', u.township",
        exists = figures::problem_exists(),
        progress = figures::progress(),
        overdue = is("overdue"),
        owed = is("owed"),
        inspected = is("inspected"),
        unregistered = is("unregistered"),
    );
    sqlx::query_as(AssertSqlSafe(sql.replace("$date", "$4::date")))
        .bind(scope.ids())
        .bind(county)
        .bind(campaign)
        .bind(date)
        .fetch_all(connection)
        .await
}
