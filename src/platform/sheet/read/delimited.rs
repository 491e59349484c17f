//! Text with commas, tabs or semicolons (CSV). Row numbers are those that the office program shows: a blank line is
//! a row, a line break inside quotes is not.

use super::kind::Kind;
use super::limits::{COLUMNS, ROW_BYTES, ROWS};
use super::table::{Merges, Room, Table};
use super::{ReadError, Sink};
use crate::platform::sheet::cell::Cell;
use crate::platform::sheet::line::Ended;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// Fields of a record that are told apart. What stands further right is too far whatever it is.
const FIELDS: usize = 4 * COLUMNS as usize;

/// What the only sheet is called.
pub const SHEET: &str = "CSV";

/// Reads the whole text, which comes in UTF-8.
pub fn read(text: impl Read, sink: &mut dyn Sink) -> Result<Ended, ReadError> {
    let mut room = Room::default();
    let mut lines = Records::new(BufReader::with_capacity(64 * 1024, text))?;
    let mut table = Table::begin(SHEET, &Merges::default(), sink, &mut room)?;
    let mut row = 0;
    while let Some(fields) = lines.next(row + 1)? {
        if row >= ROWS {
            return Err(ReadError::refused(format!("文件超过{ROWS}行，不能读取。请分成几个文件后再上传。")));
        }
        for (column, field) in (0_u32..).zip(fields) {
            let text = String::from_utf8(field).map_err(|_| ReadError::abnormal())?;
            let text = plain(&text);
            if !text.trim().is_empty() {
                table.cell(row, column, Cell::Text(text.into()))?;
            }
        }
        row += 1;
    }
    table.end()?;
    Ok(Ended { sheets: vec![SHEET.to_owned()], hidden: Vec::new() })
}

/// A field without the tricks that keep an office program from spoiling it: `="911…"`, a tab before or behind, and an
/// apostrophe before a digit, a letter, or a sign that would begin a formula.
fn plain(field: &str) -> &str {
    let field = field.trim_matches('\t');
    if let Some(inner) = field.trim().strip_prefix("=\"").and_then(|f| f.strip_suffix('"')) {
        return inner;
    }
    let guards = |f: &&str| {
        f.starts_with(|c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
        })
    };
    field.strip_prefix('\'').filter(guards).filter(|f| !f.ends_with('\'')).unwrap_or(field)
}

/// The records of a text, each as fields of bytes.
struct Records<R> {
    text: R,
    mark: u8,
}

impl<R: BufRead> Records<R> {
    fn new(mut text: R) -> Result<Self, ReadError> {
        let mark = mark_of(text.fill_buf().map_err(encoded)?);
        Ok(Self { text, mark })
    }

