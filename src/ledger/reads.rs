//! Reads of cases with the problems that they cover and the names of their units.

use super::case::{Case, CaseFile};
use super::grounds::CaseProblem;
use super::list::UNREVIEWED;
use super::measure::Measure;
use super::measures_store::measures_of;
use crate::base::{CountyId, Scope};
use crate::platform::database::find_row;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// One case.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Case>, sqlx::Error> {
    find_row(connection, scope, "cases", id).await
}

/// One case with its problems and measures.
pub async fn open(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<CaseFile>, sqlx::Error> {
    let Some(case) = find(&mut *connection, scope, id).await? else { return Ok(None) };
    let problems = problems_of(&mut *connection, case.county_id, id).await?;
    let measures = measures_of(connection, scope, id).await?;
    Ok(Some(CaseFile { case, problems, measures }))
}

/// The cases of a campaign of which a period may still run, with their problems and measures: not closed, or closed with a
/// measure of which something is owed.
pub async fn open_files(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<CaseFile>, sqlx::Error> {
    const OPEN: &str = "c.county_id = any($1) and c.campaign_id = $2 and (c.closed_on is null or exists (
        select 1 from measures o where o.county_id = c.county_id and o.case_id = c.id and not o.removed))";
    let cases = format!("select c.* from cases c where {OPEN} order by c.id");
    let measures = format!(
        "select m.* from measures m join cases c on c.county_id = m.county_id and c.id = m.case_id
         where m.county_id = any($1) and not m.removed and {OPEN} order by m.id"
    );
    let problems = format!(
        "{} join case_problems cp on cp.county_id = p.county_id and cp.problem_id = p.id
         join cases c on c.county_id = cp.county_id and c.id = cp.case_id where {OPEN} order by p.id",
        PROBLEM.replace("select ", "select cp.case_id, ")
    );
    let ask = |sql: String| sqlx::AssertSqlSafe(sql);
    let cases: Vec<Case> = sqlx::query_as(ask(cases)).bind(scope.ids()).bind(campaign).fetch_all(&mut *connection).await?;
    let measures: Vec<Measure> =
        sqlx::query_as(ask(measures)).bind(scope.ids()).bind(campaign).fetch_all(&mut *connection).await?;
    let problems: Vec<OfCase> = sqlx::query_as(ask(problems)).bind(scope.ids()).bind(campaign).fetch_all(connection).await?;
    let mut files: HashMap<Uuid, CaseFile> =
        cases.into_iter().map(|case| (case.id, CaseFile { case, problems: Vec::new(), measures: Vec::new() })).collect();
    for measure in measures {
        if let Some(file) = files.get_mut(&measure.case_id) {
            file.measures.push(measure);
        }
    }
    for OfCase { case_id, problem } in problems {
        if let Some(file) = files.get_mut(&case_id) {
            file.problems.push(problem);
        }
    }
    let mut files: Vec<CaseFile> = files.into_values().collect();
    files.sort_by_key(|file| file.case.id);
    Ok(files)
}

/// A problem with the case that covers it.
#[derive(sqlx::FromRow)]
struct OfCase {
    case_id: Uuid,
    #[sqlx(flatten)]
    problem: CaseProblem,
}

/// How many decided cases nobody has reviewed yet (法规审核).
pub async fn waiting_for_review(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<usize, sqlx::Error> {
    let sql = format!("select count(*) from cases c where c.county_id = any($1) and c.campaign_id = $2 and {UNREVIEWED}");
    let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).fetch_one(connection).await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The cases over a problem, oldest first.
pub async fn of_problem(connection: &mut PgConnection, scope: &Scope, problem: Uuid) -> Result<Vec<Case>, sqlx::Error> {
    sqlx::query_as(
        "select c.* from case_problems cp join cases c on c.county_id = cp.county_id and c.id = cp.case_id
         where cp.county_id = any($1) and cp.problem_id = $2 order by c.id",
    )
    .bind(scope.ids())
    .bind(problem)
    .fetch_all(connection)
    .await
}

/// The cases that bear these numbers, of filing or of decision, each with its number.
pub async fn by_numbers(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: Uuid,
    numbers: &[String],
) -> Result<Vec<(String, Uuid, String)>, sqlx::Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_as(
        "select n.number, c.id, c.handled_by from cases c cross join lateral (values (c.case_number), (c.decision_number)) as n(number)
         where c.county_id = any($1) and c.county_id = $2 and c.campaign_id = $3 and n.number = any($4)",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(campaign)
    .bind(numbers)
    .fetch_all(connection)
    .await
}

/// The cases over problems of a unit, newest first.
pub async fn of_unit(connection: &mut PgConnection, scope: &Scope, unit: Uuid) -> Result<Vec<Case>, sqlx::Error> {
    sqlx::query_as(
        "select c.* from cases c where c.county_id = any($1) and exists (
            select 1 from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
            where cp.county_id = c.county_id and cp.case_id = c.id and p.unit_id = $2) order by c.id desc limit 200",
    )
    .bind(scope.ids())
    .bind(unit)
    .fetch_all(connection)
    .await
}

const PROBLEM: &str =
    "select p.county_id, p.id, p.campaign_id, p.unit_id, u.name as unit_name, u.industry, p.kind, p.source, p.description, p.found_on,
    p.assigned_on, p.due_on, p.completed_on, p.verified_on
    from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id";

async fn problems_of(connection: &mut PgConnection, county: CountyId, case: Uuid) -> Result<Vec<CaseProblem>, sqlx::Error> {
    let sql = format!(
        "{PROBLEM} join case_problems cp on cp.county_id = p.county_id and cp.problem_id = p.id
         where cp.county_id = $1 and cp.case_id = $2 order by p.id"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(county).bind(case).fetch_all(connection).await
}

/// One problem as a case would see it.
pub async fn problem(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<CaseProblem>, sqlx::Error> {
    let sql = format!("{PROBLEM} where p.county_id = any($1) and p.id = $2");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// The problems of a unit in a campaign, the newest first.
pub async fn problems_of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<CaseProblem>, sqlx::Error> {
    let sql =
        format!("{PROBLEM} where p.county_id = any($1) and p.campaign_id = $2 and p.unit_id = $3 order by p.id desc limit 100");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).bind(unit).fetch_all(connection).await
}

/// Problems of the case's units that it does not cover yet.
pub async fn attachable(connection: &mut PgConnection, scope: &Scope, case: &Case) -> Result<Vec<CaseProblem>, sqlx::Error> {
    let sql = format!(
        "{PROBLEM} where p.county_id = any($1) and p.county_id = $2 and p.campaign_id = $3
           and p.unit_id in (select o.unit_id from case_problems co
                join problems o on o.county_id = co.county_id and o.id = co.problem_id where co.county_id = $2 and co.case_id = $4)
           and not exists (select 1 from case_problems cp
                where cp.county_id = p.county_id and cp.case_id = $4 and cp.problem_id = p.id)
         order by p.id desc limit 100"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(scope.ids())
        .bind(case.county_id)
        .bind(case.campaign_id)
        .bind(case.id)
        .fetch_all(connection)
        .await
}
