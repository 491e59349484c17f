//! What the child says to its parent: frames of a length (four bytes, the lowest first) and as many bytes, each frame some
//! lines one after the other.

use super::cell::Cell;
use super::merge::Merge;
use super::wire::{self, byte, many, number, read_text, small, text};

/// Longest frame in bytes that the parent takes: a row's text is bounded by [`super::read::limits::ROW_BYTES`], the merges
/// of a sheet by [`super::read::limits::MERGES`].
pub const LONGEST: u32 = 8 * 1024 * 1024;

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The rows that follow stand on this sheet.
    Sheet {
        /// Its name.
        name: String,
        /// Merges that begin in its first rows.
        merges: Vec<Merge>,
        /// It has more merges than are read: no value was carried down.
        too_many_merges: bool,
    },
    /// A row: its number, its cells, the columns whose value came from a merge above.
    Row(u32, Vec<(u16, Cell)>, Vec<u16>),
    /// Everything has been read.
    End(Ended),
    /// The file cannot be read, and why, in one sentence for the clerk.
    Error(String),
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// The sheets that were read, in order; an empty one too.
    pub sheets: Vec<String>,
    /// Hidden sheets, which are left alone.
    pub hidden: Vec<String>,
}

impl Line {
    /// Writes the line at the end of a frame.
    pub fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Sheet { name, merges, too_many_merges } => {
                to.push(b'S');
                text(to, name);
                to.push(u8::from(*too_many_merges));
                number(to, merges.len() as u64);
                for merge in merges {
                    number(to, u64::from(merge.first_row));
                    number(to, u64::from(merge.first_col));
                    number(to, u64::from(merge.last_row));
                    number(to, u64::from(merge.last_col));
                }
            }
            Self::Row(row, cells, carried) => {
                to.push(b'R');
                number(to, u64::from(*row));
                wire::cells(to, cells);
                number(to, carried.len() as u64);
                carried.iter().for_each(|column| number(to, u64::from(*column)));
            }
            Self::End(ended) => {
                to.push(b'E');
                for names in [&ended.sheets, &ended.hidden] {
                    number(to, names.len() as u64);
                    names.iter().for_each(|name| text(to, name));
                }
            }
            Self::Error(sentence) => {
                to.push(b'X');
                text(to, sentence);
            }
        }
    }

    /// Takes the first line off a frame; `None` if it is none.
    pub fn read(frame: &mut &[u8]) -> Option<Self> {
        Some(match byte(frame)? {
            b'S' => {
                let (name, too_many_merges) = (read_text(frame)?.to_owned(), byte(frame)? != 0);
                let merges = many(frame, |frame| {
                    Some(Merge {
                        first_row: small(frame)?,
                        first_col: small(frame)?,
                        last_row: small(frame)?,
                        last_col: small(frame)?,
                    })
                })?;
                Self::Sheet { name, merges, too_many_merges }
            }
            b'R' => {
                let row = small(frame)?;
                let cells = wire::read_cells(frame)?;
                Self::Row(row, cells, many(frame, small)?)
            }
            b'E' => {
                let names = |frame: &mut _| many(frame, |frame| read_text(frame).map(str::to_owned));
                Self::End(Ended { sheets: names(frame)?, hidden: names(frame)? })
            }
            b'X' => Self::Error(read_text(frame)?.to_owned()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn lines() -> Vec<Line> {
        let day = NaiveDate::from_ymd_opt(2019, 6, 20).expect("a day");
        let cells = vec![
            (0, Cell::Text("甲厂 & 𠮷".into())),
            (7, Cell::Number(-0.25)),
            (8, Cell::Date(day)),
            (9, Cell::Bool(true)),
            (300, Cell::Bool(false)),
            (511, Cell::Error("#N/A".into())),
        ];
        let merges = vec![Merge { first_row: 3, first_col: 0, last_row: 1_048_576, last_col: 16_383 }];
        vec![
            Line::Sheet { name: "名单".into(), merges, too_many_merges: true },
            Line::Row(1_048_576, cells, vec![0, 300]),
            Line::End(Ended { sheets: vec!["名单".into()], hidden: vec!["内部".into(), String::new()] }),
            Line::Error("文件是空的。".into()),
        ]
    }

    #[test]
    fn lines_come_back_as_they_went() {
        let mut frame = Vec::new();
        lines().iter().for_each(|line| line.write(&mut frame));
        let mut rest = frame.as_slice();
        for line in lines() {
            assert_eq!(Line::read(&mut rest), Some(line));
        }
        assert_eq!((rest.len(), Line::read(&mut rest)), (0, None));
    }

    #[test]
    fn a_frame_that_lies_is_no_line() {
        for line in lines() {
            let mut whole = Vec::new();
            line.write(&mut whole);
            for end in 0..whole.len() {
                assert_eq!(Line::read(&mut &whole[..end]), None, "{line:?} cut at {end}");
            }
        }
        let greedy = [b'R', 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        assert_eq!(Line::read(&mut &greedy[..]), None);
    }
}
