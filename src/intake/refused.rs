//! The rows that stayed out, in the clerk's own layout: the same columns under the same headings, the reason as a note on the
//! cell and in a last column, ready to mend and bring in again.

use super::kind::Kind;
use super::line::About;
use super::merged;
use super::store::Told;
use crate::platform::sheet::{Heading, List};
use std::collections::BTreeMap;

/// Headings of the two last columns; they carry nothing to read when the list comes back.
pub const PLACE: &str = "原文件位置";
/// See [`PLACE`].
pub const REASON: &str = "未导入原因";

/// The refused rows of a file as workbooks' sheets, one a head.
pub fn refused(kind: Kind, about: &About, rejected: &[Told]) -> Vec<List> {
    let of_head = |(at, head): (usize, &super::Head)| {
        let mut columns: BTreeMap<u16, String> = head.places.iter().map(|p| (p.column, p.heading.clone())).collect();
        columns.extend(head.unknown.iter().cloned());
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        for told in rejected.iter().filter(|t| t.line.head == at) {
            let row = rows.len();
            let instead = merged::instead(kind, head, &told.line);
            let mut cells: Vec<String> = Vec::new();
            for (place, column) in columns.keys().enumerate() {
                // A row alone has lost its merge: an amount must not become its own.
                let merged = instead.iter().find(|(c, _)| c == column).map(|(_, cell)| cell.as_ref());
                let cell = merged.unwrap_or_else(|| told.line.at(*column));
                cells.push(cell.map_or_else(String::new, |cell| cell.text().into_owned()));
                let field = head.places.iter().find(|p| p.column == *column).map(|p| p.field.as_str());
                let said: Vec<&str> =
                    told.verdict.rejected.iter().filter(|f| Some(f.field.as_str()) == field).map(|f| f.reason.as_str()).collect();
                if !said.is_empty() {
                    notes.push((row, place, said.join(" ")));
                }
            }
            let said = told
                .verdict
                .rejected
                .iter()
                .map(|f| if f.heading.is_empty() { f.reason.clone() } else { format!("{}：{}", f.heading, f.reason) });
            cells.push(format!("{} 第{}行", head.sheet, told.line.row));
            cells.push(said.collect::<Vec<_>>().join(" "));
            rows.push(cells);
        }
        let heading = |text: &str, width| Heading { text: text.to_owned(), width, ..Heading::default() };
        let mut headings: Vec<Heading> = columns.values().map(|text| heading(text, 16.0)).collect();
        headings.push(heading(PLACE, 16.0));
        headings.push(heading(REASON, 60.0));
        List { sheet: head.sheet.clone(), headings, rows, notes, locked: false }
    };
    let mut lists: Vec<List> = about.heads.iter().enumerate().map(of_head).collect();
    lists.retain(|list| !list.rows.is_empty());
    lists
}
