//! The merges of a workbook's sheets. They stand behind the cells of a sheet, and are wanted before: the pre-flight, which
//! inflates every part anyway, picks them up on its way.

use super::limits::{HEAD_ROWS, MERGES};
use super::table::Merges;
use crate::platform::sheet::merge::Merge;
use memchr::memmem::Finder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};
use std::sync::LazyLock;
use zip::ZipArchive;

/// Bytes behind the cells that are looked through.
const TAIL_BYTES: usize = 24 * 1024 * 1024;
/// Bytes that may stand between the end of the cells and the merges.
const LEAD: usize = 64;

static END_OF_CELLS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("sheetData"));
static MERGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("mergeCell "));

/// Watches a part go by and keeps what stands behind its cells.
#[derive(Default)]
pub struct Watcher {
    /// The last bytes before: a word may be cut in two.
    seam: Vec<u8>,
    tail: Option<Vec<u8>>,
}

impl Watcher {
    /// The next piece of the part.
    pub fn see(&mut self, piece: &[u8]) {
        if let Some(tail) = &mut self.tail {
            let room = TAIL_BYTES.saturating_sub(tail.len());
            tail.extend(piece.iter().take(room));
            return;
        }
        let mut seam = std::mem::take(&mut self.seam);
        let before = seam.len();
        seam.extend(piece.iter().take(LEAD));
        let of_piece = |at: usize| piece.get(at..);
        let found = end_of_cells(&seam).map(|at| at.saturating_sub(before)).or_else(|| end_of_cells(piece)).and_then(of_piece);
        if let Some(behind) = found {
            self.tail = Some(behind.to_vec());
            return;
        }
        seam.truncate(before);
        seam.extend(piece.get(piece.len().saturating_sub(LEAD)..).unwrap_or_default());
        seam.drain(..seam.len().saturating_sub(LEAD));
        self.seam = seam;
    }

    /// The merges of the part, at most `room`.
    pub fn merges(&self, room: usize) -> Merges {
        let tail = self.tail.as_deref().unwrap_or_default();
        let mut merges = Merges::default();
        for at in MERGE.find_iter(tail) {
            let rest = tail.get(at + MERGE.needle().len()..).unwrap_or_default();
            let element = rest.get(..rest.len().min(80)).unwrap_or_default();
            let Some(merge) = area(element).and_then(Merge::read) else { continue };
            if merges.all.len() >= room.min(MERGES) {
                return Merges { all: Vec::new(), too_many: true };
            }
            // Only what is carried, and what the heads may want.
            if merge.is_vertical() || merge.first_row <= HEAD_ROWS {
                merges.all.push(merge);
            }
        }
        merges
    }
}

/// Where the cells end (`</sheetData>`, `</x:sheetData>`, `<sheetData/>`), if they do.
fn end_of_cells(piece: &[u8]) -> Option<usize> {
    END_OF_CELLS.find_iter(piece).find(|at| {
        let before = piece.get(..*at).unwrap_or_default();
        let opened = before.iter().rev().take(LEAD / 2).take_while(|b| !matches!(b, b'<' | b'>')).any(|b| *b == b'/');
        let rest = piece.get(at + END_OF_CELLS.needle().len()..).unwrap_or_default();
        opened || rest.starts_with(b"/>")
    })
}

/// The text of `ref="A1:B2"`.
fn area(element: &[u8]) -> Option<&str> {
    let text = element.get(memchr::memmem::find(element, b"ref=")? + 4..)?;
    let (quote, text) = text.split_first().filter(|(q, _)| matches!(q, b'"' | b'\''))?;
    std::str::from_utf8(text.get(..memchr::memchr(*quote, text)?)?).ok()
}

/// Name of each sheet and the part it stands in, as the pre-flight writes its name.
pub type SheetParts = HashMap<String, String>;

/// Looks the parts of the sheets up. Where it cannot tell, there are no merges.
pub fn sheet_parts(file: &mut (impl Read + Seek)) -> SheetParts {
    let Ok(mut archive) = ZipArchive::new(file) else { return SheetParts::new() };
    let office = relations(&mut archive, "_rels/.rels").into_values().find(|(kind, _)| kind.ends_with("/officeDocument"));
    let book = office.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| target.trim_start_matches('/').to_owned());
    let (folder, name) = book.rsplit_once('/').unwrap_or(("", &book));
    let links = relations(&mut archive, &format!("{folder}/_rels/{name}.rels"));
    let mut parts = SheetParts::new();
    elements(&mut archive, &book, "sheet", |element| {
        let name = attribute(element, |key| key == "name");
        let link = attribute(element, |key| key.ends_with(":id"));
        if let (Some(name), Some((_, target))) = (name, link.and_then(|id| links.get(&id))) {
            let path = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
            parts.insert(name, path.to_lowercase());
        }
    });
    parts
}

/// Identifier of each relation, with its type and target.
fn relations<R: Read + Seek>(archive: &mut ZipArchive<R>, part: &str) -> HashMap<String, (String, String)> {
    let mut relations = HashMap::new();
    elements(archive, part, "Relationship", |element| {
        let of = |wanted: &str| attribute(element, |key| key == wanted);
        if let (Some(id), Some(kind), Some(target)) = (of("Id"), of("Type"), of("Target")) {
            relations.insert(id, (kind, target));
        }
    });
    relations
}

fn elements<R: Read + Seek>(archive: &mut ZipArchive<R>, part: &str, wanted: &str, mut take: impl FnMut(&BytesStart<'_>)) {
    let Ok(part) = archive.by_name(part) else { return };
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == wanted => take(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of the first attribute whose name is wanted.
pub fn attribute(element: &BytesStart<'_>, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| wanted(a.key.as_ref()))?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merges(part: &str, piece: usize) -> Vec<Merge> {
        let mut watcher = Watcher::default();
        part.as_bytes().chunks(piece).for_each(|p| watcher.see(p));
        watcher.merges(MERGES).all
    }

    #[test]
    fn merges_are_found_however_the_part_is_cut() {
        let wanted = [Merge::read("A1:A2"), Merge::read("B3:C9")].map(|m| m.expect("an area"));
        let plain = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells count=\"9\"><mergeCell ref=\"A1:A2\"/>\
                     <mergeCell  ref='B3:C9' /><mergeCell ref=\"A7\"/><mergeCell ref=\"oops";
        let prefixed = "<x:worksheet><x:sheetData><x:row/></x:sheetData><x:mergeCells><x:mergeCell ref=\"A1:A2\"/>\
                        <x:mergeCell ref=\"B3:C9\"/></x:mergeCells></x:worksheet>";
        for piece in [1, 2, 7, 40, 64, 65, 4096] {
            assert_eq!(merges(plain, piece), wanted, "{piece}");
            assert_eq!(merges(prefixed, piece), wanted, "{piece}");
        }
        assert_eq!(merges("<sheetData/><mergeCells><mergeCell ref=\"A1:A2\"/>", 5), wanted[..1]);
    }

    #[test]
    fn what_stands_in_a_cell_is_no_merge() {
        assert_eq!(merges("<sheetData><c><t>mergeCell ref=\"A1:A2\"</t></c></sheetData>", 4096), []);
    }

    #[test]
    fn too_many_are_none() {
        let mut watcher = Watcher::default();
        watcher.see(b"</sheetData>");
        (0..=20).for_each(|_| watcher.see(b"<mergeCell ref=\"A1:A2\"/>"));
        assert!(watcher.merges(20).too_many && watcher.merges(20).all.is_empty());
        assert_eq!(watcher.merges(21).all.len(), 21);
    }
}
