//! The tabs of a preview: what becomes of the lines, what should be checked, what was set aside.

use crate::base::text::mask_phone;
use crate::history::{self, Past};
use crate::intake::{self, Change, Finding, Ignored, Job, Missing, Outcome, Question, Told, Upload, Which};
use crate::web::paths;
use crate::web::shell::{Error, Visit};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Lines on a page.
pub const SHOWN: i64 = 100;

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Lines of an outcome.
    Lines(Outcome),
    /// Cells that went in and should be checked.
    Flagged,
    /// What is no line.
    Ignored,
    /// What the file no longer has.
    Missing,
}

/// A tab's head.
pub struct TabLink {
    pub href: String,
    pub label: &'static str,
    pub count: usize,
    pub current: bool,
}

/// How many lines each tab has.
pub struct Counts {
    pub of: BTreeMap<Outcome, usize>,
    pub flagged: usize,
    pub ignored: usize,
    pub missing: usize,
}

impl Counts {
    /// Lines of an outcome.
    pub fn get(&self, outcome: Outcome) -> usize {
        self.of.get(&outcome).copied().unwrap_or(0)
    }

    /// All lines.
    pub fn read(&self) -> usize {
        self.of.values().sum()
    }

    /// Whether confirming would write anything.
    pub fn writes(&self) -> bool {
        self.of.iter().any(|(outcome, n)| outcome.writes() && *n > 0)
    }
}

impl Tab {
    const ALL: [Self; 8] = [
        Self::Lines(Outcome::Created),
        Self::Lines(Outcome::Updated),
        Self::Lines(Outcome::Unchanged),
        Self::Lines(Outcome::Asked),
        Self::Lines(Outcome::Rejected),
        Self::Missing,
        Self::Flagged,
        Self::Ignored,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Lines(outcome) => outcome.code(),
            Self::Flagged => "flagged",
            Self::Ignored => "ignored",
            Self::Missing => "missing",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Lines(outcome) => outcome.label(),
            Self::Flagged => "请核对",
            Self::Ignored => "未读取",
            Self::Missing => "缺少",
        }
    }

    fn count(self, counts: &Counts) -> usize {
        match self {
            Self::Lines(outcome) => counts.get(outcome),
            Self::Flagged => counts.flagged,
            Self::Ignored => counts.ignored,
            Self::Missing => counts.missing,
        }
    }

    /// The tab asked for, else the first that has something to decide on.
    pub fn asked(visit: &Visit, counts: &Counts) -> Self {
        let named = visit.asked("tab").and_then(|t| Self::ALL.into_iter().find(|tab| tab.code() == t));
        let order = [Outcome::Asked, Outcome::Rejected, Outcome::Updated, Outcome::Created, Outcome::Unchanged];
        let first = order.into_iter().map(Self::Lines).find(|tab| tab.count(counts) > 0);
        named.or(first).unwrap_or(Self::Lines(Outcome::Unchanged))
    }

    /// The tabs' heads; empty ones of a rare kind are left out.
    pub fn links(self, id: Uuid, counts: &Counts) -> Vec<TabLink> {
        let rare = |tab: &Self| matches!(tab, Self::Flagged | Self::Missing | Self::Lines(Outcome::Asked));
        let shown = Self::ALL.into_iter().filter(|tab| tab.count(counts) > 0 || !rare(tab));
        let link = |tab: Self| TabLink {
            href: paths::with(&paths::import(id), &[("tab", tab.code())]),
            label: tab.label(),
            count: tab.count(counts),
            current: tab == self,
        };
        shown.map(link).collect()
    }
}

/// A line as the page shows it.
pub struct Row {
    pub row: u32,
    pub name: String,
    pub values: Vec<String>,
    pub changes: Vec<ShownChange>,
    pub questions: Vec<Asked>,
    pub findings: Vec<ShownFinding>,
}

