//! 定稿: rows, figures and files read in one snapshot, with a hash over them and the code that is printed for the stamp.

use super::lines::{FrozenLine, in_order, kept};
use super::submission::Submission;
use crate::annexes::{Annex, Part, Reading};
use crate::base::{CountyId, Scope, new_id};
use crate::campaigns::Campaign;
use crate::consolidated::{self, BookError, Order, Wanted};
use crate::counties::{self, Directory};
use crate::figures::{self, Values};
use crate::platform::database::Database;
use crate::platform::document::{Block, Document, DocumentError};
use crate::readiness::{self, Report, Severity};
use crate::summary;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::io::Read;
use uuid::Uuid;

/// Lines read at a time.
const BATCH: i64 = 2_000;
/// Letters and digits of a version code: none that a reader of paper confuses (no I, L, O, U).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What is frozen, and under which name.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Whose.
    pub county: CountyId,
    /// In which campaign.
    pub campaign: &'a Campaign,
    /// Names of counties.
    pub directory: &'a Directory,
    /// 数据截止日期.
    pub date: NaiveDate,
    /// The business moment.
    pub now: DateTime<FixedOffset>,
    /// 第N次.
    pub round: i32,
}

/// A frozen copy, not kept yet.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// Whose.
    pub county: CountyId,
    /// Its id.
    pub id: Uuid,
    /// 第N次.
    pub round: i32,
    /// 数据截止日期.
    pub date: NaiveDate,
    /// The body as it is called on that date.
    pub body: String,
    /// 版本码.
    pub code: String,
    /// Over the canonical form.
    pub hash: Vec<u8>,
    /// The figures.
    pub values: Values,
    /// The part that the city's bureau handles itself.
    pub by_city: Values,
    /// What the rules found, with the reasons given.
    pub report: Report,
    /// The lines of both annexes.
    pub lines: Vec<FrozenLine>,
    /// The work summary, line by line.
    pub summary: Vec<String>,
    /// The files: kind, name, bytes.
    pub files: Vec<(&'static str, String, Vec<u8>)>,
}

