//! The parts of a workbook by their names, which do not mind the case, and what one part says of others.

use super::markup::{Markup, Piece};
use crate::platform::sheet::read::ReadError;
use crate::platform::sheet::read::limits::PART_BYTES;
use crate::platform::sheet::read::preflight::Kept;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use zip::ZipArchive;

/// An open workbook.
pub struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// Where each part stands, by its name in lower case.
    places: HashMap<String, usize>,
    /// Parts that were inflated before.
    kept: Kept,
}

/// What a part says of another.
pub struct Relation {
    /// The last word of its type: `worksheet`.
    pub kind: String,
    /// Where the other stands, from the same folder, or with a slash before it from the top.
    pub target: String,
}

impl Package {
    /// Opens it.
    pub fn open(file: File, kept: Kept) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| ReadError::abnormal())?;
        let mut places = HashMap::new();
        for place in 0..archive.len() {
            let part = archive.by_index_raw(place).map_err(|_| ReadError::abnormal())?;
            let name = std::str::from_utf8(part.name_raw()).map_err(|_| ReadError::abnormal())?;
            places.insert(name.to_lowercase(), place);
        }
        Ok(Self { archive, places, kept })
    }

    /// A part as text, if it is there.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let name = name.to_lowercase();
        let Some(place) = self.places.get(&name) else { return Ok(None) };
        let mut bytes = self.kept.remove(&name).unwrap_or_default();
        if bytes.is_empty() {
            let part = self.archive.by_index(*place).map_err(|_| ReadError::abnormal())?;
            // Where the archive lies about its size the room is too large or grows; how much comes was measured before.
            bytes.reserve_exact(usize::try_from(part.size().min(PART_BYTES)).unwrap_or_default());
            part.take(PART_BYTES).read_to_end(&mut bytes).map_err(|_| ReadError::abnormal())?;
        }
        String::from_utf8(bytes).map(Some).map_err(|_| ReadError::abnormal())
    }

    /// What the part `name` of a folder says of others, by the names that it gives them.
    pub fn relations(&mut self, folder: &str, name: &str) -> Result<HashMap<String, Relation>, ReadError> {
        let part = self.part(&format!("{folder}_rels/{name}.rels"))?.ok_or_else(ReadError::abnormal)?;
        let (mut markup, mut relations) = (Markup::of(&part), HashMap::new());
        loop {
            match markup.next()? {
                Piece::Start(element) if element.name == "Relationship" => {
                    let of = |wanted: &str| element.attribute(|name| name == wanted).unwrap_or_default();
                    let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    relations.insert(of("Id"), Relation { kind, target: of("Target") });
                }
                Piece::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}
