//! The archive.

use super::letter::letter;
use crate::base::dates;
use crate::clocks::Event;
use crate::ledger::{CaseFile, Measure};
use crate::platform::document::{Block, Column, Document, DocumentError, Level, Table};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::DateTime;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A transfer with all that the papers say of it.
#[derive(Debug)]
pub struct Transfer<'a> {
    /// The case.
    pub file: &'a CaseFile,
    /// The measure: one of the two transfers.
    pub measure: &'a Measure,
    /// What was recorded on the way.
    pub events: &'a [Event],
    /// The county, for 公安局 and 检察院.
    pub area: &'a str,
    /// The body that hands it over, under the name of the day.
    pub body: &'a str,
    /// When the legal officer reviewed the letter.
    pub reviewed_on: Option<NaiveDate>,
}

/// A file to go into the archive.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why no archive came out.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A paper could not be written.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The archive could not be written.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// The same.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The letter, the facts, the evidence in order, and last the list with each file's SHA-256. The same facts give the same bytes.
pub fn package(transfer: &Transfer<'_>, evidence: Vec<File>) -> Result<Vec<u8>, PackageError> {
    let evidence: Vec<File> = evidence
        .into_iter()
        .enumerate()
        .map(|(n, file)| File { name: format!("证据/{:02}-{}", n + 1, plain(&file.name)), bytes: file.bytes })
        .collect();
    let mut papers = vec!["案件基本情况".to_owned()];
    papers.extend(evidence.iter().map(|f| f.name.trim_start_matches("证据/").to_owned()));
    papers.push("材料清单（含各文件SHA-256值）".to_owned());
    let draft = if transfer.reviewed_on.is_none() { "移送函（草稿）.docx" } else { "移送函.docx" };
    let mut files = vec![
        File { name: draft.to_owned(), bytes: letter(transfer, &papers).to_docx()? },
        File { name: "案件基本情况.docx".to_owned(), bytes: facts(transfer).to_docx()? },
    ];
    files.extend(evidence);
    let list = list(&files);
    files.push(File { name: "材料清单.csv".to_owned(), bytes: list.into_bytes() });
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for file in &files {
        zip.start_file(&file.name, options)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A name that is nothing but a name in any program that unpacks it.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || "\\/:*?\"<>|".contains(c) { '_' } else { c }).collect()
}

/// Number, name, bytes, SHA-256; with a mark by which office programs know UTF-8.
fn list(files: &[File]) -> String {
    let mut text = String::from("\u{feff}序号,文件名,字节数,SHA-256\r\n");
    for (n, file) in files.iter().enumerate() {
        let hash = Sha256::digest(&file.bytes).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let name = file.name.replace('"', "”");
        let _ = write!(text, "{},\"{name}\",{},{hash}\r\n", n + 1, file.bytes.len());
    }
    text
}

/// The facts as the ledger has them; what is missing is left blank and not made up.
fn facts(transfer: &Transfer<'_>) -> Document {
    let case = &transfer.file.case;
    let day = |date: Option<NaiveDate>| date.map(dates::long).unwrap_or_default();
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    let rows = [
        ("当事人", words(&case.respondent)),
        ("办案机关", case.handler().label().to_owned()),
        ("案号", words(&case.case_number)),
        ("责令改正", format!("{}　{}", day(case.order_on), words(&case.order_number))),
        ("立案日期", day(case.case_filed_on)),
        ("处罚决定", format!("{}　{}", day(case.decided_on), words(&case.decision_number))),
        ("罚款决定金额", case.fine().map_or_else(|| "—".to_owned(), |f| f.compact())),
        ("移送文号", words(&transfer.measure.number)),
    ];
    let table = |heads: &[(&str, u16)], rows: Vec<Vec<String>>| {
        let columns = heads.iter().map(|(head, weight)| Column { heading: (*head).to_owned(), weight: *weight, words: true });
        Block::Table(Table { columns: columns.collect(), rows })
    };
    let problems = transfer.file.problems.iter().map(|p| {
        let kind = p.kind().map(|k| k.label.to_owned()).unwrap_or_default();
        vec![day(p.found_on), p.unit_name.clone(), kind, p.description.clone().unwrap_or_default()]
    });
    let measures = transfer.file.measures.iter();
    let measures = measures.map(|m| vec![m.kind_label().to_owned(), words(&m.number), day(m.decided_on.or(m.from_on))]);
    let events = transfer.events.iter().map(|e| vec![e.label().to_owned(), e.when(), e.note.clone().unwrap_or_default()]);
    let heading = |text: &str| Block::Heading(Level::One, text.to_owned());
    let mut blocks = vec![
        Block::Title("案件基本情况".to_owned()),
        heading("一、办案情况"),
        table(&[("项目", 1), ("内容", 3)], rows.into_iter().map(|(head, text)| vec![head.to_owned(), text]).collect()),
        heading(&format!("二、{}", case.fact_word())),
        table(&[("发现日期", 2), ("单位", 3), ("类型", 3), ("事实", 5)], problems.collect()),
        heading("三、措施"),
        table(&[("措施", 2), ("文号", 3), ("日期", 2)], measures.collect()),
    ];
    if !transfer.events.is_empty() {
        blocks.push(heading("四、办案进程"));
        blocks.push(table(&[("进程", 2), ("日期", 3), ("说明", 3)], events.collect()));
    }
    Document { blocks }
}
