//! `/ledger.xlsx`: the cases that the list shows, as a file.

use super::list::asked;
use crate::base::Money;
use crate::ledger::CaseLine;
use crate::platform::sheet::{Kind, Value};
use crate::web::shell::export::{Column, day, export, maybe, number, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<CaseLine>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |c, around| text(around.names.name(c.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |c, _| maybe(&c.unit_names) },
    Column { head: "当事人", width: 26.0, kind: Kind::Text, cell: |c, _| maybe(&c.respondent) },
    Column { head: "进度", width: 10.0, kind: Kind::Text, cell: |c, _| text(c.state().label()) },
    Column { head: "类型代码", width: 8.0, kind: Kind::Code, cell: |c, _| text(c.kinds.join("、")) },
    Column { head: "违法行为类型", width: 22.0, kind: Kind::Text, cell: |c, _| text(c.kind_words()) },
    Column { head: "问题（个）", width: 7.0, kind: Kind::Number, cell: |c, _| number(c.problems) },
    Column { head: "发现日期", width: 12.0, kind: Kind::Date, cell: |c, _| day(c.found_on) },
    Column { head: "办案机关", width: 14.0, kind: Kind::Text, cell: |c, _| text(c.handler()) },
    Column { head: "案号", width: 22.0, kind: Kind::Code, cell: |c, _| maybe(&c.case_number) },
    Column { head: "立案日期", width: 12.0, kind: Kind::Date, cell: |c, _| day(c.case_filed_on) },
    Column { head: "处罚决定文号", width: 22.0, kind: Kind::Code, cell: |c, _| maybe(&c.decision_number) },
    Column { head: "处罚决定日期", width: 12.0, kind: Kind::Date, cell: |c, _| day(c.decided_on) },
    Column { head: "罚款（万元）", width: 12.0, kind: Kind::Money, cell: |c, _| fine(c) },
    Column { head: "措施", width: 20.0, kind: Kind::Text, cell: |c, _| text(c.measure_words()) },
    Column { head: "结案日期", width: 12.0, kind: Kind::Date, cell: |c, _| day(c.closed_on) },
    Column { head: "曝光日期", width: 12.0, kind: Kind::Date, cell: |c, _| day(c.exposed_on) },
];

/// In 万元.
fn fine(case: &CaseLine) -> Value {
    case.fine_fen.map_or(Value::Blank, |fen| Value::Number(Money::from_fen(fen).as_wan_f64()))
}

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("案件台账", "ledger"), COLUMNS).await
}
