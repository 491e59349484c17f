//! `/problems.xlsx`: the problems that the list shows, as a file.

use super::list::asked;
use crate::platform::sheet::Kind;
use crate::problems::Listed;
use crate::web::shell::export::{Column, day, export, maybe, number, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Listed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |p, around| text(around.names.name(p.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |p, _| text(&p.unit_name) },
    Column { head: "乡镇（街道）", width: 14.0, kind: Kind::Text, cell: |p, _| text(&p.township) },
    Column { head: "存在的问题", width: 44.0, kind: Kind::Text, cell: |p, _| maybe(&p.description) },
    Column { head: "类型代码", width: 7.0, kind: Kind::Code, cell: |p, _| maybe(&p.kind) },
    Column { head: "问题类型", width: 18.0, kind: Kind::Text, cell: |p, _| text(p.kind_label()) },
    Column { head: "问题来源", width: 16.0, kind: Kind::Text, cell: |p, _| text(p.source_label()) },
    Column { head: "发现日期", width: 12.0, kind: Kind::Date, cell: |p, _| day(p.found_on) },
    Column { head: "方案备案日期", width: 12.0, kind: Kind::Date, cell: |p, _| day(p.plan_filed_on) },
    Column { head: "计划完成时限", width: 12.0, kind: Kind::Date, cell: |p, _| day(p.due_on) },
    Column { head: "整改进展", width: 14.0, kind: Kind::Text, cell: |p, around| text(p.progress(&around.date).label()) },
    Column {
        head: "已到期未完成",
        width: 9.0,
        kind: Kind::Text,
        cell: |p, around| text(if p.overdue(&around.date) { "是" } else { "" }),
    },
    Column { head: "完成日期", width: 12.0, kind: Kind::Date, cell: |p, _| day(p.completed_on) },
    Column { head: "核查日期", width: 12.0, kind: Kind::Date, cell: |p, _| day(p.verified_on) },
    Column { head: "监管责任人", width: 11.0, kind: Kind::Text, cell: |p, _| maybe(&p.supervisor) },
    Column { head: "案件（件）", width: 7.0, kind: Kind::Number, cell: |p, _| number(p.cases) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("问题与整改", "problems"), COLUMNS).await
}
