//! 截至某一时刻: the facts as they stood at a moment, restored from the history into temporary tables of the same names, so that
//! the very same readings run over them. The proof of what was filed is the frozen copy; this is the explanation.
//!
//! What no history holds (what a migration laid down) is not restored; areas, campaigns and bodies are read as they are now.

use crate::base::Scope;
use crate::platform::database::{Database, Workshop};
use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, PgConnection};

/// The tables whose rows stand whole in the history, and what their rows are found by.
const TABLES: [(&str, &str); 17] = [
    ("units", "county_id, id"),
    ("unit_statuses", "county_id, unit_id, since"),
    ("self_inspections", "county_id, unit_id, campaign_id"),
    ("notifications", "county_id, unit_id"),
    ("inspections", "county_id, unit_id"),
    ("guidance", "county_id, unit_id"),
    ("problems", "county_id, unit_id, id"),
    ("extensions", "county_id, problem_id"),
    ("cases", "county_id, id"),
    ("measures", "county_id, case_id"),
    ("zero_reports", "county_id, campaign_id"),
    ("publicity", "county_id, campaign_id"),
    ("tips", "county_id, campaign_id"),
    ("look_backs", "county_id, problem_id"),
    ("supervision_orders", "county_id, problem_id"),
    ("cross_checks", "county_id, problem_id"),
    ("blacklistings", "county_id, unit_id"),
];

/// The facts within a scope as they stood at a moment of business time; gone when it is dropped.
#[derive(Debug)]
pub struct Past(Workshop);

impl Past {
    /// The connection on which every reading sees the past.
    pub fn connection(&mut self) -> &mut PgConnection {
        self.0.connection()
    }
}

/// Restores the facts of a scope as they stood at `at` (business time, inclusive).
pub async fn restore(db: &Database, scope: &Scope, at: DateTime<Utc>) -> Result<Past, sqlx::Error> {
    let mut workshop = db.workshop(scope).await?;
    for (table, keys) in TABLES {
        let connection = workshop.connection();
        make(connection, table).await?;
        let fill = format!(
            "insert into pg_temp.{table}
             select r.* from (select distinct on (record_id) row, action from history
                where county_id = any($1) and record = '{table}' and business_at <= $2 order by record_id, id desc) h
             cross join lateral jsonb_populate_record(null::public.{table}, h.row) r
             where h.row is not null and h.action <> 'removed'"
        );
        sqlx::query(AssertSqlSafe(fill)).bind(scope.ids()).bind(at).execute(&mut *connection).await?;
        settle(connection, table, keys).await?;
    }
    ties(workshop.connection(), scope, at).await?;
    Ok(Past(workshop))
}

/// Which cases are over which problems: the last word on each case.
async fn ties(connection: &mut PgConnection, scope: &Scope, at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    make(connection, "case_problems").await?;
    sqlx::query(
        "insert into pg_temp.case_problems (county_id, case_id, problem_id)
         select h.county_id, (h.row ->> 'case_id')::uuid, p.id::uuid
         from (select distinct on (row ->> 'case_id') county_id, row from history
            where county_id = any($1) and record = 'case_problems' and business_at <= $2 order by row ->> 'case_id', id desc) h
         cross join lateral jsonb_array_elements_text(h.row -> 'problem_ids') p(id)",
    )
    .bind(scope.ids())
    .bind(at)
    .execute(&mut *connection)
    .await?;
    settle(connection, "case_problems", "county_id, problem_id").await?;
    settle(connection, "case_problems", "county_id, case_id").await
}

/// An empty table of the same name and columns, before the real one in every query of this connection.
async fn make(connection: &mut PgConnection, table: &str) -> Result<(), sqlx::Error> {
    let sql = format!("create temporary table {table} on commit drop as select * from public.{table} with no data");
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

async fn settle(connection: &mut PgConnection, table: &str, keys: &str) -> Result<(), sqlx::Error> {
    let sql = format!("create index on pg_temp.{table} ({keys}); analyze pg_temp.{table}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}
