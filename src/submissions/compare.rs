//! Two versions cell by cell: two submissions, or one and what the records say now of the same day.

use super::freeze::frozen_lines;
use super::lines::{FrozenLine, lines};
use super::submission::Submission;
use crate::annexes::{Annex, SAME_CASE};
use crate::base::Scope;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In which annex.
    pub annex: Annex,
    /// The line's number in the newer version; in the older one when it is gone.
    pub no: i32,
    /// The unit's name.
    pub unit: String,
    /// Its id.
    pub unit_id: Uuid,
    /// The problem, if the line has one.
    pub problem_id: Option<Uuid>,
    /// The column; none when the line came or went.
    pub column: Option<&'static str>,
    /// The column's heading, or 新增行, 减少行.
    pub heading: &'static str,
    /// What stood there before.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Columns that only say where a line stands.
const PLACE: [&str; 2] = ["no", "county"];

fn differences(before: &[FrozenLine], after: &[FrozenLine]) -> Vec<Difference> {
    let mut old: HashMap<_, &FrozenLine> = before.iter().map(|line| (line.key(), line)).collect();
    let mut found = Vec::new();
    for line in after {
        let annex = if line.annex == 1 { Annex::One } else { Annex::Two };
        match old.remove(&line.key()) {
            Some(was) => found.extend(cells(annex, was, line)),
            None => found.push(whole(annex, line, "新增行", true)),
        }
    }
    let mut gone: Vec<&FrozenLine> = old.into_values().collect();
    gone.sort_by_key(|line| (line.annex, line.no));
    found.extend(gone.into_iter().map(|line| {
        let annex = if line.annex == 1 { Annex::One } else { Annex::Two };
        whole(annex, line, "减少行", false)
    }));
    found
}

fn cells(annex: Annex, was: &FrozenLine, line: &FrozenLine) -> Vec<Difference> {
    let same = |id: &str| placeless(was.cell(id)) == placeless(line.cell(id));
    let columns = annex.columns().iter().filter(|c| !PLACE.contains(&c.id) && !same(c.id));
    let one = |column: &crate::annexes::Column| Difference {
        annex,
        no: line.no,
        unit: line.cell("name").to_owned(),
        unit_id: line.unit_id,
        problem_id: line.problem_id,
        column: Some(column.id),
        heading: column.heading,
        before: was.cell(column.id).to_owned(),
        after: line.cell(column.id).to_owned(),
    };
    columns.map(one).collect()
}

/// A cell without the number of the line that a shared case points to (「同案，见第N行」): as [`PLACE`], it only says where that stands.
fn placeless(cell: &str) -> (bool, &str) {
    match cell.strip_prefix('【').and_then(|rest| rest.strip_prefix(SAME_CASE)) {
        Some(rest) => (true, rest.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => (false, cell),
    }
}

fn whole(annex: Annex, line: &FrozenLine, heading: &'static str, came: bool) -> Difference {
    let said = line.cell("problem").to_owned();
    let (before, after) = if came { (String::new(), said) } else { (said, String::new()) };
    Difference {
        annex,
        no: line.no,
        unit: line.cell("name").to_owned(),
        unit_id: line.unit_id,
        problem_id: line.problem_id,
        column: None,
        heading,
        before,
        after,
    }
}

/// What changed from one submission to another of the same county.
pub async fn compare(
    connection: &mut PgConnection,
    scope: &Scope,
    before: &Submission,
    after: &Submission,
) -> Result<Vec<Difference>, sqlx::Error> {
    let old = lines(connection, scope, before.county_id, before.id, None).await?;
    let new = lines(connection, scope, after.county_id, after.id, None).await?;
    Ok(differences(&old, &new))
}

/// 自报送后变更: what the records say now of the submission's own data date, against what was frozen.
pub async fn since_filed(
    connection: &mut PgConnection,
    scope: &Scope,
    submission: &Submission,
) -> Result<Vec<Difference>, sqlx::Error> {
    let old = lines(connection, scope, submission.county_id, submission.id, None).await?;
    let place = (submission.county_id, submission.campaign_id, submission.data_date);
    let mut new = Vec::new();
    for annex in [Annex::One, Annex::Two] {
        new.extend(frozen_lines(connection, scope, annex, place).await?);
    }
    Ok(differences(&old, &new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(no: i32, problem: u128, measures: &str) -> FrozenLine {
        let cells = json!({"no": no.to_string(), "name": "甲厂", "problem": "废水直排", "measures": measures});
        FrozenLine { annex: 1, no, unit_id: Uuid::from_u128(1), problem_id: Some(Uuid::from_u128(problem)), case_id: None, cells }
    }

    #[test]
    fn a_line_that_moved_is_the_same_line() {
        assert_eq!(differences(&[line(1, 7, "封堵")], &[line(5, 7, "封堵")]), []);
    }

    #[test]
    fn a_shared_case_whose_first_line_moved_is_the_same_case() {
        let pointing = |remark: &str| {
            let mut line = line(3, 7, "封堵");
            line.cells["remark"] = json!(remark);
            line
        };
        let was = [pointing("【同案，见第9行】夜查")];
        assert_eq!(differences(&was, &[pointing("【同案，见第12行】夜查")]), []);
        for other in ["【同案，见第12行】夜查两次", "夜查", "同案，见第9行】夜查"] {
            assert_eq!(differences(&was, &[pointing(other)]).len(), 1, "{other}");
        }
    }

    #[test]
    fn cells_and_lines_are_told_apart() {
        let found = differences(&[line(1, 7, "封堵"), line(2, 8, "改造")], &[line(1, 7, "拆除"), line(2, 9, "新建")]);
        let told: Vec<_> = found.iter().map(|d| (d.heading, d.before.as_str(), d.after.as_str())).collect();
        assert_eq!(told, [("整改措施", "封堵", "拆除"), ("新增行", "", "废水直排"), ("减少行", "废水直排", "")]);
    }
}
