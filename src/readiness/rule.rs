//! A rule as a small value.

use super::finding::{Record, Severity};
use super::rules::ALL;
use crate::figures::Values;
use crate::summary::Summary;
use uuid::Uuid;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its number: R01.
    pub id: &'static str,
    /// What must agree, as a heading.
    pub title: &'static str,
    /// What to do about a finding, and whence the rule comes.
    pub hint: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// A number that the city may set: what it counts, and what it is unless set.
    pub threshold: Option<Threshold>,
    /// What it looks at.
    pub looks_at: Looks,
}

/// A number that a rule compares with.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// What it is, as a label.
    pub label: &'static str,
    /// Unless the city sets another.
    pub usual: i64,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Looks {
    /// Rows that break it: a query over `$1` counties, `$2` campaign, `$3` data date and `$4` threshold, that gives
    /// `county_id, subject, kind, id, other_kind, other_id, value, words`.
    Rows {
        /// The query.
        sql: fn() -> String,
        /// Its sentence, from the words.
        sentence: fn(&[String]) -> String,
    },
    /// The county's figures: the value and the sentence when it is broken, and the figure that shows the rows.
    Figures(fn(&Values, i64) -> Option<Broken>),
    /// Annexes without a line.
    Annexes,
    /// What the work summary says: for each thing that is wrong its paragraph, what stands there, and the sentence.
    Summary(fn(&Summary) -> Vec<(String, String, String)>),
}

/// A county's figures break a rule.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What stands there.
    pub value: String,
    /// The sentence.
    pub text: String,
    /// Where to look.
    pub records: Vec<Record>,
}

/// A row that breaks a rule, as queries give it.
#[derive(Debug, sqlx::FromRow)]
pub struct Row {
    pub county_id: crate::base::CountyId,
    pub subject: String,
    pub kind: String,
    pub id: Uuid,
    pub other_kind: Option<String>,
    pub other_id: Option<Uuid>,
    pub value: String,
    pub words: Vec<String>,
}

impl Row {
    /// The rows to look at.
    pub fn records(&self) -> Vec<Record> {
        let record = |kind: &str, id: Uuid| match kind {
            "unit" => Some(Record::Unit(id)),
            "problem" => Some(Record::Problem(id)),
            "case" => Some(Record::Case(id)),
            _ => None,
        };
        let other = self.other_kind.as_deref().zip(self.other_id).and_then(|(kind, id)| record(kind, id));
        record(&self.kind, self.id).into_iter().chain(other).collect()
    }
}

/// All rules, in order of number.
pub fn rules() -> &'static [&'static Rule] {
    ALL
}

/// The rule of a number.
pub fn rule(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
