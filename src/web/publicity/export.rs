//! `/publicity.xlsx`: the log as the list shows it, as a file.

use super::list::asked;
use crate::outreach::Publicity;
use crate::platform::sheet::{Kind, Value};
use crate::web::shell::export::{Column, day, export, number, text};
use crate::web::shell::{Answer, Visit};

fn count(n: Option<i32>) -> Value {
    n.map_or(Value::Blank, |n| number(n.into()))
}

const COLUMNS: &[Column<Publicity>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |p, around| text(around.names.name(p.county_id)) },
    Column { head: "渠道", width: 12.0, kind: Kind::Text, cell: |p, _| text(p.channel_label()) },
    Column { head: "日期", width: 12.0, kind: Kind::Date, cell: |p, _| day(Some(p.on_date)) },
    Column { head: "标题或内容", width: 44.0, kind: Kind::Text, cell: |p, _| text(&p.title) },
    Column { head: "媒体或地点", width: 24.0, kind: Kind::Text, cell: |p, _| text(&p.outlet) },
    Column { head: "份数", width: 9.0, kind: Kind::Number, cell: |p, _| count(p.copies) },
    Column { head: "阅读（播放）量", width: 12.0, kind: Kind::Number, cell: |p, _| count(p.views) },
    Column { head: "网址", width: 36.0, kind: Kind::Text, cell: |p, _| text(&p.link) },
    Column { head: "说明", width: 24.0, kind: Kind::Text, cell: |p, _| text(&p.note) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("宣传", "publicity"), COLUMNS).await
}
