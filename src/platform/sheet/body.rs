//! The rows of a sheet, streamed as they come: XML, packed at once, in a file without a name, so that a sheet of any length needs
//! the same little memory and little is left to do at its end.

use super::cell::column_letters;
use super::clean;
use super::frame::height;
use super::write::{Head, Kind, SheetError, Value};
use chrono::{Datelike, NaiveDate};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Take, Write};

/// Bytes gathered before they are written.
const GATHERED: usize = 64 * 1024;
/// How hard the rows are packed: the last third of the effort saves a twentieth of the file.
pub const LEVEL: Compression = Compression::new(4);

/// The rows of a sheet.
pub struct Body {
    above: u32,
    columns: Vec<Column>,
    rows: u32,
    sum: Crc,
    bytes: u64,
    row: Vec<u8>,
    packed: DeflateEncoder<BufWriter<File>>,
}

/// A column: its cells up to the number of the row, and from there on.
struct Column {
    before: String,
    after: String,
    kind: Kind,
    width: f64,
    hidden: bool,
}

impl Body {
    /// No rows yet; `above` stand over them.
    pub fn new(above: u32, columns: &[Head]) -> io::Result<Self> {
        let column = |(at, head): (u16, &Head)| Column {
            before: format!("<c r=\"{}", column_letters(at)),
            // Format 0 is the library's own; those of the rows are registered right after it.
            after: format!("\" s=\"{}\"", head.kind.index() + 1),
            kind: head.kind,
            width: head.width,
            hidden: head.hidden,
        };
        let columns = (0..).zip(columns).map(column).collect();
        let packed = DeflateEncoder::new(BufWriter::with_capacity(GATHERED, tempfile::tempfile()?), LEVEL);
        Ok(Self { above, columns, rows: 0, sum: Crc::new(), bytes: 0, row: Vec::new(), packed })
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Writes a row.
    pub fn row(&mut self, values: &[Value]) -> Result<(), SheetError> {
        let Self { above, columns, rows, sum, bytes, row: out, packed } = self;
        *rows += 1;
        let number = (*above + *rows).to_string();
        out.clear();
        write!(out, "<row r=\"{number}\"")?;
        if let Some(height) = height(columns.iter().filter(|c| !c.hidden).map(|c| c.width), values) {
            write!(out, " ht=\"{height}\" customHeight=\"1\"")?;
        }
        out.push(b'>');
        for (column, value) in columns.iter().zip(values) {
            cell(out, &number, column, value)?;
        }
        out.extend_from_slice(b"</row>");
        packed.write_all(out)?;
        sum.update(out);
        *bytes += out.len() as u64;
        Ok(())
    }

    /// All rows, packed so that more may follow in the same stream.
    pub fn packed(&mut self) -> io::Result<Packed<'_>> {
        // Ends at a whole byte and is not the end of a stream.
        self.packed.flush()?;
        let length = self.packed.total_out();
        let file = self.packed.get_mut().get_mut();
        file.rewind()?;
        let packed = BufReader::with_capacity(GATHERED, file).take(length);
        Ok(Packed { packed, length, sum: &self.sum, bytes: self.bytes })
    }
}

/// Rows as they are packed.
pub struct Packed<'a> {
    /// The packed bytes.
    pub packed: Take<BufReader<&'a mut File>>,
    /// How many there are.
    pub length: u64,
    /// The check sum of the bytes before packing.
    pub sum: &'a Crc,
    /// How many those were.
    pub bytes: u64,
}

/// A value as a column can show it: what it cannot becomes text or nothing.
pub enum Shown<'a> {
    /// Nothing, in the column's format.
    Blank,
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// Words.
    Text(Cow<'a, str>),
}

impl<'a> Shown<'a> {
    /// A value in a column.
    pub fn of(value: &'a Value, kind: Kind) -> Self {
        match value {
            Value::Text(text) if !text.is_empty() => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) if number.is_finite() => Self::Number(*number),
            // Serial days of programs begin with 1900; its first two months are counted wrongly.
            Value::Date(day) if kind == Kind::Date && (1901..=9999).contains(&day.year()) => Self::Day(*day),
            Value::Date(day) => Self::Text(Cow::Owned(day.to_string())),
            Value::Blank | Value::Text(_) | Value::Number(_) => Self::Blank,
        }
    }
}

fn cell(out: &mut Vec<u8>, row: &str, column: &Column, value: &Value) -> io::Result<()> {
    for part in [&column.before, row, &column.after] {
        out.extend_from_slice(part.as_bytes());
    }
    match Shown::of(value, column.kind) {
        Shown::Blank => out.extend_from_slice(b"/>"),
        Shown::Number(number) => write!(out, "><v>{number}</v></c>")?,
        Shown::Day(day) => write!(out, "><v>{}</v></c>", serial(day))?,
        Shown::Text(text) => {
            out.extend_from_slice(b" t=\"inlineStr\"><is><t");
            let text = clean::text(&text);
            if text.starts_with([' ', '\t', '\n']) || text.ends_with([' ', '\t', '\n']) {
                out.extend_from_slice(b" xml:space=\"preserve\"");
            }
            out.push(b'>');
            escaped(out, &text);
            out.extend_from_slice(b"</t></is></c>");
        }
    }
    Ok(())
}

/// The number under which programs keep a day.
fn serial(day: NaiveDate) -> i64 {
    // 30 December 1899: so that 1 March 1900 is 61, as all programs agree.
    const ZERO: i32 = 693_594;
    i64::from(day.num_days_from_ce() - ZERO)
}

/// Writes a text as XML. Programs read `_x0041_` as a character: a text that holds it literally has its underscore written so.
fn escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let instead: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'_' if is_escape(&bytes[at..]) => b"_x005F_",
            _ => continue,
        };
        out.extend_from_slice(&bytes[done..at]);
        out.extend_from_slice(instead);
        done = at + 1;
    }
    out.extend_from_slice(&bytes[done..]);
}

fn is_escape(rest: &[u8]) -> bool {
    rest.len() >= 7 && rest[1] == b'x' && rest[6] == b'_' && rest[2..6].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_programs_read_them() {
        let mut out = Vec::new();
        escaped(&mut out, "a<b>&c _x0041_ _xyz_ _x00_ 甲_x000D_乙");
        assert_eq!(String::from_utf8(out).unwrap(), "a&lt;b&gt;&amp;c _x005F_x0041_ _xyz_ _x00_ 甲_x005F_x000D_乙");
    }

    #[test]
    fn days_have_the_numbers_that_programs_give_them() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!((serial(day(1901, 1, 1)), serial(day(2019, 6, 20))), (367, 43_636));
    }
}
