//! The pre-flight of a workbook: everything that a zip archive can lie about is measured on the bytes themselves before a
//! reader of workbooks sees them.

use super::kind::Kind;
use super::limits::{ALL_BYTES, KEPT_BYTES, PART_BYTES, PARTS, PROLOGUE_BYTES};
use super::{ABNORMAL, ReadError, TOO_LARGE};
use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use zip::ZipArchive;
use zip::read::ZipFile;

/// For workbooks with macros, whatever their format.
pub const MACROS: &str = "该文件含有宏，不能接收。请另存为“Excel 工作簿(*.xlsx)”（不含宏）后再上传。";
const LOCKED: &str = "该文件是加密的压缩包，无法读取。请取消密码，另存为 .xlsx 后再上传。";
const CONTENT_TYPES: &str = "[content_types].xml";

/// What an archive turned out to hold.
pub enum Package {
    /// A workbook (.xlsx).
    Workbook(Kept),
    /// A table of OpenDocument.
    OpenDocument,
}

/// Parts of markup as they were inflated, by their names in lower case: as many as there is room for.
pub type Kept = HashMap<String, Vec<u8>>;

/// Inflates every part of an archive, counting, and refuses what no office program writes.
pub fn inspect(file: &mut (impl Read + Seek)) -> Result<Package, ReadError> {
    let mut archive = ZipArchive::new(file).map_err(|_| ReadError::abnormal())?;
    let parts = archive.len();
    if parts == 0 || parts > PARTS || archive.has_duplicate_names() {
        return Err(ReadError::abnormal());
    }
    let names = names(&mut archive)?;
    if let Some(kind) = other_kind(&names) {
        return Err(ReadError::refused(kind.advice()));
    }
    if archive.has_overlapping_entries().map_err(|_| ReadError::abnormal())? {
        return Err(ReadError::abnormal());
    }
    let open_document = !names.iter().any(|n| n == CONTENT_TYPES);
    if open_document {
        open_document_of_tables(&mut archive)?;
    }
    let (mut all, mut kept, mut room) = (0, Kept::new(), if open_document { 0 } else { KEPT_BYTES });
    for (index, name) in names.into_iter().enumerate() {
        let mut part = archive.by_index(index).map_err(|_| ReadError::abnormal())?;
        let (bytes, counted) = inflate(&mut part, &name, (ALL_BYTES - all, room))?;
        all += counted;
        if is_markup(&name) && bytes.len() as u64 == counted && bytes.len() <= room {
            room -= bytes.len();
            kept.insert(name, bytes);
        }
    }
    Ok(if open_document { Package::OpenDocument } else { Package::Workbook(kept) })
}

/// Refuses an OpenDocument that is no table, or is under a password.
fn open_document_of_tables<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), ReadError> {
    let mut head = |name: &str, most: u64| -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let Ok(part) = archive.by_name(name) else { return Ok(bytes) };
        part.take(most).read_to_end(&mut bytes).map_err(|_| ReadError::abnormal())?;
        Ok(bytes)
    };
    if !head("mimetype", 80)?.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Err(ReadError::refused(Kind::OtherOffice.advice()));
    }
    let manifest = head("META-INF/manifest.xml", 8 * 1024 * 1024)?;
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ReadError::refused(Kind::Locked.advice()));
    }
    Ok(())
}

/// The names of all parts in lower case: clean, and unique also to a reader that does not mind the case.
fn names<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<String>, ReadError> {
    let mut seen = HashSet::new();
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| ReadError::abnormal())?;
        if part.encrypted() {
            return Err(ReadError::refused(LOCKED));
        }
        let name = std::str::from_utf8(part.name_raw()).map_err(|_| ReadError::abnormal())?.to_lowercase();
        let unclean = name.starts_with('/')
            || name.contains(['\\', ':'])
            || name.chars().any(char::is_control)
            || name.trim_end_matches('/').split('/').any(|piece| matches!(piece, "" | "." | ".."))
            || part.is_symlink();
        if unclean || !seen.insert(name.clone()) {
            return Err(ReadError::abnormal());
        }
        names.push(name);
    }
    Ok(names)
}

