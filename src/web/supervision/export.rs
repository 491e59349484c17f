//! `/supervision.xlsx`: the orders that the list shows, as a file.

use super::list::asked;
use crate::platform::sheet::Kind;
use crate::supervision::Listed;
use crate::web::shell::export::{Column, day, export, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Listed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |o, around| text(around.names.name(o.county_id)) },
    Column { head: "文号", width: 20.0, kind: Kind::Text, cell: |o, _| text(&o.document_number) },
    Column { head: "层级", width: 8.0, kind: Kind::Text, cell: |o, _| text(o.level().label()) },
    Column { head: "事由", width: 12.0, kind: Kind::Text, cell: |o, _| text(o.about_label()) },
    Column { head: "督办事项", width: 44.0, kind: Kind::Text, cell: |o, _| text(&o.matter) },
    Column { head: "督办要求", width: 44.0, kind: Kind::Text, cell: |o, _| text(&o.requirement) },
    Column { head: "下达日期", width: 12.0, kind: Kind::Date, cell: |o, _| day(Some(o.issued_on)) },
    Column { head: "办理时限", width: 12.0, kind: Kind::Date, cell: |o, _| day(Some(o.due_on)) },
    Column { head: "状态", width: 10.0, kind: Kind::Text, cell: |o, _| text(o.state().label()) },
    Column {
        head: "已逾期",
        width: 8.0,
        kind: Kind::Text,
        cell: |o, around| text(if o.days_late(around.date).is_some() { "是" } else { "" }),
    },
    Column { head: "回复日期", width: 12.0, kind: Kind::Date, cell: |o, _| day(o.replied_on) },
    Column { head: "核查日期", width: 12.0, kind: Kind::Date, cell: |o, _| day(o.checked_on) },
    Column { head: "销号日期", width: 12.0, kind: Kind::Date, cell: |o, _| day(o.closed_on) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("督办单", "supervision"), COLUMNS).await
}
