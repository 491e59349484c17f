//! What a team brings back, line by line: matched by the hidden key, read by the functions that read the forms, every error said.

use super::sheet::{FINDINGS, KEY, RESULTS};
use crate::base::{Cells, CountyId, Scope, text};
use crate::platform::sheet::{Event, Row, Rows, Unreadable};
use crate::problems;
use crate::units;
use crate::vocabulary::{CrossResult, Kind};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Lines that one file may bring.
const MOST: usize = 5_000;

/// Why a file did not come in.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It cannot be read, or is no result sheet: one sentence.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A line as it was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Line {
    /// Its sheet.
    pub sheet: String,
    /// Its row there, as the office program shows it.
    pub row: u32,
    /// The unit's name.
    pub unit: String,
    /// The problem; none of a new finding.
    pub problem: Option<Uuid>,
    /// The unit of a new finding.
    pub unit_id: Option<Uuid>,
    /// What the county claimed on that day, as a code of progress.
    pub claimed: String,
    /// The kind's code of a new finding.
    pub kind: Option<String>,
    /// What was found there.
    pub text: String,
    /// The result's code.
    pub result: String,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Who checked.
    pub checkers: String,
    /// What is wrong: a sentence each; such a line stays out.
    pub errors: Vec<String>,
}

impl Line {
    /// The result in words.
    pub fn result_label(&self) -> &'static str {
        CrossResult::from_code(&self.result).map_or("", CrossResult::label)
    }
}

/// A file that was read and waits to be confirmed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Upload {
    /// The county that was checked.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The campaign in which it came.
    pub campaign_id: Uuid,
    /// The team.
    pub team: String,
    /// The file's name.
    pub file_name: String,
    /// Its lines.
    pub lines: Json<Vec<Line>>,
    /// `read` or `done`.
    pub state: String,
}

impl Upload {
    /// Lines that can be written.
    pub fn good(&self) -> usize {
        self.lines.iter().filter(|line| line.errors.is_empty()).count()
    }

    /// Lines that stay out.
    pub fn bad(&self) -> usize {
        self.lines.len() - self.good()
    }
}

/// The headings of a sheet with their columns.
type Heads = Vec<(u16, String)>;

/// Reads a team's file. `today` is the business date: nothing is found later.
pub async fn read(
    mut rows: Rows,
    connection: &mut PgConnection,
    scope: &Scope,
    (county, today): (CountyId, NaiveDate),
) -> Result<Vec<Line>, Unread> {
    let (mut lines, mut heads, mut known): (Vec<Line>, Heads, bool) = (Vec::new(), Vec::new(), false);
    while let Some(event) = rows.next_event().await? {
        match event {
            Event::Sheet(start) => {
                heads = Vec::new();
                known |= matches!(start.name.as_ref(), RESULTS | FINDINGS);
            }
            Event::Row(row) if heads.is_empty() => {
                heads = row.cells.iter().map(|(column, cell)| (*column, cell.text().trim().to_owned())).collect();
            }
            Event::Row(row) => {
                let line = match row.sheet.as_ref() {
                    RESULTS => result_of(connection, scope, county, cells(&row, &heads, today), row.row).await?,
                    FINDINGS => finding_of(connection, county, cells(&row, &heads, today), row.row).await?,
                    _ => None,
                };
                lines.extend(line);
                if lines.len() > MOST {
                    return Err(Unreadable("行数过多，请分次上传。".to_owned()).into());
                }
            }
        }
    }
    if !known {
        return Err(Unreadable(format!("这不是核查结果表：没有找到“{RESULTS}”工作表。请使用本系统下载的表格填写。")).into());
    }
    Ok(lines)
}

/// The cells of a row under their headings.
fn cells(row: &Row, heads: &Heads, today: NaiveDate) -> Cells {
    let pairs = heads.iter().filter_map(|(column, head)| Some((head.clone(), row.cell(*column)?.text().into_owned())));
    Cells::from_pairs(pairs, today)
}