    /// The next record; `None` at the end. A blank line is a record of one empty field.
    fn next(&mut self, row: u32) -> Result<Option<Vec<Vec<u8>>>, ReadError> {
        let mut fields = vec![Vec::new()];
        let (mut size, mut quoted, mut after_quote, mut any) = (0, false, false, false);
        loop {
            let Some(byte) = self.byte()? else {
                return Ok(any.then_some(fields));
            };
            any = true;
            size += 1;
            let full = fields.len() > FIELDS;
            let Some(field) = fields.last_mut() else { return Err(ReadError::abnormal()) };
            if size > ROW_BYTES {
                return Err(ReadError::refused(format!("第{row}行内容过长，不能读取。请检查引号是否成对。")));
            }
            if quoted {
                match byte {
                    b'"' => (quoted, after_quote) = (false, true),
                    other => field.push(other),
                }
                continue;
            }
            match byte {
                // A doubled quote inside quotes is one quote.
                b'"' if after_quote => {
                    field.push(b'"');
                    quoted = true;
                }
                b'"' if field.is_empty() => quoted = true,
                b'\n' => return Ok(Some(fields)),
                b'\r' => {
                    if self.text.fill_buf().map_err(encoded)?.first() == Some(&b'\n') {
                        self.text.consume(1);
                    }
                    return Ok(Some(fields));
                }
                0 => return Err(ReadError::refused(Kind::Unknown.advice())),
                mark if mark == self.mark && full => {}
                mark if mark == self.mark => fields.push(Vec::new()),
                other => field.push(other),
            }
            after_quote = false;
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, ReadError> {
        let byte = self.text.fill_buf().map_err(encoded)?.first().copied();
        if byte.is_some() {
            self.text.consume(1);
        }
        Ok(byte)
    }
}

/// Text that breaks its own encoding is no text that we know.
fn encoded(error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::InvalidData => ReadError::refused(Kind::Unknown.advice()),
        _ => ReadError::Io(error),
    }
}

/// The mark between fields: the one that stands most often outside quotes in the beginning of the text.
fn mark_of(head: &[u8]) -> u8 {
    let mut counts = [0_usize; 3];
    let mut quoted = false;
    for byte in head.iter().take(8 * 1024) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b'\t' if !quoted => counts[1] += 1,
            b';' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, tabs, semicolons] = counts;
    // A tab that only guards a field (",\t911…") stands beside a comma, so commas win a draw.
    if commas >= tabs && commas >= semicolons {
        b','
    } else if tabs >= semicolons {
        b'\t'
    } else {
        b';'
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::sheet::merge::Merge;

    #[derive(Default)]
    struct Taken(Vec<(u32, Vec<(u16, String)>)>);

    impl Sink for Taken {
        fn sheet(&mut self, _name: &str, _merges: &[Merge], _too_many: bool) -> io::Result<()> {
            Ok(())
        }

        fn row(&mut self, row: u32, cells: Vec<(u16, Cell)>, _carried: Vec<u16>) -> io::Result<()> {
            self.0.push((row, cells.into_iter().map(|(c, cell)| (c, cell.text().into_owned())).collect()));
            Ok(())
        }
    }

    fn taken(text: &str) -> Vec<(u32, Vec<(u16, String)>)> {
        let mut sink = Taken::default();
        read(text.as_bytes(), &mut sink).expect("readable");
        sink.0
    }

    fn row(number: u32, cells: &[(u16, &str)]) -> (u32, Vec<(u16, String)>) {
        (number, cells.iter().map(|(c, text)| (*c, (*text).to_owned())).collect())
    }

    #[test]
    fn rows_are_numbered_as_on_screen() {
        let text = "单位名称,地址\r\n\r\n甲厂,\"城区\n东街\"\r\n,,\r\n乙厂,\"他说\"\"好\"\"\"";
        let expected = [
            row(1, &[(0, "单位名称"), (1, "地址")]),
            row(3, &[(0, "甲厂"), (1, "城区\n东街")]),
            row(5, &[(0, "乙厂"), (1, "他说\"好\"")]),
        ];
        assert_eq!(taken(text), expected);
    }

    #[test]
    fn guards_against_the_office_program_are_taken_off() {
        let text = "a,b,c,d\n=\"911404001107529080\",\t0355,\"=\"\"91\"\"\",'=1+1\n'0355,0355\t,'甲',''a'\n";
        let mut rows = taken(text);
        assert_eq!(rows.pop(), Some(row(3, &[(0, "0355"), (1, "0355"), (2, "'甲'"), (3, "''a'")])));
        assert_eq!(rows.pop(), Some(row(2, &[(0, "911404001107529080"), (1, "0355"), (2, "91"), (3, "=1+1")])));
    }

    #[test]
    fn tabs_and_semicolons_are_marks_too() {
        assert_eq!(taken("名称\t地址\n甲,乙厂\t1\n").pop(), Some(row(2, &[(0, "甲,乙厂"), (1, "1")])));
        assert_eq!(taken("名称;地址\n甲厂;1\n").pop(), Some(row(2, &[(0, "甲厂"), (1, "1")])));
    }

    #[test]
    fn a_quote_that_never_closes_is_refused() {
        let text = format!("a,b\n\"{}", "x".repeat(ROW_BYTES + 1));
        let refused = read(text.as_bytes(), &mut Taken::default()).expect_err("too long");
        assert!(refused.to_string().contains("第2行"), "{refused}");
    }
}
