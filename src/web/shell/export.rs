//! 「导出我现在看到的」: exactly the rows that a list's filter shows, all pages, as a workbook. Read in one snapshot and written as
//! it is read, so that a register of any length needs the same little memory; the history says who took it.

use super::error::Error;
use super::file::attachment;
use super::listing::Asked;
use super::{Answer, Visit};
use crate::base::ability::Download;
use crate::base::{CITY, dates, new_id};
use crate::counties::Directory;
use crate::history::{Action, Entry, Writing};
use crate::platform::database::{Listing, listing};
use crate::platform::sheet::{Head, Kind, Layout, Paper, SheetWriter, Value};
use chrono::NaiveDate;

/// Rows read at a time.
const BATCH: i64 = 2_000;

/// Rows on a sheet: what follows goes on the next.
const MOST_ON_A_SHEET: usize = 1_000_000;

/// What a cell may need besides its line.
#[derive(Debug)]
pub struct Around {
    /// Names of counties.
    pub names: Directory,
    /// The date of the list.
    pub date: NaiveDate,
}

/// A column of a list's workbook.
#[derive(Debug)]
pub struct Column<T> {
    /// Its head.
    pub head: &'static str,
    /// Width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: Kind,
    /// Its cell of a line.
    pub cell: fn(&T, &Around) -> Value,
}

/// Words, or nothing.
pub fn text(words: impl Into<String>) -> Value {
    Value::Text(words.into())
}

/// Words that may be missing.
pub fn maybe(words: &Option<String>) -> Value {
    words.clone().map_or(Value::Blank, Value::Text)
}

/// A day that may be missing.
pub fn day(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Blank, Value::Date)
}

/// A count.
pub fn number(count: i64) -> Value {
    Value::Number(count as f64)
}

/// Hands the workbook out. `names`: what it is called in Chinese, and in letters.
pub async fn export<L: Listing>(
    visit: Visit,
    asked: Asked,
    list: L,
    names: (&'static str, &'static str),
    columns: &[Column<L::Line>],
) -> Answer {
    visit.insist::<Download>()?;
    let (app, actor, scope) = (visit.app.clone(), visit.viewer.actor.clone(), visit.scope());
    let made_at = visit.now();
    let own = if actor.role.of_a_county() { actor.county } else { CITY };
    let area = asked.county.unwrap_or(own);
    let place = if area == CITY { "全市".to_owned() } else { app.directory.name(area) };
    let date = asked.within.date;
    // The visit's own connection goes back before another is taken for the snapshot.
    drop(visit);
    let around = Around { names: app.directory.clone(), date };
    let layout = Layout {
        name: names.0.to_owned(),
        mark: String::new(),
        title: names.0.to_owned(),
        line: [place.clone(), format!("数据日期：{}", dates::long(date)), format!("导出人：{}", actor.name)],
        columns: columns.iter().map(head).collect(),
        frozen: 2,
        paper: Paper::A3,
        footer: [format!("{}导出", dates::instant_long(made_at)), String::new()],
    };
    let mut writer = SheetWriter::start(names.0, made_at.naive_local());
    let filled = async {
        let mut snapshot = app.db.snapshot(&scope).await?;
        fill(snapshot.connection(), &asked, &list, &mut writer, &layout, columns, &around).await
    };
    let filled = filled.await;
    let file = writer.finish().await;
    let rows = match (filled, &file) {
        // The thread's own reason says more than that it stopped.
        (Err(Error::Internal(_)), Err(_)) => 0,
        (filled, _) => filled?,
    };
    let file = file?;
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let file_name = format!("{}-{place}-{}.xlsx", names.0, date.format("%Y%m%d"));
    let note = format!("{file_name}，{rows}行{}", if asked.filtered() { "（按筛选条件）" } else { "" });
    writing.record(area, Entry::event(Action::Disclosed, "files", new_id(), note)).await?;
    writing.commit().await?;
    attachment(file, &file_name, &format!("{}-{area}-{}.xlsx", names.1, date.format("%Y%m%d")))
}

async fn fill<L: Listing>(
    connection: &mut sqlx::PgConnection,
    asked: &Asked,
    list: &L,
    writer: &mut SheetWriter,
    layout: &Layout,
    columns: &[Column<L::Line>],
    around: &Around,
) -> Result<usize, Error> {
    let mut sheet = writer.add(layout.clone()).await?;
    let (mut rows, mut after) = (0, None);
    loop {
        let lines = listing::lines(connection, &asked.within, list, after, BATCH).await?;
        let Some(last) = lines.last() else { break };
        after = Some(L::id(last));
        if rows > 0 && rows % MOST_ON_A_SHEET == 0 {
            let name = format!("{}（续{}）", layout.name, rows / MOST_ON_A_SHEET);
            sheet = writer.add(Layout { name, ..layout.clone() }).await?;
        }
        rows += lines.len();
        let cells = |line| columns.iter().map(|column| (column.cell)(line, around)).collect();
        writer.rows(sheet, lines.iter().map(cells).collect()).await?;
    }
    writer.note(sheet, format!("共{rows}条。")).await?;
    Ok(rows)
}

fn head<T>(column: &Column<T>) -> Head {
    let (group, note) = (String::new(), String::new());
    Head { group, text: column.head.to_owned(), note, width: column.width, kind: column.kind, hidden: false }
}
