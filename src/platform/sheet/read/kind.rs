//! What a file is, by its content.

use super::ReadError;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{Read, Seek, SeekFrom};

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A zip archive: a workbook (.xlsx) or a table of OpenDocument (.ods) if the pre-flight says so.
    Zip,
    /// Text with commas, tabs or semicolons, in this encoding.
    Delimited(&'static Encoding),
    /// A workbook of Excel 97-2003 or old WPS (OLE2).
    Xls,
    /// A workbook under a password (OLE2 around an encrypted package).
    Locked,
    /// A binary workbook (.xlsb).
    Xlsb,
    /// A text document or slides, in the new formats.
    OtherOffice,
    /// An archive of something else.
    Archive,
    /// A web page saved under a workbook's name, as many systems "export" it.
    Html,
    /// XML Spreadsheet 2003.
    SpreadsheetXml,
    /// Text in UTF-8 in which something is broken.
    BrokenText,
    /// A portable document or a picture.
    Picture,
    /// Nothing at all.
    Empty,
    /// Anything else.
    Unknown,
}

impl Kind {
    /// What it is and how to save it right, in one sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Zip | Self::Xls | Self::Delimited(_) => super::ABNORMAL,
            Self::Locked => "该文件设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码，另存后再上传。",
            Self::Xlsb => "这是二进制工作簿(.xlsb)，不能读取。请打开后另存为“Excel 工作簿(*.xlsx)”再上传。",
            Self::OtherOffice => "这不是表格文件，像是文字文档或演示文稿。请上传 .xlsx 表格。",
            Self::Archive => "这是压缩包，不是表格。请解压后，逐个上传其中的 .xlsx 表格。",
            Self::Html => {
                "这是网页格式的文件，只是用了表格的扩展名。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(*.xlsx)”后再上传。"
            }
            Self::SpreadsheetXml => "这是“XML 表格 2003”格式。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(*.xlsx)”后再上传。",
            Self::BrokenText => {
                "该文本文件中有损坏的字符，无法读取。请用 Excel 或 WPS 打开核对，另存为“Excel 工作簿(*.xlsx)”后再上传。"
            }
            Self::Picture => "这是图片或 PDF，不是表格。请上传表格文件（如 .xlsx）。",
            Self::Empty => "文件是空的，没有任何内容。",
            Self::Unknown => "无法识别该文件。请上传 Excel 或 WPS 表格（.xlsx、.xls、.ods），或 CSV 文件。",
        }
    }
}

/// Says what a file is. A zip is looked into later, by the pre-flight.
pub fn recognise(file: &mut (impl Read + Seek)) -> Result<Kind, ReadError> {
    let mut head = Vec::with_capacity(4096);
    file.by_ref().take(4096).read_to_end(&mut head)?;
    let kind = match head.as_slice() {
        [] => Kind::Empty,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => {
            file.seek(SeekFrom::Start(0))?;
            if super::xls::is_locked(file) { Kind::Locked } else { Kind::Xls }
        }
        [b'%', b'P', b'D', b'F', ..] | [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
            Kind::Picture
        }
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [0x1F, 0x8B, ..] => Kind::Archive,
        head @ [0xFF, 0xFE, ..] => wide_kind(head, UTF_16LE),
        head @ [0xFE, 0xFF, ..] => wide_kind(head, UTF_16BE),
        head if head.contains(&0) => Kind::Unknown,
        head => text_kind(head),
    };
    match kind {
        Kind::Delimited(found) if found == UTF_8 => {
            file.seek(SeekFrom::Start(0))?;
            encoding(file)
        }
        other => Ok(other),
    }
}

/// Text: markup says itself what it is.
fn text_kind(head: &[u8]) -> Kind {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).to_ascii_lowercase();
    let has = |piece: &str| head.windows(piece.len()).any(|w| w == piece.as_bytes());
    if head.starts_with(b"mime-version:") || head.starts_with(b"{\\rtf") {
        return if head.starts_with(b"m") { Kind::Html } else { Kind::OtherOffice };
    }
    if head.trim_ascii_start().first() != Some(&b'<') {
        return Kind::Delimited(UTF_8);
    }
    if has("schemas-microsoft-com:office:spreadsheet") || has("excel.sheet") {
        return Kind::SpreadsheetXml;
    }
    if has("<html") || has("<table") || has("<!doctype") || has("<meta") { Kind::Html } else { Kind::Unknown }
}