/// A sentence at a cell, with the name of the field that corrects it; an empty one where the file has no such column.
pub struct ShownFinding {
    pub finding: Finding,
    pub name: String,
}

impl ShownFinding {
    /// Whether the cell can be corrected here.
    pub fn open(&self) -> bool {
        !self.name.is_empty()
    }

    /// Whether it holds several lines, which an ordinary field would join.
    pub fn has_lines(&self) -> bool {
        self.finding.value.contains('\n')
    }
}

/// A change with who wrote the old value.
pub struct ShownChange {
    pub change: Change,
    pub by: String,
}

/// A question with the names of its answers in the form.
pub struct Asked {
    pub question: Question,
    pub name: String,
    pub by: String,
}

impl Asked {
    /// Whether an answer is the one given.
    pub fn is(&self, value: &str) -> bool {
        self.question.answer.as_deref() == Some(value)
    }
}

/// What a tab shows.
pub struct Shown {
    pub tab: Tab,
    pub labels: Vec<String>,
    pub rows: Vec<Row>,
    pub ignored: Vec<Ignored>,
    pub missing: Vec<(Missing, String)>,
    pub next: Option<String>,
}

impl Shown {
    /// Reads the lines of a tab.
    pub async fn of(visit: &mut Visit, upload: &Upload, tab: Tab) -> Result<Self, Error> {
        let columns = columns(upload, !visit.viewer.actor.role.of_a_county());
        let labels = columns.iter().map(|(_, label)| (*label).to_owned()).collect();
        let which = match tab {
            Tab::Lines(outcome) => Which::Of(outcome),
            Tab::Flagged => Which::Flagged,
            Tab::Ignored => {
                let ignored = upload.about.ignored.clone();
                return Ok(Self { tab, labels, rows: Vec::new(), ignored, missing: Vec::new(), next: None });
            }
            Tab::Missing => {
                let linked = |m: &Missing| (m.clone(), m.problem.map_or_else(|| paths::unit(m.unit), paths::problem));
                let missing = upload.about.missing.iter().map(linked).collect();
                return Ok(Self { tab, labels, rows: Vec::new(), ignored: Vec::new(), missing, next: None });
            }
        };
        let after = visit.asked("after").and_then(|a| a.parse().ok()).unwrap_or(-1);
        let place = (upload.county, upload.id);
        let mut told = intake::lines(visit.connection(), place, which, after, SHOWN + 1).await?;
        let more = told.len() > usize::try_from(SHOWN).unwrap_or(usize::MAX);
        told.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let next = told
            .last()
            .filter(|_| more)
            .map(|last| paths::with(&paths::import(upload.id), &[("tab", tab.code()), ("after", &last.no.to_string())]));
        let writers = Writers::of(visit, upload, &told).await?;
        let job = super::job(visit, upload.clone());
        let row = |told: Told| row(&job, &columns, &writers, tab, told);
        Ok(Self { tab, labels, rows: told.into_iter().map(row).collect(), ignored: Vec::new(), missing: Vec::new(), next })
    }

    pub fn is_changes(&self) -> bool {
        self.tab == Tab::Lines(Outcome::Updated)
    }

    /// Whether a new line changes something that stands, beside what is new.
    pub fn changes_beside(&self) -> bool {
        self.tab == Tab::Lines(Outcome::Created) && self.rows.iter().any(|row| !row.changes.is_empty())
    }

    pub fn is_questions(&self) -> bool {
        self.tab == Tab::Lines(Outcome::Asked)
    }

    pub fn is_rejected(&self) -> bool {
        self.tab == Tab::Lines(Outcome::Rejected)
    }

    pub fn is_findings(&self) -> bool {
        self.is_rejected() || self.tab == Tab::Flagged
    }

    pub fn is_ignored(&self) -> bool {
        self.tab == Tab::Ignored
    }

    pub fn is_missing(&self) -> bool {
        self.tab == Tab::Missing
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.ignored.is_empty() && self.missing.is_empty()
    }
}