/// The day and the people, which both sheets have.
fn seen(cells: &mut Cells, day: &str) -> (Option<NaiveDate>, String) {
    let on = cells.date(day);
    if on.is_none() && cells.error(day).is_none() {
        cells.refuse(day, "未填写日期。");
    }
    cells.not_in_future(day, day, on);
    let checkers = cells.text("核查人").unwrap_or_default();
    if checkers.split(['、', '，', ',', ';', '；', ' ']).filter(|name| !name.trim().is_empty()).count() < 2 {
        cells.refuse("核查人", "现场核查须两人以上，用顿号分开。");
    }
    (on, checkers)
}

fn errors(cells: &Cells) -> Vec<String> {
    cells.errors().iter().map(|m| format!("{}：{}", m.field, m.text)).collect()
}

async fn result_of(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    mut cells: Cells,
    row: u32,
) -> Result<Option<Line>, sqlx::Error> {
    // Not checked: nothing was filled in.
    if ["核查结果", "核查日期", "核查人", "现场情况"].iter().all(|name| cells.raw(name).trim().is_empty()) {
        return Ok(None);
    }
    let result = cells.choice("核查结果", |t| CrossResult::read(t).filter(|r| CrossResult::OFFERED.contains(r)));
    if result.is_none() && cells.error("核查结果").is_none() {
        cells.refuse("核查结果", "未选择核查结果。");
    }
    let (on, checkers) = seen(&mut cells, "核查日期");
    let note = cells.text("现场情况").unwrap_or_default();
    if note.is_empty() && result.is_some_and(CrossResult::refutes) {
        cells.refuse("现场情况", "未整改到位、反弹的，请写明现场情况。");
    }
    let id = cells.raw(KEY).split_once(':').filter(|(code, _)| *code == county.to_string());
    let id = id.and_then(|(_, id)| id.trim().parse::<Uuid>().ok());
    let problem = match id {
        Some(id) => problems::find(connection, scope, id).await?.filter(|p| p.county_id == county),
        None => None,
    };
    if problem.is_none() {
        cells.refuse(KEY, "该行不是所选县（区）的问题，或行号被改动，请用原表填写。");
    }
    let claimed = problem.as_ref().zip(on).map(|(p, on)| p.progress(on).code()).unwrap_or_default();
    Ok(Some(Line {
        sheet: RESULTS.to_owned(),
        row,
        unit: cells.text("单位名称").unwrap_or_default(),
        problem: problem.map(|p| p.id),
        claimed: claimed.to_owned(),
        text: note,
        result: result.map(|r| r.code().to_owned()).unwrap_or_default(),
        on,
        checkers,
        errors: errors(&cells),
        ..Line::default()
    }))
}

async fn finding_of(
    connection: &mut PgConnection,
    county: CountyId,
    mut cells: Cells,
    row: u32,
) -> Result<Option<Line>, sqlx::Error> {
    if ["单位名称", "问题类型", "存在的问题", "发现日期", "核查人"].iter().all(|name| cells.raw(name).trim().is_empty())
    {
        return Ok(None);
    }
    let unit = cells.required("单位名称", "未填写单位名称。").unwrap_or_default();
    let kind = cells.choice("问题类型", Kind::read).map(|k| k.code.to_owned());
    let text = cells.required("存在的问题", "未填写存在的问题。").unwrap_or_default();
    let (on, checkers) = seen(&mut cells, "发现日期");
    let named = units::named(connection, &Scope::county(county), &text::name_key(&unit)).await?;
    if !unit.is_empty() && named.is_empty() {
        cells.refuse("单位名称", "名录中没有该单位，请核对名称，或先由县（区）登记该单位。");
    }
    if named.len() > 1 {
        cells.refuse("单位名称", "名录中有多个同名单位（厂区），请由县（区）登记该问题。");
    }
    Ok(Some(Line {
        sheet: FINDINGS.to_owned(),
        row,
        unit,
        unit_id: named.first().copied(),
        kind,
        text,
        result: CrossResult::New.code().to_owned(),
        on,
        checkers,
        errors: errors(&cells),
        ..Line::default()
    }))
}
