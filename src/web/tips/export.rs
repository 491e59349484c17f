//! `/tips.xlsx`: the tips that the list shows, as a file. Who reported is not in it.

use super::list::asked;
use crate::platform::sheet::Kind;
use crate::tips::Tip;
use crate::web::shell::export::{Column, day, export, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Tip>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |t, around| text(around.names.name(t.county_id)) },
    Column { head: "举报渠道", width: 12.0, kind: Kind::Text, cell: |t, _| text(t.source_label()) },
    Column { head: "编号", width: 18.0, kind: Kind::Text, cell: |t, _| text(&t.number) },
    Column { head: "收到日期", width: 12.0, kind: Kind::Date, cell: |t, _| day(Some(t.received_on)) },
    Column { head: "被举报单位或地点", width: 28.0, kind: Kind::Text, cell: |t, _| text(&t.target) },
    Column { head: "举报内容", width: 44.0, kind: Kind::Text, cell: |t, _| text(&t.content) },
    Column { head: "交办日期", width: 12.0, kind: Kind::Date, cell: |t, _| day(t.assigned_on) },
    Column { head: "办理时限", width: 12.0, kind: Kind::Date, cell: |t, _| day(t.due_on) },
    Column { head: "核实情况", width: 12.0, kind: Kind::Text, cell: |t, _| text(t.answer_label()) },
    Column { head: "答复日期", width: 12.0, kind: Kind::Date, cell: |t, _| day(t.answered_on) },
    Column { head: "核实和处理情况", width: 40.0, kind: Kind::Text, cell: |t, _| text(&t.answer_note) },
    Column { head: "告知举报人情况", width: 32.0, kind: Kind::Text, cell: |t, _| text(&t.told) },
    Column {
        head: "已逾期",
        width: 8.0,
        kind: Kind::Text,
        cell: |t, around| text(if t.overdue(&around.date) { "是" } else { "" }),
    },
    Column {
        head: "已转为问题",
        width: 9.0,
        kind: Kind::Text,
        cell: |t, _| text(if t.problem_id.is_some() { "是" } else { "" }),
    },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("举报转办", "tips"), COLUMNS).await
}
