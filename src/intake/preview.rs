//! What would happen to each line, and what did: one object for the page, the command line and JSON (contract).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// An accepted line as understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// Field and value: dates as `2019-06-20`, words of vocabularies as codes.
    pub values: BTreeMap<String, String>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// For a change: each field that changes, from what to what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What becomes of an accepted line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new unit.
    Created,
    /// A unit on the register gets other values.
    Updated,
    /// The register already says so.
    Unchanged,
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What the register says, in words.
    pub from: String,
    /// What the file says, in words.
    pub to: String,
}

/// The whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// `units`.
    pub kind: String,
    /// The sheets that were read.
    pub sheets: Vec<String>,
    /// Lines read: created + updated + unchanged + rejected_rows + asked_rows.
    pub read: usize,
    /// New units.
    pub created: usize,
    /// Changed units.
    pub updated: usize,
    /// Lines that the register already says.
    pub unchanged: usize,
    /// Lines that stay out.
    pub rejected_rows: usize,
    /// Lines that only a person can settle. None for a list of units.
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
    /// A line stays out.
    pub(super) fn reject(&mut self, findings: Vec<Finding>) {
        self.read += 1;
        self.rejected_rows += 1;
        self.rejected.extend(findings);
    }

    /// A line goes in, or is there already.
    pub(super) fn accept(&mut self, line: Understood) {
        self.read += 1;
        match line.outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
        self.rows.push(line);
    }

    /// Whether confirming would write anything.
    pub fn writes(&self) -> bool {
        self.created + self.updated > 0
    }

    /// The accepted lines of one outcome.
    pub fn of(&self, outcome: Outcome) -> impl Iterator<Item = &Understood> {
        self.rows.iter().filter(move |r| r.outcome == outcome)
    }
}
