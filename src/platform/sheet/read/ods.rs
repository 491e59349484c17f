//! The cells of a table of OpenDocument (.ods), as they go by. Rows and cells may say that they stand for many: an empty one
//! only moves on, one that holds something counts as often as it says.

use super::limits::{CELL_CHARS, COLUMNS, MERGES, REPEATED_ROWS, ROWS, SHEETS};
use super::table::{Room, Table};
use super::{ReadError, Sink, value};
use crate::platform::sheet::cell::Cell;
use crate::platform::sheet::line::Ended;
use crate::platform::sheet::merge::Merge;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Seek};
use zip::ZipArchive;

/// Reads all visible tables.
pub fn read(file: impl Read + Seek, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let mut archive = ZipArchive::new(file).map_err(|_| ReadError::abnormal())?;
    let content = archive.by_name("content.xml").map_err(|_| ReadError::abnormal())?;
    let mut document = Document::new(BufReader::with_capacity(64 * 1024, content));
    let (mut ended, mut room, mut hidden_styles, mut style) = (Ended::default(), Room::default(), HashSet::new(), None);
    loop {
        match document.next()? {
            Piece::Start(element) => match element.name().as_ref() {
                "style:style" => style = attribute(&element, |key| key == "style:name"),
                "style:table-properties" if attribute(&element, |key| key == "table:display").as_deref() == Some("false") => {
                    hidden_styles.extend(style.clone());
                }
                "table:table" => {
                    let name = attribute(&element, |key| key == "table:name").unwrap_or_default();
                    let hidden = attribute(&element, |key| key == "table:style-name").is_some_and(|s| hidden_styles.contains(&s));
                    if ended.sheets.len() + ended.hidden.len() >= SHEETS {
                        return Err(ReadError::abnormal());
                    }
                    if hidden {
                        document.skip("table:table")?;
                        ended.hidden.push(name);
                    } else {
                        read_table(&mut document, &name, sink, &mut room)?;
                        ended.sheets.push(name);
                    }
                }
                // Changes once made, kept for review, hold tables of their own.
                "table:tracked-changes" => document.skip("table:tracked-changes")?,
                _ => {}
            },
            Piece::Eof if ended.sheets.is_empty() && ended.hidden.is_empty() => return Err(ReadError::abnormal()),
            Piece::Eof => return Ok(ended),
            _ => {}
        }
    }
}

/// The elements of the content one by one.
struct Document<R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
}

enum Piece<'a> {
    Start(BytesStart<'a>),
    End(String),
    Text(String),
    Other,
    Eof,
}

impl<R: BufRead> Document<R> {
    fn new(content: R) -> Self {
        let mut xml = Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        Self { xml, buffer: Vec::new() }
    }

    fn next(&mut self) -> Result<Piece<'_>, ReadError> {
        self.buffer.clear();
        let broken = |_| ReadError::abnormal();
        Ok(match self.xml.read_event_into(&mut self.buffer).map_err(broken)? {
            Event::Start(element) => Piece::Start(element),
            Event::End(element) => Piece::End(element.name().as_ref().to_owned()),
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => {
                let named = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                let known = reference.resolve_char_ref().ok().flatten().map(String::from).or_else(named);
                Piece::Text(known.ok_or_else(ReadError::abnormal)?)
            }
            Event::DocType(_) => return Err(ReadError::abnormal()),
            Event::Eof => Piece::Eof,
            _ => Piece::Other,
        })
    }

    /// Goes on to the end of the element that has just begun.
    fn skip(&mut self, name: &str) -> Result<(), ReadError> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Piece::Start(element) if element.name().as_ref() == name => depth += 1,
                Piece::End(ended) if ended == name => depth -= 1,
                Piece::Eof => return Err(ReadError::abnormal()),
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a cell says of itself besides its text.
struct Found {
    times: u32,
    merge: Option<(u32, u32)>,
    cell: Option<Cell>,
}

fn read_table<R: BufRead>(document: &mut Document<R>, name: &str, sink: &mut dyn Sink, room: &mut Room) -> Result<(), ReadError> {
    let mut table = Table::begin_late(name, sink, room);
    let (mut row, mut merges) = (0_u32, 0);
    loop {
        match document.next()? {
            Piece::Start(element) => match element.name().as_ref() {
                "table:table-row" => {
                    let times = count(&element, "table:number-rows-repeated");
                    let cells = read_row(document)?;
                    merges += cells.iter().filter(|(_, found)| found.merge.is_some()).count();
                    if merges > MERGES {
                        return Err(ReadError::abnormal());
                    }
                    place_row(&mut table, row, times, &cells)?;
                    row = row.saturating_add(times);
                }
                "table:table" => document.skip("table:table")?,
                "table:shapes" => document.skip("table:shapes")?,
                _ => {}
            },
            Piece::End(ended) if ended == "table:table" => break,
            Piece::Eof => return Err(ReadError::abnormal()),
            _ => {}
        }
    }
    table.end()
}

