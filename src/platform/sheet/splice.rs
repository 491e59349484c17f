//! Rows that are packed already, laid between the head and the foot of their sheet without unpacking them: a stream of deflate goes
//! on wherever it stands at a whole byte.

use super::body::{Body, LEVEL};
use flate2::Crc;
use flate2::write::DeflateEncoder;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

/// A package whose only part is the sheet, ready to be copied into the workbook as it is. The library of packages takes no packed
/// bytes but those of another package, so this writes one (APPNOTE 4.3).
pub fn splice(name: &str, above: &str, body: &mut Body, below: &str) -> io::Result<File> {
    let (head, foot, mut rows) = (open(above)?, closed(below)?, body.packed()?);
    let mut size = Size::default();
    size.add(&head.sum, head.bytes, head.packed.len() as u64);
    size.add(rows.sum, rows.bytes, rows.length);
    size.add(&foot.sum, foot.bytes, foot.packed.len() as u64);
    let (entry, listing) = (entry(name, &size), listing(name, &size));
    let mut file = BufWriter::new(tempfile::tempfile()?);
    file.write_all(&entry)?;
    file.write_all(&head.packed)?;
    io::copy(&mut rows.packed, &mut file)?;
    file.write_all(&foot.packed)?;
    file.write_all(&listing)?;
    file.write_all(&end(entry.len() as u64 + size.packed, listing.len()))?;
    let mut file = file.into_inner()?;
    file.rewind()?;
    Ok(file)
}

/// What a package says of a part.
#[derive(Default)]
struct Size {
    sum: Crc,
    bytes: u64,
    packed: u64,
}

/// A piece of text, packed.
struct Piece {
    sum: Crc,
    bytes: u64,
    packed: Vec<u8>,
}

impl Size {
    fn add(&mut self, sum: &Crc, bytes: u64, packed: u64) {
        self.sum.combine(sum);
        self.bytes += bytes;
        self.packed += packed;
    }

    /// Whether four bytes are too few for one of them.
    fn is_large(&self) -> bool {
        self.bytes.max(self.packed) >= u64::from(u32::MAX)
    }

    /// The field of sizes beyond four bytes, where there are any.
    fn wide(&self) -> Vec<u8> {
        let mut field = Vec::new();
        if self.is_large() {
            for short in [1_u16, 16] {
                field.extend(short.to_le_bytes());
            }
            for long in [self.bytes, self.packed] {
                field.extend(long.to_le_bytes());
            }
        }
        field
    }
}

/// A piece after which the stream goes on.
fn open(text: &str) -> io::Result<Piece> {
    let mut encoder = DeflateEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(text.as_bytes())?;
    encoder.flush()?;
    Ok(piece(text, encoder.get_ref().clone()))
}

/// The last piece of a stream.
fn closed(text: &str) -> io::Result<Piece> {
    let mut encoder = DeflateEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(text.as_bytes())?;
    Ok(piece(text, encoder.finish()?))
}

fn piece(text: &str, packed: Vec<u8>) -> Piece {
    let mut sum = Crc::new();
    sum.update(text.as_bytes());
    Piece { sum, bytes: text.len() as u64, packed }
}

const LOCAL: u32 = 0x0403_4B50;
const CENTRAL: u32 = 0x0201_4B50;
const END: u32 = 0x0605_4B50;
/// The first version that knows deflate, and the first that knows sizes beyond four bytes.
const VERSIONS: [u16; 2] = [20, 45];
const DEFLATE: u16 = 8;
/// 1 January 1980, the first day of packages: the same table is the same bytes.
const DAY: u16 = 0x21;

/// What both heads of a part hold, from the version on.
fn common(name: &str, size: &Size) -> Vec<u8> {
    let mut head = Vec::new();
    for short in [VERSIONS[usize::from(size.is_large())], 0, DEFLATE, 0, DAY] {
        head.extend(short.to_le_bytes());
    }
    let narrow = |bytes: u64| u32::try_from(bytes).ok().filter(|_| !size.is_large()).unwrap_or(u32::MAX);
    for long in [size.sum.sum(), narrow(size.packed), narrow(size.bytes)] {
        head.extend(long.to_le_bytes());
    }
    for length in [name.len(), size.wide().len()] {
        head.extend((length as u16).to_le_bytes());
    }
    head
}

/// The head before the part.
fn entry(name: &str, size: &Size) -> Vec<u8> {
    [&LOCAL.to_le_bytes(), common(name, size).as_slice(), name.as_bytes(), &size.wide()].concat()
}

/// The list of parts: this one, without comment or attributes, at the beginning.
fn listing(name: &str, size: &Size) -> Vec<u8> {
    let made_by = VERSIONS[1].to_le_bytes();
    [&CENTRAL.to_le_bytes(), &made_by[..], &common(name, size), &[0; 14], name.as_bytes(), &size.wide()].concat()
}

/// The end of a package of one part.
fn end(at: u64, length: usize) -> Vec<u8> {
    let mut end = END.to_le_bytes().to_vec();
    for short in [0_u16, 0, 1, 1] {
        end.extend(short.to_le_bytes());
    }
    end.extend((length as u32).to_le_bytes());
    end.extend((at as u32).to_le_bytes());
    end.extend(0_u16.to_le_bytes());
    end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::platform::sheet::{Head, Kind, Value};
    use std::io::Read;
    use zip::ZipArchive;

    #[test]
    fn rows_stand_between_head_and_foot_as_they_were_written() {
        let columns = [Head::plain(&("单位名称", 20.0, Kind::Text)), Head::plain(&("罚款", 8.0, Kind::Money))];
        for count in [0, 1, 5_000] {
            let mut body = Body::new(4, &columns).unwrap();
            for n in 0..count {
                body.row(&[Value::Text(format!("第{n}家")), Value::Number(f64::from(n))]).unwrap();
            }
            let file = splice("xl/worksheets/sheet1.xml", "<above/>", &mut body, "<below/>").unwrap();
            let mut package = ZipArchive::new(file).unwrap();
            let mut part = package.by_index(0).unwrap();
            assert_eq!(part.name().unwrap(), "xl/worksheets/sheet1.xml");
            let mut text = String::new();
            // Reading to the end compares the check sum.
            part.read_to_string(&mut text).unwrap();
            assert!(text.starts_with("<above/>") && text.ends_with("<below/>"), "{count}");
            assert_eq!(text.matches("<row r=").count(), usize::try_from(count).unwrap());
            assert_eq!(text.contains("第4999家"), count == 5_000);
            assert_eq!(part.size(), text.len() as u64);
        }
    }
}
