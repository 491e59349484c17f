//! What would happen to each line, and what did: one object for the page, the command line and JSON (contract).

use super::kind::Kind;
use super::line::About;
use super::store::Choices;
use crate::base::CountyId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Field and value as understood: dates as `2019-06-20`, money in 万元, words of vocabularies as codes.
pub type Values = BTreeMap<&'static str, String>;

/// A cell to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The sheet.
    pub sheet: String,
    /// The row's number as the office program shows it.
    pub row: u32,
    /// The column's letters; empty where the file has no such column.
    pub column: String,
    /// The heading as written in the file; our own where there is none.
    pub heading: String,
    /// The field.
    pub field: String,
    /// What stands in the cell.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Something that is no line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// The sheet.
    pub sheet: String,
    /// The row; 0 for the sheet as a whole.
    pub row: u32,
    /// Why.
    pub why: String,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something new comes of it.
    Created,
    /// What stands gets other values.
    Updated,
    /// It stands already.
    #[default]
    Unchanged,
    /// Only a person can settle it; nothing of the line is written before.
    Asked,
    /// It stays out.
    Rejected,
}

impl Outcome {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 5] = [Self::Created, Self::Updated, Self::Unchanged, Self::Asked, Self::Rejected];

    /// The word in addresses and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Asked => "asked",
            Self::Rejected => "rejected",
        }
    }

    /// The word on the tab.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Created => "新增",
            Self::Updated => "修改",
            Self::Unchanged => "无变化",
            Self::Asked => "冲突",
            Self::Rejected => "错误",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }

    /// Whether confirming writes something of the line.
    pub const fn writes(self) -> bool {
        matches!(self, Self::Created | Self::Updated)
    }
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What the database says, in words.
    pub from: String,
    /// What the file says, in words.
    pub to: String,
    /// The row of the fact in the database, whose history says who wrote it and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<uuid::Uuid>,
}

/// Something that only a person can settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The field; a question about the whole line has a name of its own: `row`, `split`.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What the file was downloaded with, in words; none when nobody knows.
    pub base: Option<String>,
    /// What the database says now, in words.
    pub ours: String,
    /// What the file says, in words.
    pub theirs: String,
    /// The question as a sentence.
    pub text: String,
    /// The answers: value and words.
    pub answers: Vec<(String, String)>,
    /// What was answered.
    pub answer: Option<String>,
    /// The row of the fact in the database, whose history says who wrote it and when.
    pub record: Option<uuid::Uuid>,
}

impl Question {
    /// A question as one sentence, with the answer that was chosen, if it is one of these.
    pub(super) fn of_row<S: AsRef<str>>(field: &str, text: String, answers: &[(&str, S)], choices: &Choices) -> Self {
        let answer = choices.get(field).filter(|a| answers.iter().any(|(value, _)| value == a));
        Self {
            field: field.to_owned(),
            label: String::new(),
            base: None,
            ours: String::new(),
            theirs: String::new(),
            text,
            answers: answers.iter().map(|(value, words)| ((*value).to_owned(), words.as_ref().to_owned())).collect(),
            answer: answer.cloned(),
            record: None,
        }
    }
}

/// What becomes of a line, and why. What it says is no part of it: that is read from the line ([`understood`]).
///
/// [`understood`]: super::understood
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What becomes of it.
    #[serde(skip)]
    pub outcome: Outcome,
    /// Whose facts it tells; none of a line that stays out.
    #[serde(skip)]
    pub county: Option<CountyId>,
    /// Each field that changes, from what to what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What keeps it out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Finding>,
    /// What went in and should be checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flagged: Vec<Finding>,
    /// What only a person can settle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

impl Verdict {
    /// A line that stays out.
    pub fn rejected(findings: Vec<Finding>) -> Self {
        Self { outcome: Outcome::Rejected, rejected: findings, ..Self::default() }
    }

    /// Whether there is nothing to say but the outcome.
    pub fn is_silent(&self) -> bool {
        self.changes.is_empty() && self.rejected.is_empty() && self.flagged.is_empty() && self.questions.is_empty()
    }
}

/// An accepted line as JSON tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// Field and value.
    pub values: Values,
    /// What becomes of it.
    pub outcome: Outcome,
    /// For a change: each field that changes, from what to what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// The whole, for the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// `units`, `annex1` or `annex2`.
    pub kind: String,
    /// The sheets that were read.
    pub sheets: Vec<String>,
    /// Lines read: created + updated + unchanged + rejected_rows + asked_rows.
    pub read: usize,
    /// Lines of which something new comes.
    pub created: usize,
    /// Lines that change what stands.
    pub updated: usize,
    /// Lines that stand already.
    pub unchanged: usize,
    /// Lines that stay out.
    pub rejected_rows: usize,
    /// Lines that only a person can settle.
    pub asked_rows: usize,
    /// Every bad cell of the lines that stay out.
    pub rejected: Vec<Finding>,
    /// Cells that went in and should be checked.
    pub flagged: Vec<Finding>,
    /// Cells of lines that only a person can settle.
    pub asked: Vec<Finding>,
    /// What is no line.
    pub ignored: Vec<Ignored>,
    /// Accepted lines as understood.
    pub rows: Vec<Understood>,
}

impl Preview {
    /// An empty one.
    pub fn of(kind: Kind) -> Self {
        Self { kind: kind.code().to_owned(), ..Self::default() }
    }

    /// Takes a line's verdict, and of an accepted line what it says.
    pub fn take(&mut self, about: &About, line: &super::Line, verdict: Verdict, values: impl FnOnce() -> Values) {
        self.read += 1;
        *match verdict.outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Asked => &mut self.asked_rows,
            Outcome::Rejected => &mut self.rejected_rows,
        } += 1;
        let teller = super::findings::Teller { about, line };
        self.asked.extend(verdict.questions.iter().filter(|_| verdict.outcome == Outcome::Asked).map(|q| teller.asked(q)));
        self.rejected.extend(verdict.rejected);
        self.flagged.extend(verdict.flagged);
        if matches!(verdict.outcome, Outcome::Created | Outcome::Updated | Outcome::Unchanged) {
            let sheet = teller.sheet().to_owned();
            let Verdict { outcome, changes, .. } = verdict;
            self.rows.push(Understood { sheet, row: line.row, values: values(), outcome, changes });
        }
    }

    /// Takes what the file holds besides its lines, at the end.
    pub fn end(&mut self, about: &About) {
        self.sheets.clone_from(&about.sheets);
        self.ignored.clone_from(&about.ignored);
        self.ignored.extend(about.missing.iter().map(|m| Ignored { sheet: String::new(), row: 0, why: m.sentence() }));
    }
}