/// Why nothing was frozen.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A table could not be written.
    #[error(transparent)]
    Book(#[from] BookError),
    /// The summary could not be written.
    #[error(transparent)]
    Paper(#[from] DocumentError),
    /// A file could not be read back.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Freezes a county's tables as they stand.
pub async fn freeze(db: &Database, scope: &Scope, terms: Terms<'_>) -> Result<Frozen, FreezeError> {
    let Terms { county, campaign, directory, date, now, round } = terms;
    let own = scope.narrowed_to(county).ok_or(sqlx::Error::RowNotFound)?;
    // Whoever asks for this holds a reader of the pages.
    let db = db.for_jobs();
    let mut snapshot = db.snapshot(scope).await?;
    let connection = snapshot.connection();
    let id = new_id();
    let body = counties::body_on(connection, county, date).await?.map_or_else(|| directory.name(county), |b| b.full_name);
    let table = figures::in_detail(connection, &own, campaign.id, date).await?;
    let row = table.rows.first();
    let values = row.map(|r| r.values.clone()).unwrap_or_default();
    let by_city = row.map(|r| r.by_city.clone()).unwrap_or_default();
    let today = now.date_naive();
    let report = readiness::check(connection, scope, &readiness::Asked { county, campaign, date, today, directory }).await?;
    let which = summary::Asked { county, campaign, date, signed_on: today, directory };
    let prose = summary::document(&summary::read(connection, scope, &which).await?);
    let mut lines = Vec::new();
    for annex in [Annex::One, Annex::Two] {
        lines.extend(frozen_lines(connection, &own, annex, (county, campaign.id, date)).await?);
    }
    let summary = prose.lines();
    let mut frozen = Frozen {
        county,
        id,
        round,
        date,
        body,
        code: String::new(),
        hash: Vec::new(),
        values,
        by_city,
        report,
        lines,
        summary,
        files: Vec::new(),
    };
    frozen.hash = hash_of(&frozen.head(), &frozen.summary, &frozen.lines);
    frozen.code = code_of(&frozen.hash);
    let basis = format!("第{round}次报送定稿，版本码{}", frozen.code);
    for (annex, kind) in [(Annex::One, "annex1"), (Annex::Two, "annex2")] {
        let wanted = Wanted::Annex(annex);
        let order = Order {
            wanted,
            county: Some(county),
            campaign,
            date,
            made_at: now,
            directory,
            given: &[],
            only_given: false,
            basis: Some(&basis),
        };
        let mut book = consolidated::write_in(connection, &own, &order).await?;
        let mut bytes = Vec::new();
        book.file.read_to_end(&mut bytes)?;
        frozen.files.push((kind, book.name, bytes));
    }
    let paper = Document { blocks: prose.blocks.into_iter().chain([printed(&frozen.code)]).collect() };
    let name = format!("工作总结-{}-{}.docx", directory.name(county), date.format("%Y%m%d"));
    frozen.files.push(("summary", name, paper.to_docx()?));
    Ok(frozen)
}

/// The lines of an annex of a county in a campaign as of a date, as they would be frozen.
pub(super) async fn frozen_lines(
    connection: &mut PgConnection,
    scope: &Scope,
    annex: Annex,
    (county, campaign, date): (CountyId, Uuid, NaiveDate),
) -> Result<Vec<FrozenLine>, sqlx::Error> {
    let mut reading = Reading::new(annex, Part::Whole, county, campaign, date);
    let mut frozen = Vec::new();
    loop {
        let lines = reading.next(connection, scope, BATCH).await?;
        if lines.is_empty() {
            return Ok(frozen);
        }
        frozen.extend(lines.iter().map(|line| kept(annex, line)));
    }
}

impl Frozen {
    fn head(&self) -> serde_json::Value {
        let (values, by_city) = (self.values.to_json(), self.by_city.to_json());
        json!([self.county, self.id, self.round, self.date, self.body, in_order(&values), in_order(&by_city)])
    }

    /// The reminders with their reasons, as the city will read them.
    pub(super) fn findings(&self) -> serde_json::Value {
        let reminders = self.report.findings.iter().filter(|f| f.rule.severity == Severity::Reminder);
        let told = |f: &readiness::Finding| {
            let rows: Vec<Uuid> = f.records.iter().filter_map(|r| r.id()).collect();
            json!({"rule": f.rule.id, "text": f.text, "value": f.value, "rows": rows, "reason": f.reason.as_ref().map(|r| &r.text),
                   "by": f.reason.as_ref().map(|r| &r.by)})
        };
        reminders.map(told).collect()
    }
}

/// The version code, below a paper that is stamped.
fn printed(code: &str) -> Block {
    Block::SignOff(vec![format!("版本码：{code}")])
}

/// SHA-256 over the canonical form: what is frozen under which id, the figures, the summary, then each line with its cells, one
/// JSON value a line in a fixed order of keys.
fn hash_of(head: &serde_json::Value, summary: &[String], lines: &[FrozenLine]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(head.to_string());
    hash.update(b"\n");
    hash.update(json!(summary).to_string());
    for line in lines {
        hash.update(b"\n");
        hash.update(line.canonical());
    }
    hash.finalize().to_vec()
}

/// The same over what was kept.
pub(super) fn digest(kept: &Submission, lines: &[FrozenLine]) -> Vec<u8> {
    let (values, by_city) = (in_order(&kept.figures), in_order(&kept.by_city));
    let head = json!([kept.county_id, kept.id, kept.round, kept.data_date, kept.body_name, values, by_city]);
    hash_of(&head, &kept.summary, lines)
}

/// Eight letters and digits of a hash, in two groups.
fn code_of(hash: &[u8]) -> String {
    let bits = hash.iter().take(5).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    let letter = |at: u32| char::from(ALPHABET[usize::try_from((bits >> (35 - 5 * at)) & 31).unwrap_or(0)]);
    let (first, second): (String, String) = ((0..4).map(letter).collect(), (4..8).map(letter).collect());
    format!("{first}-{second}")
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn a_code_is_short_and_without_letters_that_look_alike() {
        assert_eq!(code_of(&[0; 32]), "0000-0000");
        assert_eq!(code_of(&[0xFF; 32]), "ZZZZ-ZZZZ");
        let codes: Vec<String> = (0..=255_u8).map(|n| code_of(&[n, 7, n, 9, n])).collect();
        assert!(codes.iter().all(|c| c.len() == 9 && !c.contains(['I', 'L', 'O', 'U'])));
    }
}