/// The fields that stand beside the name: all that the file has, and the county where there are several.
fn columns(upload: &Upload, city: bool) -> Vec<(&'static str, &'static str)> {
    let has = |id: &str| upload.about.heads.iter().any(|h| h.source(id).is_some());
    let county = upload.kind.fields().field("county").filter(|_| city);
    let fields = upload.kind.fields().all.iter().filter(|f| !matches!(f.id, "name" | "contact" | "key" | "county") && has(f.id));
    county.into_iter().chain(fields).map(|f| (f.id, f.heading)).collect()
}

/// Who wrote the old values that are shown, and when: of each cell the last who changed that one. What the file itself wrote is
/// not the old value.
struct Writers(HashMap<Uuid, Vec<Past>>);

impl Writers {
    async fn of(visit: &mut Visit, upload: &Upload, told: &[Told]) -> Result<Self, Error> {
        let of_line = |t: &Told| {
            let changes = t.verdict.changes.iter().filter_map(|c| c.record);
            changes.chain(t.verdict.questions.iter().filter_map(|q| q.record)).collect::<Vec<_>>()
        };
        let records: Vec<Uuid> = told.iter().flat_map(of_line).collect();
        let scope = visit.scope();
        let mut of_records: HashMap<Uuid, Vec<Past>> = HashMap::new();
        for past in history::changes_of(visit.connection(), &scope, &records, &upload.batches).await? {
            of_records.entry(past.record_id).or_default().push(past);
        }
        Ok(Self(of_records))
    }

    fn by(&self, record: Option<Uuid>, field: &str) -> String {
        let (known, own) = (intake::columns_of(field), [field]);
        let columns = if known.is_empty() { &own[..] } else { known };
        let touches = |past: &&Past| past.changes().iter().any(|(name, ..)| columns.contains(&name.as_str()));
        let last = record.and_then(|r| self.0.get(&r)).and_then(|all| all.iter().find(touches));
        last.map_or_else(String::new, |past| format!("{}，{}", past.actor_name, super::moment(past.business_at)))
    }
}

fn row(job: &Job, columns: &[(&str, &str)], writers: &Writers, tab: Tab, told: Told) -> Row {
    let (upload, verdict) = (&job.upload, told.verdict);
    let line = (&told.line, &told.choices);
    let values = intake::understood(upload.kind, &upload.about, line, verdict.county, &job.terms());
    let head = upload.about.head(&told.line);
    let name = head.map_or_else(String::new, |h| told.line.value(h, "name").into_owned());
    let value = |id: &str| {
        let shown = values.get(id).map_or_else(String::new, |value| upload.kind.in_words(id, value));
        masked(id, shown)
    };
    let change = |mut c: Change| {
        (c.from, c.to) = (masked(&c.field, c.from), masked(&c.field, c.to));
        ShownChange { by: writers.by(c.record, &c.field), change: c }
    };
    let asked =
        |q: Question| Asked { name: format!("a.{}.{}", told.no, q.field), by: writers.by(q.record, &q.field), question: q };
    let mut once = BTreeSet::new();
    // Two sentences at one cell have one field between them.
    let finding = |f: Finding| ShownFinding {
        name: match !f.column.is_empty() && once.insert(f.field.clone()) {
            true => format!("c.{}.{}", told.no, f.field),
            false => String::new(),
        },
        finding: f,
    };
    Row {
        row: told.line.row,
        name,
        values: columns.iter().map(|(id, _)| value(id)).collect(),
        findings: if tab == Tab::Flagged { verdict.flagged } else { verdict.rejected }.into_iter().map(finding).collect(),
        changes: verdict.changes.into_iter().map(change).collect(),
        questions: verdict.questions.into_iter().map(asked).collect(),
    }
}

fn masked(field: &str, value: String) -> String {
    if field == "contact_phone" { mask_phone(&value) } else { value }
}
