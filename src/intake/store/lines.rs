//! Queries on `upload_lines`.

use super::{json, of_json};
use crate::base::CountyId;
use crate::intake::line::Line;
use crate::intake::preview::{Outcome, Verdict};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a person decided about a line: the field of the question, and the answer.
pub type Choices = BTreeMap<String, String>;

/// A line with what would become of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its number in the file.
    pub no: i32,
    /// The line.
    pub line: Line,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What was decided about it.
    pub choices: Choices,
}

/// Adds lines with what would become of them.
pub(in crate::intake) async fn add_lines(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    lines: &[(i32, &Line, &Verdict)],
) -> Result<(), sqlx::Error> {
    let numbers: Vec<i32> = lines.iter().map(|(no, ..)| *no).collect();
    let texts = lines.iter().map(|(_, line, _)| json(line)).collect::<Result<Vec<_>, _>>()?;
    let verdicts = lines.iter().map(|(.., verdict)| json(verdict)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "insert into upload_lines (county_id, upload_id, no, line, outcome, flagged, verdict)
         select $1, $2, n.no, n.line::json, n.outcome, n.flagged, n.verdict::json
         from unnest($3::integer[], $4::text[], $5::text[], $6::boolean[], $7::text[]) as n(no, line, outcome, flagged, verdict)",
    )
    .bind(county)
    .bind(id)
    .bind(numbers)
    .bind(texts)
    .bind(lines.iter().map(|(.., v)| v.outcome.code()).collect::<Vec<_>>())
    .bind(lines.iter().map(|(.., v)| !v.flagged.is_empty()).collect::<Vec<_>>())
    .bind(verdicts)
    .execute(connection)
    .await
    .map(drop)
}

/// Says anew what becomes of lines.
pub(in crate::intake) async fn judge(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    verdicts: &[(i32, &Verdict)],
) -> Result<(), sqlx::Error> {
    let texts = verdicts.iter().map(|(_, verdict)| json(verdict)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "update upload_lines l set outcome = n.outcome, flagged = n.flagged, verdict = n.verdict::json
         from unnest($3::integer[], $4::text[], $5::boolean[], $6::text[]) as n(no, outcome, flagged, verdict)
         where l.county_id = $1 and l.upload_id = $2 and l.no = n.no",
    )
    .bind(county)
    .bind(id)
    .bind(verdicts.iter().map(|(no, _)| *no).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|(_, v)| v.outcome.code()).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|(_, v)| !v.flagged.is_empty()).collect::<Vec<_>>())
    .bind(texts)
    .execute(connection)
    .await
    .map(drop)
}

/// Keeps a line as a person corrected it.
pub async fn correct(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    no: i32,
    line: &Line,
) -> Result<(), sqlx::Error> {
    sqlx::query("update upload_lines set line = $4::json where county_id = $1 and upload_id = $2 and no = $3")
        .bind(county)
        .bind(id)
        .bind(no)
        .bind(json(line)?)
        .execute(connection)
        .await
        .map(drop)
}

/// Keeps what was decided about a line.
pub async fn choose(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    no: i32,
    choices: &Choices,
) -> Result<(), sqlx::Error> {
    sqlx::query("update upload_lines set choices = $4::json where county_id = $1 and upload_id = $2 and no = $3")
        .bind(county)
        .bind(id)
        .bind(no)
        .bind(json(choices)?)
        .execute(connection)
        .await
        .map(drop)
}

/// How many lines there are of each outcome, and how many to check.
pub async fn counts(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
) -> Result<(BTreeMap<Outcome, usize>, usize), sqlx::Error> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "select outcome, count(*), count(*) filter (where flagged) from upload_lines where county_id = $1 and upload_id = $2
         group by outcome",
    )
    .bind(county)
    .bind(id)
    .fetch_all(connection)
    .await?;
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let flagged = rows.iter().map(|(.., flagged)| count(*flagged)).sum();
    let counts = rows.iter().filter_map(|(outcome, n, _)| Some((Outcome::from_code(outcome)?, count(*n)))).collect();
    Ok((counts, flagged))
}

/// The counties that a file's first lines tell of, by name; looked for among the first thousand, so that a list of files stays
/// quick.
pub async fn counties_of(connection: &mut PgConnection, (county, id): (CountyId, Uuid)) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(
        "select n.name from (select verdict -> 'values' ->> 'county' as name, no from upload_lines
                             where county_id = $1 and upload_id = $2 and no < 1000) n
         where n.name is not null group by n.name order by min(n.no)",
    )
    .bind(county)
    .bind(id)
    .fetch_all(connection)
    .await
}

/// Which lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those of an outcome.
    Of(Outcome),
    /// Those with something to check.
    Flagged,
    /// Those with a sentence at one of their cells: to check, or refused.
    Told,
}

/// Lines of a file after a number, in order.
pub async fn lines(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    which: Which,
    after: i32,
    most: i64,
) -> Result<Vec<Told>, sqlx::Error> {
    let condition = match which {
        Which::All => "true",
        Which::Of(_) => "outcome = $5",
        Which::Flagged => "flagged",
        Which::Told => "(flagged or outcome = 'rejected')",
    };
    let sql = format!(
        "select no, line::text, verdict::text, choices::text from upload_lines
         where county_id = $1 and upload_id = $2 and no > $3 and {condition} and ($5::text is null or true) order by no limit $4"
    );
    let outcome = match which {
        Which::Of(outcome) => Some(outcome.code()),
        Which::All | Which::Flagged | Which::Told => None,
    };
    let rows: Vec<(i32, String, String, Option<String>)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(county)
        .bind(id)
        .bind(after)
        .bind(most)
        .bind(outcome)
        .fetch_all(connection)
        .await?;
    let told = |(no, line, verdict, choices): (i32, String, String, Option<String>)| {
        Ok(Told {
            no,
            line: of_json(&line)?,
            verdict: of_json(&verdict)?,
            choices: choices.as_deref().map(of_json).transpose()?.unwrap_or_default(),
        })
    };
    rows.into_iter().map(told).collect()
}
