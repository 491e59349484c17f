//! What a rule found, and what was said about it.

use super::rule::Rule;
use crate::base::CountyId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// 错误: nothing is filed before it is mended.
    Error,
    /// 提醒: a reason settles it, until the value changes.
    Reminder,
}

impl Severity {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Reminder => "提醒",
        }
    }
}

/// The row of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A unit.
    Unit(Uuid),
    /// A problem.
    Problem(Uuid),
    /// A case.
    Case(Uuid),
    /// The work summary.
    Summary,
    /// An annex as a whole, by its number.
    Annex(i16),
    /// The county as a whole; the figure that shows the rows.
    Figure(&'static str),
}

impl Record {
    /// The row's id, where it is a row.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Unit(id) | Self::Problem(id) | Self::Case(id) => Some(id),
            Self::Summary | Self::Annex(_) | Self::Figure(_) => None,
        }
    }
}

/// A reason that was given for a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In whose words.
    pub text: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One thing that a rule found in a county.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Whose.
    pub county: CountyId,
    /// What it is about, stable from one check to the next.
    pub subject: String,
    /// What stands there now: a reason holds for this value only.
    pub value: String,
    /// The sentence.
    pub text: String,
    /// The rows to look at, the first one to mend.
    pub records: Vec<Record>,
    /// The reason that was given for this very value.
    pub reason: Option<Reason>,
}

impl Finding {
    /// Whether it stands in the way of filing.
    pub fn blocks(&self) -> bool {
        self.rule.severity == Severity::Error || self.reason.is_none()
    }
}

/// Everything that the rules found in a county.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By rule, in their order.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The errors.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.rule.severity == Severity::Error).count()
    }

    /// The reminders without a reason.
    pub fn open_reminders(&self) -> usize {
        self.findings.iter().filter(|f| f.rule.severity == Severity::Reminder && f.reason.is_none()).count()
    }

    /// Whether nothing stands in the way of filing.
    pub fn clear(&self) -> bool {
        !self.findings.iter().any(Finding::blocks)
    }

    /// The findings of each rule, in order.
    pub fn by_rule(&self) -> Vec<(&'static Rule, Vec<&Finding>)> {
        let mut groups: Vec<(&'static Rule, Vec<&Finding>)> = Vec::new();
        for finding in &self.findings {
            match groups.last_mut().filter(|(rule, _)| rule.id == finding.rule.id) {
                Some((_, of_rule)) => of_rule.push(finding),
                None => groups.push((finding.rule, vec![finding])),
            }
        }
        groups
    }
}
