//! What a file is, by its content; pictures are drawn anew, so that nothing but the picture is kept (no place, no camera).

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::io::{Cursor, Read};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Longest side of a picture that is decoded, in pixels.
const LONGEST_SIDE: u32 = 16_000;
/// Memory that decoding a picture may take, in bytes.
const DECODED: u64 = 256 * 1024 * 1024;
/// Longest side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 240;
/// Entries that are looked at in an office paper.
const ENTRIES: usize = 2_000;

/// What a stored file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A photograph.
    Jpg,
    /// A picture.
    Png,
    /// A paper.
    Pdf,
    /// A paper of an office program.
    Docx,
    /// A workbook.
    Xlsx,
}

impl FileKind {
    const ALL: [Self; 5] = [Self::Jpg, Self::Png, Self::Pdf, Self::Docx, Self::Xlsx];

    /// The word in the database, and the ending of a name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// The type that a browser is told.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpg | Self::Png)
    }

    /// Recognises a file by its content; what it is not is said in one sentence.
    pub fn of(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.len() > MAX_BYTES {
            return Err("文件超过20MB，请压缩后再上传。");
        }
        match bytes {
            [] => Err("文件是空的，请重新选择。"),
            [0xFF, 0xD8, 0xFF, ..] => Ok(Self::Jpg),
            [0x89, b'P', b'N', b'G', ..] => Ok(Self::Png),
            [b'%', b'P', b'D', b'F', b'-', ..] => Ok(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => office(bytes),
            _ => Err("只能上传jpg、png图片和pdf、docx、xlsx文件。"),
        }
    }
}

/// A paper or a workbook, without macros.
fn office(bytes: &[u8]) -> Result<FileKind, &'static str> {
    const BROKEN: &str = "文件已损坏，无法打开，请重新保存后再上传。";
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    if zip.len() > ENTRIES {
        return Err(BROKEN);
    }
    let mut types = String::new();
    zip.by_name("[Content_Types].xml")
        .map_err(|_| "只能上传jpg、png图片和pdf、docx、xlsx文件。")?
        .take(1024 * 1024)
        .read_to_string(&mut types)
        .map_err(|_| BROKEN)?;
    let macros = zip.file_names().any(|name| name.map_or(true, |name| name.to_lowercase().contains("vbaproject")));
    if macros || types.contains("macroEnabled") {
        return Err("文件带有宏，不能上传。请另存为不带宏的docx或xlsx。");
    }
    match types {
        t if t.contains("wordprocessingml.document.main") => Ok(FileKind::Docx),
        t if t.contains("spreadsheetml.sheet.main") => Ok(FileKind::Xlsx),
        _ => Err("只能上传jpg、png图片和pdf、docx、xlsx文件。"),
    }
}

/// A picture drawn anew: the bytes to keep and a thumbnail.
pub fn redrawn(kind: FileKind, bytes: &[u8]) -> Result<(Vec<u8>, Vec<u8>), &'static str> {
    const BROKEN: &str = "图片无法识别，请重新拍摄或另存为jpg后再上传。";
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| BROKEN)?;
    // A photograph has no transparency, and jpeg knows none.
    let picture = if kind == FileKind::Jpg { DynamicImage::from(picture.to_rgb8()) } else { picture };
    let written = |picture: &DynamicImage| {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).map(|()| out.into_inner()).map_err(|_| BROKEN)
    };
    let small = picture.thumbnail(THUMBNAIL, THUMBNAIL);
    Ok((written(&picture)?, written(&small)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(640, 480).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_file_is_what_it_holds() {
        assert_eq!(FileKind::of(&picture(ImageFormat::Png)), Ok(FileKind::Png));
        assert_eq!(FileKind::of(&picture(ImageFormat::Jpeg)), Ok(FileKind::Jpg));
        assert_eq!(FileKind::of(b"%PDF-1.7 ..."), Ok(FileKind::Pdf));
        for hostile in [&b"<html>"[..], b"MZ\x90", b"#!/bin/sh", b"PK\x03\x04 broken", b""] {
            assert!(FileKind::of(hostile).is_err());
        }
    }

    #[test]
    fn only_the_picture_of_a_photograph_is_kept() {
        let mut photograph = picture(ImageFormat::Jpeg);
        let place = b"\xFF\xE1\x00\x16Exif\0\0GPS 36.19 113.11";
        photograph.splice(2..2, place.iter().copied());
        let (kept, small) = redrawn(FileKind::Jpg, &photograph).unwrap();
        assert!(!kept.windows(3).any(|w| w == b"GPS"), "where it was taken is gone");
        let small = image::load_from_memory(&small).unwrap();
        assert_eq!((small.width(), small.height()), (240, 180));
        assert!(redrawn(FileKind::Png, b"\x89PNG\r\n\x1a\n broken").is_err());
    }
}
