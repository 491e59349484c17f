//! The merges of a workbook's sheets. They stand behind the cells of a sheet, and are wanted before.

use super::limits::{HEAD_ROWS, MERGES};
use super::table::Merges;
use crate::platform::sheet::merge::Merge;
use memchr::memmem;

/// An element of the list.
const MERGE: &str = "mergeCell ";
/// What the cells stand in.
const CELLS: &str = "sheetData";
/// Bytes before that word within which its element begins.
const LEAD: usize = 64;

/// How many merges the sheets of a file may still have.
#[derive(Debug)]
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MERGES)
    }
}

impl Room {
    /// The merges of a sheet, by its part.
    pub fn of_sheet(&mut self, part: &str) -> Merges {
        let tail = behind_the_cells(part);
        let mut merges = Merges::default();
        for at in memmem::find_iter(tail.as_bytes(), MERGE) {
            let rest = &tail.as_bytes()[at + MERGE.len()..];
            let element = &rest[..rest.len().min(80)];
            let Some(merge) = area(element).and_then(Merge::read) else { continue };
            if merges.all.len() >= self.0 {
                return Merges { all: Vec::new(), too_many: true };
            }
            // Only what is carried, and what the heads may want.
            if merge.is_vertical() || merge.first_row <= HEAD_ROWS {
                merges.all.push(merge);
            }
        }
        self.0 -= merges.all.len();
        merges
    }
}

/// What follows the cells: they end with the last `</sheetData>`, `</x:sheetData>` or `<sheetData/>`. A text or an attribute holds
/// no `<`.
fn behind_the_cells(part: &str) -> &str {
    let ends = |at: usize| {
        let (before, rest) = (&part.as_bytes()[at.saturating_sub(LEAD)..at], &part[at + CELLS.len()..]);
        let opened = before.get(memchr::memrchr(b'<', before)? + 1..)?;
        let prefix = if rest.starts_with("/>") { opened } else { opened.strip_prefix(b"/")? };
        (prefix.is_empty() || prefix.ends_with(b":") && !prefix.iter().any(u8::is_ascii_whitespace)).then_some(rest)
    };
    memmem::rfind_iter(part.as_bytes(), CELLS).find_map(ends).unwrap_or_default()
}

/// The text of `ref="A1:B2"`.
fn area(element: &[u8]) -> Option<&str> {
    let text = element.get(memmem::find(element, b"ref=")? + 4..)?;
    let (quote, text) = text.split_first().filter(|(q, _)| matches!(q, b'"' | b'\''))?;
    std::str::from_utf8(text.get(..memchr::memchr(*quote, text)?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merges(part: &str) -> Vec<Merge> {
        Room::default().of_sheet(part).all
    }

    #[test]
    fn merges_stand_behind_the_cells() {
        let wanted = [Merge::read("A1:A2"), Merge::read("B3:C9")].map(|m| m.expect("an area"));
        let plain = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells count=\"9\"><mergeCell ref=\"A1:A2\"/>\
                     <mergeCell  ref='B3:C9' /><mergeCell ref=\"A7\"/><mergeCell ref=\"oops";
        let prefixed = "<x:worksheet><x:sheetData><x:row/></x:sheetData><x:mergeCells><x:mergeCell ref=\"A1:A2\"/>\
                        <x:mergeCell ref=\"B3:C9\"/></x:mergeCells><x:hyperlink display=\"x:sheetData/>\"/></x:worksheet>";
        assert_eq!((merges(plain), merges(prefixed)), (wanted.to_vec(), wanted.to_vec()));
        assert_eq!(merges("<sheetData/><mergeCells><mergeCell ref=\"A1:A2\"/>"), wanted[..1]);
    }

    #[test]
    fn what_stands_in_a_cell_is_no_merge() {
        assert_eq!(merges("<sheetData><c><t>mergeCell ref=\"A1:A2\"</t></c></sheetData>"), []);
    }

    #[test]
    fn too_many_are_none() {
        let part = format!("</sheetData>{}", "<mergeCell ref=\"A1:A2\"/>".repeat(21));
        let (few, enough) = (Room(20).of_sheet(&part), Room(21).of_sheet(&part));
        assert!(few.too_many && few.all.is_empty());
        assert_eq!(enough.all.len(), 21);
    }
}
