//! `/inspections.xlsx`: what the list shows, as a file.

use super::list::asked;
use crate::inspections::Listed;
use crate::platform::sheet::Kind;
use crate::web::shell::export::{Column, day, export, maybe, number, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Listed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |i, around| text(around.names.name(i.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |i, _| text(&i.unit_name) },
    Column { head: "乡镇（街道）", width: 14.0, kind: Kind::Text, cell: |i, _| text(&i.township) },
    Column { head: "排查日期", width: 12.0, kind: Kind::Date, cell: |i, _| day(Some(i.inspected_on)) },
    Column { head: "执法人员", width: 18.0, kind: Kind::Text, cell: |i, _| text(i.officers.join("、")) },
    Column { head: "排查结果", width: 14.0, kind: Kind::Text, cell: |i, _| text(i.result_label()) },
    Column { head: "县区排查问题（个）", width: 9.0, kind: Kind::Number, cell: |i, _| number(i.problems) },
    Column { head: "佐证材料（份）", width: 9.0, kind: Kind::Number, cell: |i, _| number(i.pieces) },
    Column { head: "说明", width: 30.0, kind: Kind::Text, cell: |i, _| maybe(&i.note) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("排查登记", "inspections"), COLUMNS).await
}