/// Text in UTF-16 ("Unicode 文本"): the same question, put to the same text in UTF-8.
fn wide_kind(head: &[u8], encoding: &'static Encoding) -> Kind {
    let (text, _) = encoding.decode_with_bom_removal(head);
    if text.contains('\0') {
        return Kind::Unknown;
    }
    match text_kind(text.as_bytes()) {
        Kind::Delimited(_) => Kind::Delimited(encoding),
        other => other,
    }
}

/// Characters of several bytes after which a text was meant as UTF-8, even if it breaks further on: text in GB18030 looks like
/// UTF-8 for a character or two, never for longer.
const MEANT: usize = 8;

/// Whether text is UTF-8 to its end; else it is taken for GB18030 (GBK, as the office program saves "CSV" in Chinese), which
/// shows while it is read.
fn encoding(file: &mut impl Read) -> Result<Kind, ReadError> {
    let mut buffer = vec![0; 64 * 1024];
    let (mut kept, mut wide) = (0, 0);
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let filled = buffer.get(..kept + read).unwrap_or_default();
        if memchr::memchr(0, filled).is_some() {
            return Ok(Kind::Unknown);
        }
        let (valid, error) = match std::str::from_utf8(filled) {
            Ok(text) => (text, None),
            Err(e) => (std::str::from_utf8(filled.get(..e.valid_up_to()).unwrap_or_default()).unwrap_or_default(), Some(e)),
        };
        if wide < MEANT && !valid.is_ascii() {
            wide += valid.chars().filter(|c| !c.is_ascii()).take(MEANT).count();
        }
        kept = match error {
            None => 0,
            // The end of the piece cuts a character in two.
            Some(e) if e.error_len().is_none() && read > 0 => filled.len() - e.valid_up_to(),
            Some(_) if wide >= MEANT => return Ok(Kind::BrokenText),
            Some(_) => return Ok(Kind::Delimited(GB18030)),
        };
        if read == 0 {
            return Ok(Kind::Delimited(UTF_8));
        }
        let end = filled.len();
        buffer.copy_within(end - kept..end, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn kind(bytes: &[u8]) -> Kind {
        recognise(&mut Cursor::new(bytes.to_vec())).expect("readable")
    }

    #[test]
    fn content_says_what_a_file_is() {
        assert_eq!(kind(b""), Kind::Empty);
        assert_eq!(kind(b"PK\x03\x04...."), Kind::Zip);
        assert_eq!(kind("\u{feff}单位名称,地址\n".as_bytes()), Kind::Delimited(UTF_8));
        assert_eq!(kind(b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"), Kind::Html);
        assert_eq!(kind(b"\xEF\xBB\xBF \n<TABLE border=1>"), Kind::Html);
        assert_eq!(kind(b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>"), Kind::SpreadsheetXml);
        assert_eq!(kind(b"\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,1\n"), Kind::Delimited(GB18030));
        assert_eq!(kind(b"\xFF\xFE\x55\x53"), Kind::Delimited(UTF_16LE));
        assert_eq!(kind(b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0"), Kind::Html);
        assert_eq!(kind("长治市潞州区排污单位名单\u{0}".as_bytes()), Kind::Unknown);
        assert_eq!(kind(b"%PDF-1.7"), Kind::Picture);
        assert_eq!(kind(b"name\0\0,1"), Kind::Unknown);
    }

    #[test]
    fn a_character_cut_by_the_buffer_is_still_utf_8() {
        let mut text = "a".repeat(64 * 1024 - 1);
        text.push_str("长治,1\n");
        assert_eq!(kind(text.as_bytes()), Kind::Delimited(UTF_8));
        let mut broken = "长治市潞州区排污单位名单".as_bytes().to_vec();
        broken.pop();
        assert_eq!(kind(&broken), Kind::BrokenText, "it ends inside a character");
    }
}
