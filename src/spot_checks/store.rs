//! Queries on `cross_uploads` and `cross_checks`.

use super::upload::{Line, Upload};
use crate::base::ability::{EnterCase, Supervise};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::find_row;
use crate::problems::{self, NewProblem, ProblemChanges};
use crate::vocabulary::{CrossResult, Progress, Source};
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Keeps a file that was read, until a person confirms it.
pub async fn keep(
    writing: &mut Writing,
    permit: &Permit<Supervise>,
    campaign: Uuid,
    (team, file_name, lines): (&str, &str, Vec<Line>),
) -> Result<Uuid, WriteError> {
    let (id, by, at) = (new_id(), permit.actor().name.clone(), writing.business_at());
    let row: String = sqlx::query_scalar(
        "insert into cross_uploads as t (county_id, id, campaign_id, team, file_name, lines, made_by, made_at, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'read') returning (to_jsonb(t) - 'lines')::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(campaign)
    .bind(team)
    .bind(file_name)
    .bind(Json(&lines))
    .bind(by)
    .bind(at)
    .fetch_one(writing.connection())
    .await?;
    writing.record(permit.county(), Entry::created("cross_uploads", id, row)).await?;
    Ok(id)
}

/// One file within the scope.
pub async fn find_upload(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Upload>, sqlx::Error> {
    find_row(connection, scope, "cross_uploads", id).await
}

/// Writes the good lines of a file once; how many were written, and how many stood there before. A new finding makes a problem
/// 省级督察/交叉执法 of its unit.
pub async fn confirm(
    writing: &mut Writing,
    permit: &Permit<Supervise>,
    entering: &Permit<EnterCase>,
    upload: &Upload,
) -> Result<(usize, usize), WriteError> {
    let county = permit.county();
    let row: Option<String> = sqlx::query_scalar(
        "update cross_uploads t set state = 'done' where county_id = $1 and id = $2 and state = 'read'
         returning (to_jsonb(t) - 'lines')::text",
    )
    .bind(county)
    .bind(upload.id)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or_else(|| WriteError::refused("", "该结果表已登记，没有重复写入。"))?;
    writing.record(county, Entry::changed("cross_uploads", upload.id, 2, row)).await?;
    let (mut written, mut before) = (0, 0);
    for line in upload.lines.iter().filter(|line| line.errors.is_empty()) {
        if write_line(writing, entering, upload, line).await? {
            written += 1;
        } else {
            before += 1;
        }
    }
    Ok((written, before))
}

/// Whether a new finding was brought in before: the same words of the same team about the unit on that day.
async fn found_before(
    writing: &mut Writing,
    entering: &Permit<EnterCase>,
    upload: &Upload,
    (unit, line): (Uuid, &Line),
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select 1 from cross_checks c join problems p on p.county_id = c.county_id and p.id = c.problem_id
            where c.county_id = $1 and c.campaign_id = $2 and c.team = $3 and c.checked_on = $4 and c.result = $5 and c.note = $6
              and p.unit_id = $7)",
    )
    .bind(entering.county())
    .bind(upload.campaign_id)
    .bind(&upload.team)
    .bind(line.on)
    .bind(CrossResult::New.code())
    .bind(&line.text)
    .bind(unit)
    .fetch_one(writing.connection())
    .await
}

async fn write_line(
    writing: &mut Writing,
    entering: &Permit<EnterCase>,
    upload: &Upload,
    line: &Line,
) -> Result<bool, WriteError> {
    let problem = match (line.problem, line.unit_id) {
        (Some(problem), _) => problem,
        // A team sends its sheet again and again, each time with more rows.
        (None, Some(unit)) if found_before(writing, entering, upload, (unit, line)).await? => return Ok(false),
        (None, Some(unit)) => {
            let facts = ProblemChanges {
                source: Some(Source::ProvincialCross),
                kind: line.kind.clone(),
                description: Some(line.text.clone()),
                found_on: line.on,
                assigned_on: line.on,
                ..ProblemChanges::default()
            };
            let new = NewProblem { campaign: upload.campaign_id, unit, recurrence_of: None, facts };
            problems::add(writing, entering, &new).await?
        }
        (None, None) => return Ok(false),
    };
    let (county, id, at) = (entering.county(), new_id(), writing.recorded_at());
    let row: Option<String> = sqlx::query_scalar(
        "insert into cross_checks as t (county_id, id, version, campaign_id, upload_id, problem_id, team, checked_on, checkers,
            result, note, claimed, created_at)
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (county_id, problem_id, team, checked_on) do nothing returning to_jsonb(t)::text",
    )
    .bind(county)
    .bind(id)
    .bind(upload.campaign_id)
    .bind(upload.id)
    .bind(problem)
    .bind(&upload.team)
    .bind(line.on)
    .bind(&line.checkers)
    .bind(&line.result)
    .bind(&line.text)
    .bind(&line.claimed)
    .bind(at)
    .fetch_optional(writing.connection())
    .await?;
    let Some(row) = row else { return Ok(false) };
    writing.record(county, Entry::created("cross_checks", id, row)).await?;
    Ok(true)
}

/// A result as the page shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Checked {
    /// The county.
    pub county_id: CountyId,
    /// The problem.
    pub problem_id: Uuid,
    /// The unit.
    pub unit: String,
    /// The team.
    pub team: String,
    /// The day.
    pub checked_on: NaiveDate,
    /// Who checked.
    pub checkers: String,
    /// The result's code.
    pub result: String,
    /// What was seen.
    pub note: String,
    /// What was claimed.
    pub claimed: String,
}

impl Checked {
    /// The result in words.
    pub fn result_label(&self) -> &'static str {
        CrossResult::from_code(&self.result).map_or("", CrossResult::label)
    }

    /// What was claimed, in words.
    pub fn claimed_label(&self) -> &'static str {
        Progress::from_code(&self.claimed).map_or("", Progress::label)
    }

    /// 虚报: claimed mended, found not.
    pub fn refuted(&self) -> bool {
        let claimed = Progress::from_code(&self.claimed).is_some_and(Progress::finished);
        claimed && CrossResult::from_code(&self.result).is_some_and(CrossResult::refutes)
    }
}

const CHECKS: &str =
    "select c.county_id, c.problem_id, u.name as unit, c.team, c.checked_on, c.checkers, c.result, c.note, c.claimed
    from cross_checks c join problems p on p.county_id = c.county_id and p.id = c.problem_id
    join units u on u.county_id = p.county_id and u.id = p.unit_id";

/// What teams said of a problem, the last first.
pub async fn of_problem(connection: &mut PgConnection, scope: &Scope, problem: Uuid) -> Result<Vec<Checked>, sqlx::Error> {
    let sql = format!("{CHECKS} where c.county_id = any($1) and c.problem_id = $2 order by c.checked_on desc, c.id desc");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(problem).fetch_all(connection).await
}

/// The results within the scope, the last first, refuted claims before the others; at most 500.
pub async fn list_checks(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Checked>, sqlx::Error> {
    let sql = format!(
        "{CHECKS} where c.county_id = any($1) and c.campaign_id = $2
         order by (c.result in ('not_mended', 'relapsed') and c.claimed in ('completed', 'verified', 'closed_down')) desc,
            c.checked_on desc, c.id desc limit 500"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).fetch_all(connection).await
}
