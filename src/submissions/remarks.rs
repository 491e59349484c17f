//! Remarks of the city on a cell, a row or the whole, and the county's answers: a must-do list until each is answered.

use super::state::State;
use super::submission::Submission;
use crate::annexes::Annex;
use crate::base::ability::{Enter, Review};
use crate::base::{Cells, CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A remark.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Remark {
    /// Whose submission.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// On which submission.
    pub submission_id: Uuid,
    /// On which annex; none: on the whole.
    pub annex: Option<i16>,
    /// On which line.
    pub line_no: Option<i32>,
    /// On which column.
    pub column_id: Option<String>,
    /// What is said.
    pub text: String,
    /// By whom.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// What the county answers.
    pub answer: Option<String>,
    /// Who answers.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
}

impl Remark {
    /// What it is about: 附件1第3行“整改措施”.
    pub fn place(&self) -> String {
        let annex = self.annex.map(|n| if n == 1 { Annex::One } else { Annex::Two });
        let column = annex.zip(self.column_id.as_deref()).and_then(|(annex, id)| annex.columns().iter().find(|c| c.id == id));
        match (annex, self.line_no, column) {
            (Some(annex), Some(no), Some(column)) => format!("{}第{no}行“{}”", annex.mark(), column.heading),
            (Some(annex), Some(no), None) => format!("{}第{no}行", annex.mark()),
            (Some(annex), None, _) => annex.mark().to_owned(),
            (None, ..) => "整体".to_owned(),
        }
    }
}

/// A remark as typed.
#[derive(Clone, Debug)]
pub struct NewRemark {
    /// On which annex; none: on the whole.
    pub annex: Option<Annex>,
    /// On which line.
    pub line_no: Option<i32>,
    /// On which column.
    pub column: Option<&'static str>,
    /// What is said.
    pub text: String,
}

impl NewRemark {
    /// Reads the fields `annex`, `line_no`, `column_id`, `text`. A slip in the line is refused: a remark on a cell must not become one
    /// on the whole annex.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let annex = Annex::from_number(cells.raw("annex").trim());
        let typed = annex.and_then(|_| cells.text("line_no"));
        let line_no = typed.as_deref().and_then(|no| no.parse().ok()).filter(|no| *no > 0);
        if typed.is_some() && line_no.is_none() {
            cells.refuse("line_no", "行号请填写数字，如 3。");
        }
        let chosen = cells.raw("column_id").trim().to_owned();
        let column = annex.and_then(|annex| annex.columns().iter().find(|c| c.id == chosen)).map(|c| c.id);
        if annex.is_some() && column.is_none() && !chosen.is_empty() {
            cells.refuse("column_id", "该附件没有这一栏，请重新选择。");
        } else if column.is_some() && typed.is_none() {
            cells.refuse("line_no", "选了栏目的，请写明是第几行。");
        }
        let text = cells.required("text", "请写明意见。")?;
        cells.clean().then_some(Self { annex, line_no, column, text })
    }
}

/// The remarks on a submission, in the order of its rows.
pub async fn remarks(connection: &mut PgConnection, scope: &Scope, submission: &Submission) -> Result<Vec<Remark>, sqlx::Error> {
    sqlx::query_as(
        "select * from submission_remarks where county_id = any($1) and county_id = $2 and submission_id = $3
         order by annex nulls first, line_no nulls first, id",
    )
    .bind(scope.ids())
    .bind(submission.county_id)
    .bind(submission.id)
    .fetch_all(connection)
    .await
}

/// Makes a remark on a submission under review; stale when it was decided on.
pub async fn remark(
    writing: &mut Writing,
    permit: &Permit<Review>,
    submission: &Submission,
    new: &NewRemark,
) -> Result<Uuid, WriteError> {
    if permit.county() != submission.county_id {
        return Err(WriteError::NotPermitted);
    }
    if submission.state() != State::Filed {
        return Err(WriteError::Stale);
    }
    if let (Some(annex), Some(no)) = (new.annex, new.line_no)
        && !has_line(writing.connection(), submission, annex, no).await?
    {
        return Err(WriteError::refused("line_no", format!("{}没有第{no}行，请核对行号。", annex.mark())));
    }
    let id = new_id();
    let (by, at) = (permit.actor().name.clone(), writing.business_at());
    let row: Option<String> = sqlx::query_scalar(
        "insert into submission_remarks as r (county_id, id, version, submission_id, annex, line_no, column_id, text, made_by, made_at)
         select $1, $2, 1, s.id, $4, $5, $6, $7, $8, $9 from submissions s where s.county_id = $1 and s.id = $3 and s.state = 'filed'
         returning to_jsonb(r)::text",
    )
    .bind(submission.county_id)
    .bind(id)
    .bind(submission.id)
    .bind(new.annex.map(Annex::number))
    .bind(new.line_no)
    .bind(new.column)
    .bind(&new.text)
    .bind(by)
    .bind(at)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(submission.county_id, Entry::created("submission_remarks", id, row)).await?;
    Ok(id)
}

/// Whether a line was frozen with a submission.
async fn has_line(connection: &mut PgConnection, submission: &Submission, annex: Annex, no: i32) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select 1 from submission_lines where county_id = $1 and submission_id = $2 and annex = $3 and no = $4)",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .bind(annex.number())
    .bind(no)
    .fetch_one(connection)
    .await
}

/// The county answers a remark, once: what a colleague answered meanwhile stays.
pub async fn answer(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    submission: &Submission,
    id: Uuid,
    text: &str,
) -> Result<(), WriteError> {
    let (by, at) = (permit.actor().name.clone(), writing.business_at());
    let answered: Option<(i32, String)> = sqlx::query_as(
        "update submission_remarks r set version = version + 1, answer = $4, answered_by = $5, answered_at = $6
         where county_id = $1 and submission_id = $2 and id = $3 and answer is null
         returning version, to_jsonb(r)::text",
    )
    .bind(permit.county())
    .bind(submission.id)
    .bind(id)
    .bind(text)
    .bind(by)
    .bind(at)
    .fetch_optional(writing.connection())
    .await?;
    let Some((version, row)) = answered else {
        let of_it = remarks(writing.connection(), &Scope::county(permit.county()), submission).await?;
        return Err(if of_it.iter().any(|r| r.id == id) { WriteError::Stale } else { WriteError::Missing });
    };
    writing.record(permit.county(), Entry::changed("submission_remarks", id, version, row)).await?;
    Ok(())
}
