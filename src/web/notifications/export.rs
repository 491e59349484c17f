//! `/notifications.xlsx`: what the list shows, as a file.

use super::list::asked;
use crate::notifications::Listed;
use crate::platform::sheet::Kind;
use crate::web::shell::export::{Column, day, export, maybe, number, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Listed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |n, around| text(around.names.name(n.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |n, _| text(&n.unit_name) },
    Column { head: "乡镇（街道）", width: 14.0, kind: Kind::Text, cell: |n, _| text(&n.township) },
    Column { head: "告知日期", width: 12.0, kind: Kind::Date, cell: |n, _| day(Some(n.notified_on)) },
    Column { head: "告知方式", width: 12.0, kind: Kind::Text, cell: |n, _| text(n.channel_label()) },
    Column { head: "告知人", width: 12.0, kind: Kind::Text, cell: |n, _| maybe(&n.person) },
    Column { head: "接收人", width: 12.0, kind: Kind::Text, cell: |n, _| maybe(&n.receiver) },
    Column { head: "佐证材料（份）", width: 9.0, kind: Kind::Number, cell: |n, _| number(n.pieces) },
    Column { head: "说明", width: 30.0, kind: Kind::Text, cell: |n, _| maybe(&n.note) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("告知登记", "notifications"), COLUMNS).await
}