/// The cells of a row that matter, each with its column.
fn read_row<R: BufRead>(document: &mut Document<R>) -> Result<Vec<(u32, Found)>, ReadError> {
    let (mut cells, mut column) = (Vec::new(), 0_u32);
    loop {
        match document.next()? {
            Piece::Start(element) if element.local_name().as_ref().ends_with("table-cell") => {
                let name = element.name().as_ref().to_owned();
                let (mut found, typed) = (begin_cell(&element, name == "table:table-cell"), Typed::of(&element));
                found.cell = typed.with(read_text(document, &name)?);
                if found.cell.is_some() && cells.len() > COLUMNS as usize {
                    return Err(ReadError::abnormal());
                }
                let times = found.times;
                if found.cell.is_some() || found.merge.is_some() {
                    cells.push((column, found));
                }
                column = column.saturating_add(times);
            }
            Piece::End(ended) if ended == "table:table-row" => return Ok(cells),
            Piece::Eof => return Err(ReadError::abnormal()),
            _ => {}
        }
    }
}

fn begin_cell(element: &BytesStart<'_>, uncovered: bool) -> Found {
    let rows = count(element, "table:number-rows-spanned");
    let columns = count(element, "table:number-columns-spanned");
    Found {
        times: count(element, "table:number-columns-repeated"),
        merge: (uncovered && (rows > 1 || columns > 1)).then_some((rows, columns)),
        cell: None,
    }
}

/// The value of the first attribute whose name is wanted.
fn attribute(element: &BytesStart<'_>, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| wanted(a.key.as_ref()))?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// How often something stands there: at least once.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    let said = attribute(element, |key| key == name);
    said.map_or(1, |n| n.trim().parse().unwrap_or(u32::MAX)).max(1)
}

/// Puts a row into the table as often as it says.
fn place_row(table: &mut Table<'_>, row: u32, times: u32, cells: &[(u32, Found)]) -> Result<(), ReadError> {
    if !cells.iter().any(|(_, found)| found.cell.is_some()) {
        return Ok(());
    }
    if times > REPEATED_ROWS {
        let (name, row) = (table.name(), row.saturating_add(1));
        return Err(ReadError::refused(format!("工作表“{name}”自第{row}行起有大量重复的行，不能读取。请删除多余的行后重试。")));
    }
    for again in 0..times {
        let row = row.saturating_add(again);
        for (column, found) in cells {
            if let Some((rows, columns)) = found.merge {
                let first_col = u16::try_from(*column).map_err(|_| ReadError::abnormal())?;
                let last_col = u16::try_from(column.saturating_add(columns - 1)).unwrap_or(u16::MAX);
                let last_row = row.saturating_add(rows).min(ROWS);
                table.merge(Merge { first_row: row.saturating_add(1), first_col, last_row, last_col })?;
            }
            let Some(cell) = &found.cell else { continue };
            for column in *column..column.saturating_add(found.times) {
                table.cell(row, column, cell.clone())?;
            }
        }
    }
    Ok(())
}

/// The text of a cell, its paragraphs as lines; notes and drawings are left out.
fn read_text<R: BufRead>(document: &mut Document<R>, cell: &str) -> Result<String, ReadError> {
    let (mut text, mut paragraphs, mut inside) = (String::new(), 0, false);
    loop {
        if text.len() > 8 * CELL_CHARS {
            return Err(ReadError::refused("有一个单元格内容过长，不能读取。"));
        }
        match document.next()? {
            Piece::Start(element) => match element.name().as_ref() {
                "text:p" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    inside = true;
                }
                "text:s" => {
                    let spaces = count(&element, "text:c").min(1000) as usize;
                    text.push_str(&" ".repeat(spaces));
                }
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                name @ ("office:annotation" | "draw:frame" | "draw:custom-shape" | "table:table" | "text:ruby-text") => {
                    let name = name.to_owned();
                    document.skip(&name)?;
                }
                name if name.starts_with("draw:") || name.starts_with("dr3d:") => {
                    let name = name.to_owned();
                    document.skip(&name)?;
                }
                _ => {}
            },
            Piece::Text(piece) if inside => text.push_str(&piece),
            Piece::End(ended) if ended == "text:p" => inside = false,
            Piece::End(ended) if ended == cell => return Ok(text.trim_end_matches('\n').to_owned()),
            Piece::Eof => return Err(ReadError::abnormal()),
            _ => {}
        }
    }
}

/// What a cell's attributes say it holds.
#[derive(Default)]
struct Typed {
    kind: String,
    value: String,
    error: bool,
}

impl Typed {
    fn of(element: &BytesStart<'_>) -> Self {
        let of = |wanted: &str| attribute(element, |key| key == wanted);
        let kind = of("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => of("office:date-value"),
            "boolean" => of("office:boolean-value"),
            "time" => of("office:time-value"),
            "string" => of("office:string-value"),
            _ => of("office:value"),
        };
        Self { error: of("calcext:value-type").as_deref() == Some("error"), kind, value: value.unwrap_or_default() }
    }

    fn with(self, text: String) -> Option<Cell> {
        let shown = if text.is_empty() { &self.value } else { &text };
        let cell = match self.kind.as_str() {
            _ if self.error || (shown.starts_with("Err:") && self.kind != "string") => Cell::Error(shown.into()),
            "float" | "percentage" | "currency" => match self.value.parse::<f64>() {
                Ok(number) if number.is_finite() => Cell::Number(number),
                _ => Cell::Text(value::plain(shown)),
            },
            "date" => value::iso_day(&self.value),
            "boolean" => Cell::Bool(self.value.eq_ignore_ascii_case("true")),
            _ => Cell::Text(value::plain(shown)),
        };
        (!cell.is_blank()).then_some(cell)
    }
}
