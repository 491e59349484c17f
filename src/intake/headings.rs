//! The head of a sheet, found by what it means. Tables come from many hands: titles above, columns in any order, headings
//! under other names, in one row or in two with merged groups above.

use super::kind::{KEY, Kind, is_numbering};
use crate::base::text::tidy;
use crate::platform::sheet::Row;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The head of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The sheet.
    pub sheet: String,
    /// Its row, the lower one of two; 0 for a pasted block without one.
    pub row: u32,
    /// The columns that are understood.
    pub places: Vec<Place>,
    /// The columns that are not: column and heading.
    pub unknown: Vec<(u16, String)>,
    /// What stands above: titles, the body that reports.
    pub titles: Vec<String>,
}

/// Where a field stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The column, from 0.
    pub column: u16,
    /// The field.
    pub field: String,
    /// The heading as written.
    pub heading: String,
}

/// Headings that an office has used for other fields than we would guess: `(heading, field)`, an empty field for none.
pub type Learned = BTreeMap<String, String>;

impl Head {
    /// Reads a row, with the row of merged groups above it, as a head: it names the unit's name and at least one other thing
    /// we know.
    pub fn read(kind: Kind, learned: &Learned, above: Option<&Row>, row: &Row) -> Option<Self> {
        let mut head =
            Self { sheet: row.sheet.to_string(), row: row.row, places: Vec::new(), unknown: Vec::new(), titles: Vec::new() };
        let above: Vec<(u16, String)> =
            above.map(|r| r.cells.iter().map(|(c, cell)| (*c, tidy(&cell.text()))).collect()).unwrap_or_default();
        let mut headings: BTreeMap<u16, (String, String)> = BTreeMap::new();
        for (column, cell) in &row.cells {
            let group = above.iter().rev().find(|(c, _)| c <= column).map_or("", |(_, text)| text);
            headings.insert(*column, (group.to_owned(), tidy(&cell.text())));
        }
        for (column, heading) in above {
            headings.entry(column).or_insert((String::new(), heading));
        }
        for (column, (group, heading)) in headings {
            let meant = match learned.get(&heading) {
                Some(field) => kind.fields().field(field),
                None => kind.fields().meant_by(&group, &heading),
            };
            match meant {
                Some(meant) if head.place(meant.id).is_none() => {
                    head.places.push(Place { column, field: meant.id.to_owned(), heading });
                }
                _ if is_numbering(&heading) => {}
                _ => head.unknown.push((column, heading)),
            }
        }
        (head.place("name").is_some() && head.places.len() > 1).then_some(head)
    }

    /// The head that a block without one has: our own table's columns in their order, after the row's number where the first
    /// cell is one.
    pub fn own(kind: Kind, first: &Row) -> Self {
        let numbered = first.cell(0).is_some_and(|cell| cell.text().trim().parse::<u32>().is_ok());
        let fields = kind.fields().all.iter().filter(|f| f.id != KEY);
        let places = (u16::from(numbered)..).zip(fields).map(|(column, field)| Place {
            column,
            field: field.id.to_owned(),
            heading: field.heading.to_owned(),
        });
        Self { sheet: first.sheet.to_string(), row: 0, places: places.collect(), unknown: Vec::new(), titles: Vec::new() }
    }

    /// Where a field stands on this sheet.
    pub fn place(&self, field: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.field == field)
    }

    /// Says what a column means, or with no field that it means nothing; whoever held the field before loses it.
    pub fn set(&mut self, column: u16, field: Option<&str>) {
        let known = self.places.iter().find(|p| p.column == column).map(|p| p.heading.clone());
        let heading = known.or_else(|| self.unknown.iter().find(|(c, _)| *c == column).map(|(_, h)| h.clone()));
        let Some(heading) = heading else { return };
        self.places.retain(|p| p.column != column);
        self.unknown.retain(|(c, _)| *c != column);
        let Some(field) = field else {
            self.unknown.push((column, heading));
            return self.unknown.sort();
        };
        let (lost, kept): (Vec<Place>, Vec<Place>) = std::mem::take(&mut self.places).into_iter().partition(|p| p.field == field);
        self.places = kept;
        self.unknown.extend(lost.into_iter().map(|p| (p.column, p.heading)));
        self.unknown.sort();
        self.places.push(Place { column, field: field.to_owned(), heading });
        self.places.sort_by_key(|p| p.column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annexes::Annex;
    use crate::intake::units::columns::{UNITS, template};
    use crate::platform::sheet::Cell;

    fn row(cells: &[&str]) -> Row {
        let cells = (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(c, text)| (c, Cell::Text((*text).to_owned()))).collect();
        Row { sheet: "名单".into(), row: 3, cells, carried: Vec::new() }
    }

    fn units(cells: &[&str]) -> Option<Head> {
        Head::read(Kind::Units, &Learned::new(), None, &row(cells))
    }

    fn fields(head: &Head) -> Vec<&str> {
        head.places.iter().map(|p| p.field.as_str()).collect()
    }

    #[test]
    fn headings_are_read_by_meaning() {
        let head = units(&["序号", " 企业名称*", "信用代码（必填）", "所属 乡镇（街道）", "法人", "电话", "手机"]).unwrap();
        assert_eq!(fields(&head), ["name", "credit_code", "township", "contact_phone"]);
        assert_eq!(head.unknown, [(4, "法人".to_owned()), (6, "手机".to_owned())], "the second phone has no place");
    }

    #[test]
    fn a_title_is_no_head() {
        assert_eq!(units(&["长治市潞州区排污单位名单"]), None);
        assert_eq!(units(&["单位名称"]), None, "a name alone may be anything");
        assert_eq!(units(&["地址", "电话"]), None);
    }

    #[test]
    fn the_template_is_understood() {
        let headings: Vec<String> = template().into_iter().map(|h| h.text).collect();
        let head = units(&headings.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        assert_eq!((head.places.len(), head.unknown.len()), (UNITS.len(), 0));
    }

    #[test]
    fn groups_tell_what_a_word_alone_would_not() {
        let above = row(&["序号", "企业名称", "曝光情况", "", "备注"]);
        let below = row(&["", "", "日期", "媒体", ""]);
        let head = Head::read(Kind::Annex(Annex::Two), &Learned::new(), Some(&above), &below).unwrap();
        assert_eq!(fields(&head), ["name", "exposed_on", "exposure_media", "remark"]);
    }

    #[test]
    fn what_an_office_taught_us_comes_before_our_guess() {
        let learned = Learned::from([("法人".to_owned(), "contact_name".to_owned()), ("电话".to_owned(), String::new())]);
        let head = Head::read(Kind::Units, &learned, None, &row(&["企业名称", "法人", "电话", "地址"])).unwrap();
        assert_eq!(fields(&head), ["name", "contact_name", "address"]);
    }

    #[test]
    fn a_corrected_column_takes_the_field_from_another() {
        let mut head = units(&["企业名称", "电话", "手机"]).unwrap();
        head.set(2, Some("contact_phone"));
        assert_eq!((fields(&head), head.unknown.clone()), (vec!["name", "contact_phone"], vec![(1, "电话".to_owned())]));
        head.set(2, None);
        assert_eq!(fields(&head), ["name"]);
    }
}