/// What an archive is if it is no workbook that we read.
fn other_kind(names: &[String]) -> Option<Kind> {
    let has = |wanted: &str| names.iter().any(|n| n == wanted);
    if has(CONTENT_TYPES) {
        if has("xl/workbook.bin") {
            return Some(Kind::Xlsb);
        }
        return names.iter().any(|n| n.starts_with("word/") || n.starts_with("ppt/")).then_some(Kind::OtherOffice);
    }
    // In an OpenDocument under a password of the newest kind the content is one encrypted part.
    if has("mimetype") && has("encrypted-package") {
        return Some(Kind::Locked);
    }
    (!(has("mimetype") && has("content.xml"))).then_some(Kind::Archive)
}

fn is_markup(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml")
}

/// Inflates one part, at most `room` bytes: its first bytes, all of them if it is markup that `keep` has room for, and how many
/// there were.
fn inflate<R: Read>(part: &mut ZipFile<'_, R>, name: &str, (room, keep): (u64, usize)) -> Result<(Vec<u8>, u64), ReadError> {
    if name.ends_with("vbaproject.bin")
        || name.starts_with("xl/macrosheets/")
        || name.starts_with("xl/dialogsheets/")
        || is_script(name)
    {
        return Err(ReadError::refused(MACROS));
    }
    let (most, mut counted) = (PART_BYTES.min(room), 0_u64);
    let keep = if is_markup(name) { keep.max(PROLOGUE_BYTES) } else { PROLOGUE_BYTES };
    let mut head = Vec::with_capacity(usize::try_from(part.size()).unwrap_or_default().min(keep));
    let mut buffer = vec![0; 64 * 1024];
    loop {
        // Broken streams and wrong check sums end here.
        let read = part.read(&mut buffer).map_err(|_| ReadError::abnormal())?;
        let piece = buffer.get(..read).unwrap_or_default();
        counted += read as u64;
        if counted > most {
            return Err(ReadError::refused(TOO_LARGE));
        }
        head.extend_from_slice(&piece[..piece.len().min(keep - head.len())]);
        if read == 0 {
            break;
        }
    }
    let prologue = &head[..head.len().min(PROLOGUE_BYTES)];
    if is_markup(name) && !sound_prologue(prologue) {
        return Err(ReadError::refused(ABNORMAL));
    }
    if name == CONTENT_TYPES && prologue.windows(12).any(|w| w.eq_ignore_ascii_case(b"macroenabled")) {
        return Err(ReadError::refused(MACROS));
    }
    Ok((head, counted))
}

/// Whether a part of an OpenDocument is a program. Empty libraries are listed in every document.
fn is_script(name: &str) -> bool {
    let listing = name.ends_with("/script-lc.xml") || name.ends_with("/script-lb.xml") || name.ends_with('/');
    (name.starts_with("basic/") || name.starts_with("scripts/") || name.starts_with("dialogs/"))
        && !listing
        && !name.ends_with("/dialog-lc.xml")
        && !name.ends_with("/dialog-lb.xml")
}

/// Whether a part of XML comes to its first element soon and without a DOCTYPE, in UTF-8.
fn sound_prologue(head: &[u8]) -> bool {
    let mut rest = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [] => return head.len() < PROLOGUE_BYTES,
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', first, ..] => return first.is_ascii_alphabetic() || *first == b'_',
            _ => return false,
        };
        let Some(at) = rest.windows(end.len()).position(|w| w == end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default().trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_begins_without_a_doctype() {
        assert!(sound_prologue(b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- a --><worksheet>"));
        assert!(sound_prologue(b"<xml xmlns:v=\"urn\">"));
        assert!(sound_prologue(b""));
        for evil in [
            &b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>"[..],
            b"<!-- hides --> <!doctype x>",
            b"\xFF\xFE<\0?\0",
            b"text",
            &[b' '; PROLOGUE_BYTES],
        ] {
            assert!(!sound_prologue(evil), "{evil:?}");
        }
    }
}
