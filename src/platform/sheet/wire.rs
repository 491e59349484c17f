//! Numbers, texts and cells as bytes: how the child speaks to its parent, and how lines are kept between reading and 确认.
//! Numbers are written seven bits a byte, the lowest first; texts as length and UTF-8.

use super::cell::Cell;
use chrono::{Datelike, NaiveDate};

/// Writes a number, seven bits a byte, the lowest first.
pub fn number(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// Writes a text, its length first.
pub fn text(to: &mut Vec<u8>, text: &str) {
    number(to, text.len() as u64);
    to.extend_from_slice(text.as_bytes());
}

/// Writes a cell.
fn cell(to: &mut Vec<u8>, cell: &Cell) {
    match cell {
        Cell::Text(content) => {
            to.push(b't');
            text(to, content);
        }
        Cell::Number(content) => {
            to.push(b'n');
            to.extend_from_slice(&content.to_le_bytes());
        }
        Cell::Date(day) => {
            to.push(b'd');
            to.extend_from_slice(&day.num_days_from_ce().to_le_bytes());
        }
        Cell::Bool(yes) => to.push(if *yes { b'y' } else { b'f' }),
        Cell::Error(shown) => {
            to.push(b'e');
            text(to, shown);
        }
    }
}

/// Takes a byte off.
pub fn byte(frame: &mut &[u8]) -> Option<u8> {
    let (first, rest) = frame.split_first()?;
    *frame = rest;
    Some(*first)
}

fn bytes<const N: usize>(frame: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = frame.split_first_chunk()?;
    *frame = rest;
    Some(*first)
}

/// Takes a number off.
fn read_number(frame: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let byte = byte(frame)?;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Takes a number off that fits.
pub fn small<T: TryFrom<u64>>(frame: &mut &[u8]) -> Option<T> {
    T::try_from(read_number(frame)?).ok()
}

/// Takes a text off.
pub fn read_text<'f>(frame: &mut &'f [u8]) -> Option<&'f str> {
    let length = small(frame)?;
    let (text, rest) = frame.split_at_checked(length)?;
    *frame = rest;
    std::str::from_utf8(text).ok()
}

/// Takes a cell off.
fn read_cell(frame: &mut &[u8]) -> Option<Cell> {
    Some(match byte(frame)? {
        b't' => Cell::Text(read_text(frame)?.into()),
        b'n' => Cell::Number(f64::from_le_bytes(bytes(frame)?)),
        b'd' => Cell::Date(NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(bytes(frame)?))?),
        b'y' => Cell::Bool(true),
        b'f' => Cell::Bool(false),
        b'e' => Cell::Error(read_text(frame)?.into()),
        _ => return None,
    })
}

/// A count and as many things; room is set aside for no more than the frame can hold.
pub fn many<T>(frame: &mut &[u8], mut one: impl FnMut(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count: usize = small(frame)?;
    let mut all = Vec::with_capacity(count.min(frame.len()));
    for _ in 0..count {
        all.push(one(frame)?);
    }
    Some(all)
}

/// Writes cells with their columns.
pub fn cells(to: &mut Vec<u8>, cells: &[(u16, Cell)]) {
    number(to, cells.len() as u64);
    for (column, content) in cells {
        number(to, u64::from(*column));
        cell(to, content);
    }
}

/// Takes cells off, with their columns.
pub fn read_cells(from: &mut &[u8]) -> Option<Vec<(u16, Cell)>> {
    many(from, |from| Some((small(from)?, read_cell(from)?)))
}
