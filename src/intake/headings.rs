//! The row of headings of a sheet, found by what it means. Lists come from many hands: titles above, columns in any order,
//! headings under other names.

use super::columns::{Column, is_numbering};
use crate::platform::sheet::Row;
use serde::{Deserialize, Serialize};

/// The row of headings of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The sheet.
    pub sheet: String,
    /// Its row.
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

impl Head {
    /// Reads a row as a row of headings: it names the unit's name and at least one other thing we know.
    pub fn read(row: &Row) -> Option<Self> {
        let mut head =
            Self { sheet: row.sheet.to_string(), row: row.row, places: Vec::new(), unknown: Vec::new(), titles: Vec::new() };
        for (column, cell) in &row.cells {
            let heading = crate::base::text::tidy(&cell.text());
            match Column::meant_by(&heading) {
                Some(meant) if head.place(meant.field).is_none() => {
                    head.places.push(Place { column: *column, field: meant.field.to_owned(), heading });
                }
                _ if is_numbering(&heading) => {}
                _ => head.unknown.push((*column, heading)),
            }
        }
        (head.place("name").is_some() && head.places.len() > 1).then_some(head)
    }

    /// Where a field stands on this sheet.
    pub fn place(&self, field: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.field == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::columns::{UNITS, template};
    use crate::platform::sheet::Cell;

    fn row(cells: &[&str]) -> Row {
        let cells = (0_u16..).zip(cells).map(|(c, text)| (c, Cell::Text((*text).to_owned()))).collect();
        Row { sheet: "名单".into(), row: 3, cells, carried: Vec::new() }
    }

    #[test]
    fn headings_are_read_by_meaning() {
        let head =
            Head::read(&row(&["序号", " 企业名称*", "信用代码（必填）", "所属 乡镇（街道）", "法人", "电话", "手机"])).unwrap();
        let fields: Vec<&str> = head.places.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["name", "credit_code", "township", "contact_phone"]);
        assert_eq!(head.unknown, [(4, "法人".to_owned()), (6, "手机".to_owned())], "the second phone has no place");
    }

    #[test]
    fn a_title_is_no_row_of_headings() {
        assert_eq!(Head::read(&row(&["长治市潞州区排污单位名单"])), None);
        assert_eq!(Head::read(&row(&["单位名称"])), None, "a name alone may be anything");
        assert_eq!(Head::read(&row(&["地址", "电话"])), None);
    }

    #[test]
    fn the_template_is_understood() {
        let headings: Vec<String> = template().into_iter().map(|h| h.text).collect();
        let head = Head::read(&row(&headings.iter().map(String::as_str).collect::<Vec<_>>())).unwrap();
        assert_eq!((head.places.len(), head.unknown.len()), (UNITS.len(), 0));
    }
}
