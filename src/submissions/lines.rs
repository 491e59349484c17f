//! The frozen rows.

use super::submission::Submission;
use crate::annexes::{Annex, Kept, Line};
use crate::base::{CountyId, Scope};
use crate::consolidated::{Given, GivenLine};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A frozen row of an annex.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct FrozenLine {
    /// 1 or 2.
    pub annex: i16,
    /// Its number, from 1.
    pub no: i32,
    /// Its unit.
    pub unit_id: Uuid,
    /// Its problem.
    pub problem_id: Option<Uuid>,
    /// Its case.
    pub case_id: Option<Uuid>,
    /// Cells by column id, as somebody would type them.
    pub cells: Value,
}

/// Names and values in the order of the names: what a hash covers must not hang on how a map was kept.
pub(super) fn in_order(map: &Value) -> Vec<(&String, &Value)> {
    let sorted: BTreeMap<&String, &Value> = map.as_object().into_iter().flatten().collect();
    sorted.into_iter().collect()
}

/// A live line as it is frozen.
pub(super) fn kept(annex: Annex, line: &Line) -> FrozenLine {
    let Kept { unit, problem, case, cells } = Kept::of(annex, line);
    let cells: Map<String, Value> =
        annex.columns().iter().zip(cells).map(|(column, text)| (column.id.to_owned(), Value::from(text))).collect();
    let no = i32::try_from(line.no).unwrap_or(i32::MAX);
    FrozenLine { annex: annex.number(), no, unit_id: unit, problem_id: problem, case_id: case, cells: cells.into() }
}

impl FrozenLine {
    /// What stands in a column.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).and_then(Value::as_str).unwrap_or_default()
    }

    /// The row in the form that the hash covers.
    pub(super) fn canonical(&self) -> String {
        let cells = in_order(&self.cells);
        serde_json::json!([self.annex, self.no, self.unit_id, self.problem_id, self.case_id, cells]).to_string()
    }

    /// What it is the line of, from one version to the next.
    pub(super) fn key(&self) -> (i16, Uuid, Option<Uuid>, Option<Uuid>) {
        (self.annex, self.unit_id, self.problem_id, self.case_id)
    }
}

/// The rows of an annex of a submission, in order.
pub async fn lines(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    submission: Uuid,
    annex: Option<Annex>,
) -> Result<Vec<FrozenLine>, sqlx::Error> {
    sqlx::query_as(
        "select annex, no, unit_id, problem_id, case_id, cells from submission_lines
         where county_id = any($1) and county_id = $2 and submission_id = $3 and ($4::smallint is null or annex = $4)
         order by annex, no",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(submission)
    .bind(annex.map(Annex::number))
    .fetch_all(connection)
    .await
}

/// A submission's tables, to stand in a book of several bodies.
pub async fn given(connection: &mut PgConnection, scope: &Scope, submission: &Submission) -> Result<Given, sqlx::Error> {
    let mut both: [Vec<GivenLine>; 2] = Default::default();
    for (annex, into) in [Annex::One, Annex::Two].into_iter().zip(&mut both) {
        let frozen = lines(connection, scope, submission.county_id, submission.id, Some(annex)).await?;
        let line = |line: &FrozenLine| GivenLine {
            unit: line.unit_id,
            problem: line.problem_id,
            cells: annex.columns().iter().map(|c| line.cell(c.id).to_owned()).collect(),
        };
        *into = frozen.iter().map(line).collect();
    }
    Ok(Given {
        county: submission.county_id,
        date: submission.data_date,
        body: submission.body_name.clone(),
        basis: submission.basis(),
        values: submission.values(),
        by_city: submission.by_city(),
        lines: both,
    })
}
