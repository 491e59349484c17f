//! Queries of the board.

use crate::annexes::Annex;
use crate::base::{CountyId, Scope};
use crate::campaigns::Campaign;
use crate::figures::{self, Table};
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::LazyLock;
use uuid::Uuid;

/// How many problems had been found, and how many were completed, by the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// Problems found by then.
    pub found: i64,
    /// Of these, completed, verified or closed down by then.
    pub finished: i64,
}

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OfKind {
    /// The kind's code; none: not yet said.
    pub kind: Option<String>,
    /// Problems.
    pub problems: i64,
    /// Completed ones among them.
    pub finished: i64,
}

/// A problem that falls due or is overdue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Due {
    /// Its county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Its unit's name.
    pub unit: String,
    /// Its text.
    pub description: Option<String>,
    /// Its due date.
    pub due_on: NaiveDate,
    /// Who answers for it.
    pub supervisor: Option<String>,
}

static TREND: LazyLock<String> = LazyLock::new(|| {
    let [exists, progress] = [figures::problem_exists(), figures::progress()].map(|sql| sql.replace("$date", "d.day"));
    format!(
        "select d.day, count(p.id) as found, count(p.id) filter (where {progress} in ('completed', 'verified', 'closed_down')) as finished
         from (select $3::date + n as day from generate_series(0, $4::date - $3::date) as n) d
         left join problems p on p.county_id = any($1) and p.campaign_id = $2 and {exists} and {progress} <> 'unfounded'
         group by d.day order by d.day"
    )
});

/// How problems and completions added up, day by day from `from` to `until` (at most 62 days back).
pub async fn trend(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Day>, sqlx::Error> {
    let from = from.max(until - chrono::Days::new(61)).min(until);
    sqlx::query_as(AssertSqlSafe(TREND.as_str()))
        .bind(scope.ids())
        .bind(campaign)
        .bind(from)
        .bind(until)
        .fetch_all(connection)
        .await
}

static KINDS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select p.kind, count(*) as problems, count(*) filter (where {progress} in ('completed', 'verified', 'closed_down')) as finished
         from problems p where p.county_id = any($1) and p.campaign_id = $2 and {exists} and {progress} <> 'unfounded'
         group by p.kind order by problems desc, p.kind",
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
    .replace("$date", "$3::date")
});

/// Problems by their main kind, the most frequent first.
pub async fn kinds(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<OfKind>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(KINDS.as_str())).bind(scope.ids()).bind(campaign).bind(date).fetch_all(connection).await
}

static DUE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select p.county_id, p.id, u.name as unit, p.description, {due} as due_on, p.supervisor
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and {exists} and {due} <= $date + 6
           and {progress} in ('not_started', 'plan_filed', 'in_progress')
         order by due_on, p.id limit $4",
        due = figures::due_on(),
        exists = figures::problem_exists(),
        progress = figures::progress(),
    )
    .replace("$date", "$3::date")
});

/// Open problems that are overdue or fall due within seven days of the date (it included), the oldest first.
pub async fn due_soon(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    limit: i64,
) -> Result<Vec<Due>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(DUE.as_str()))
        .bind(scope.ids())
        .bind(campaign)
        .bind(date)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// Zero reports in force on the table's date, as the annexes of that date print them: county and number of the annex. One counts
/// while its annex has no line: what is found afterwards stands there in its place.
pub async fn zero_reports(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    table: &Table,
) -> Result<Vec<(CountyId, i16)>, sqlx::Error> {
    let given: Vec<(CountyId, i16)> = sqlx::query_as(
        "select county_id, annex from zero_reports where county_id = any($1) and campaign_id = $2
           and (confirmed_on <= $3 or $3 = $4) and (withdrawn_on is null or withdrawn_on > $3) order by county_id, annex",
    )
    .bind(scope.ids())
    .bind(campaign.id)
    .bind(table.date)
    .bind(campaign.cutoff())
    .fetch_all(connection)
    .await?;
    let lines = |annex: i16| if annex == Annex::One.number() { "units" } else { "ledger" };
    let empty = |(county, annex): &(CountyId, i16)| table.of(*county).is_none_or(|values| values.get(lines(*annex)) == 0);
    Ok(given.into_iter().filter(empty).collect())
}
