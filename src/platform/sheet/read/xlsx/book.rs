//! What a workbook says of its sheets and its days.

use super::days::Base;
use super::markup::{Element, Markup, Piece};
use super::package::Package;
use crate::platform::sheet::read::ReadError;

/// A sheet.
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it has cells: not a chart, nor a dialogue.
    pub of_cells: bool,
    /// Whether a person sees it.
    pub visible: bool,
    /// The part that it stands in.
    pub part: String,
}

/// A workbook.
pub struct Book {
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// From where its days are counted.
    pub base: Base,
    /// The part with its styles.
    pub styles: String,
    /// The part with its shared texts.
    pub texts: String,
}

impl Book {
    /// Reads it.
    pub fn read(package: &mut Package) -> Result<Self, ReadError> {
        let office = package.relations("", "")?.into_values().find(|relation| relation.kind == "officeDocument");
        let target = office.ok_or_else(ReadError::abnormal)?.target;
        let path = target.trim_start_matches('/');
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let relations = package.relations(folder, name)?;
        let part = package.part(path)?.ok_or_else(ReadError::abnormal)?;
        let whole = |target: &str| match target.strip_prefix('/') {
            Some(from_the_top) => from_the_top.to_owned(),
            None => format!("{folder}{target}"),
        };
        // Not every program says where they are.
        let named = |kind: &str, usual: &str| {
            whole(relations.values().find(|relation| relation.kind == kind).map_or(usual, |relation| &relation.target))
        };
        let (styles, texts) = (named("styles", "styles.xml"), named("sharedStrings", "sharedStrings.xml"));
        let sheet = |element: Element<'_>| {
            let relation = element.attribute(|name| name == "id" || name.ends_with(":id")).and_then(|id| relations.get(&id))?;
            Some(Sheet {
                name: element.attribute(|name| name == "name").unwrap_or_default(),
                of_cells: relation.kind == "worksheet",
                visible: element.attribute(|name| name == "state").is_none_or(|state| state == "visible"),
                part: whole(&relation.target),
            })
        };
        let (mut markup, mut sheets, mut base) = (Markup::of(&part), Vec::new(), Base::Of1900);
        loop {
            match markup.next()? {
                Piece::Start(element) => match element.name {
                    "sheet" => sheets.push(sheet(element).ok_or_else(ReadError::abnormal)?),
                    "workbookPr" => match element.attribute(|name| name == "date1904").as_deref() {
                        Some("1" | "true") => base = Base::Of1904,
                        Some(_) => base = Base::Of1900,
                        // An extension has an element of the same name.
                        None => {}
                    },
                    _ => {}
                },
                Piece::Eof => return Ok(Self { sheets, base, styles, texts }),
                _ => {}
            }
        }
    }
}
