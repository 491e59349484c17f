//! What a file is, by its content.

use super::ReadError;
use std::io::{Read, Seek, SeekFrom};

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A zip archive: a workbook if the pre-flight says so.
    Zip,
    /// Text in UTF-8 with commas, tabs or semicolons.
    Delimited,
    /// A workbook of Excel 97-2003 or old WPS (OLE2).
    Xls,
    /// A workbook under a password (OLE2 around an encrypted package).
    Locked,
    /// A table of OpenDocument.
    Ods,
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
    /// Text in GB18030 (GBK), as the office program saves "CSV" in Chinese.
    Gb18030,
    /// Text in UTF-16 ("Unicode 文本").
    Utf16,
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
            Self::Zip | Self::Delimited => super::ABNORMAL,
            Self::Xls => "这是旧版 .xls 文件，暂不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(*.xlsx)”后再上传。",
            Self::Locked => "该文件设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码，另存后再上传。",
            Self::Ods => "这是 .ods 表格，暂不能读取。请打开后另存为“Excel 工作簿(*.xlsx)”再上传。",
            Self::Xlsb => "这是二进制工作簿(.xlsb)，不能读取。请打开后另存为“Excel 工作簿(*.xlsx)”再上传。",
            Self::OtherOffice => "这不是表格文件，像是文字文档或演示文稿。请上传 .xlsx 表格。",
            Self::Archive => "这是压缩包，不是表格。请解压后，逐个上传其中的 .xlsx 表格。",
            Self::Html => {
                "这是网页格式的文件，只是用了表格的扩展名。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(*.xlsx)”后再上传。"
            }
            Self::SpreadsheetXml => "这是“XML 表格 2003”格式。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(*.xlsx)”后再上传。",
            Self::Gb18030 => "该文本文件不是 UTF-8 编码，暂不能读取。请另存为“Excel 工作簿(*.xlsx)”或“CSV UTF-8”后再上传。",
            Self::Utf16 => "这是“Unicode 文本”。请另存为“Excel 工作簿(*.xlsx)”或“CSV UTF-8”后再上传。",
            Self::Picture => "这是图片或 PDF，不是表格。请上传 .xlsx 表格。",
            Self::Empty => "文件是空的，没有任何内容。",
            Self::Unknown => "无法识别该文件。请上传 .xlsx 表格，或 UTF-8 编码的 CSV 文件。",
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
            if super::workbook::is_locked(file) { Kind::Locked } else { Kind::Xls }
        }
        [b'%', b'P', b'D', b'F', ..] | [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
            Kind::Picture
        }
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [0x1F, 0x8B, ..] => Kind::Archive,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Kind::Utf16,
        head if head.contains(&0) => Kind::Unknown,
        head => text_kind(head),
    };
    match kind {
        Kind::Delimited => {
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
        return Kind::Delimited;
    }
    if has("schemas-microsoft-com:office:spreadsheet") || has("excel.sheet") {
        return Kind::SpreadsheetXml;
    }
    if has("<html") || has("<table") || has("<!doctype") || has("<meta") { Kind::Html } else { Kind::Unknown }
}

/// Whether text is UTF-8 to its end; else it is taken for GB18030, unless it is no text at all.
fn encoding(file: &mut impl Read) -> Result<Kind, ReadError> {
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let filled = buffer.get(..kept + read).unwrap_or_default();
        if filled.contains(&0) {
            return Ok(Kind::Unknown);
        }
        kept = match std::str::from_utf8(filled) {
            Ok(_) => 0,
            // The end of the piece cuts a character in two.
            Err(e) if e.error_len().is_none() && read > 0 => filled.len() - e.valid_up_to(),
            Err(_) => return Ok(Kind::Gb18030),
        };
        if read == 0 {
            return Ok(Kind::Delimited);
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
        assert_eq!(kind("\u{feff}单位名称,地址\n".as_bytes()), Kind::Delimited);
        assert_eq!(kind(b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"), Kind::Html);
        assert_eq!(kind(b"\xEF\xBB\xBF \n<TABLE border=1>"), Kind::Html);
        assert_eq!(kind(b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>"), Kind::SpreadsheetXml);
        assert_eq!(kind(b"\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,1\n"), Kind::Gb18030);
        assert_eq!(kind(b"\xFF\xFE\x55\x53"), Kind::Utf16);
        assert_eq!(kind(b"%PDF-1.7"), Kind::Picture);
        assert_eq!(kind(b"name\0\0,1"), Kind::Unknown);
    }

    #[test]
    fn a_character_cut_by_the_buffer_is_still_utf_8() {
        let mut text = "a".repeat(64 * 1024 - 1);
        text.push_str("长治,1\n");
        assert_eq!(kind(text.as_bytes()), Kind::Delimited);
        let mut broken = text.into_bytes();
        broken.truncate(64 * 1024 + 1);
        assert_eq!(kind(&broken), Kind::Gb18030, "it ends inside a character");
    }
}
