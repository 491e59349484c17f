//! The rows that stayed out, as a list to mend and bring in again: under the template's headings, the reason last.

use super::columns::{UNITS, template};
use super::lines::Lines;
use super::preview::Preview;
use crate::platform::sheet::{Heading, List};
use std::collections::BTreeMap;

/// Headings of the two last columns; they carry nothing to read when the list comes back.
pub const PLACE: &str = "原文件位置";
/// See [`PLACE`].
pub const REASON: &str = "未导入原因";

/// The refused rows of a file as a workbook.
pub fn refused(lines: &Lines, preview: &Preview) -> List {
    let mut reasons: BTreeMap<(&str, u32), Vec<String>> = BTreeMap::new();
    for finding in &preview.rejected {
        let said =
            if finding.heading.is_empty() { finding.reason.clone() } else { format!("{}：{}", finding.heading, finding.reason) };
        reasons.entry((&finding.sheet, finding.row)).or_default().push(said);
    }
    let mut headings = template();
    headings.push(Heading { text: PLACE.to_owned(), width: 16.0, ..Heading::default() });
    headings.push(Heading { text: REASON.to_owned(), width: 60.0, ..Heading::default() });
    let rows = lines.lines.iter().filter_map(|line| {
        let sheet = lines.heads.get(line.head).map_or("", |h| h.sheet.as_str());
        let said = reasons.get(&(sheet, line.row))?;
        let mut cells: Vec<String> = UNITS.iter().map(|column| line.value(column.field).to_owned()).collect();
        cells.push(format!("{sheet} 第{}行", line.row));
        cells.push(said.join(" "));
        Some(cells)
    });
    List { sheet: "未导入的行".to_owned(), rows: rows.collect(), headings }
}
