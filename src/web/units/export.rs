//! `/units.xlsx`: the units that the list shows, as a file.

use crate::platform::sheet::Kind;
use crate::units::{Listed, Search};
use crate::web::shell::export::{Column, day, export, maybe, number, text};
use crate::web::shell::{Answer, Visit, asked_units};

const COLUMNS: &[Column<Listed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |u, around| text(around.names.name(u.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |u, _| text(&u.name) },
    Column { head: "厂区", width: 12.0, kind: Kind::Text, cell: |u, _| text(&u.site) },
    Column { head: "统一社会信用代码", width: 21.0, kind: Kind::Code, cell: |u, _| maybe(&u.credit_code) },
    Column { head: "乡镇（街道）", width: 14.0, kind: Kind::Text, cell: |u, _| text(&u.township) },
    Column { head: "行业代码", width: 9.0, kind: Kind::Code, cell: |u, _| maybe(&u.industry) },
    Column { head: "行业类别", width: 24.0, kind: Kind::Text, cell: |u, _| text(u.industry_label()) },
    Column { head: "排污许可管理类别", width: 12.0, kind: Kind::Text, cell: |u, _| text(u.permit_label()) },
    Column { head: "生产状态", width: 10.0, kind: Kind::Text, cell: |u, _| text(u.status_label()) },
    Column { head: "企业环保负责人", width: 12.0, kind: Kind::Text, cell: |u, _| maybe(&u.contact_name) },
    Column { head: "联系电话", width: 15.0, kind: Kind::Code, cell: |u, _| maybe(&u.contact_phone) },
    Column { head: "自查", width: 22.0, kind: Kind::Text, cell: |u, _| text(u.self_inspection_label()) },
    Column { head: "自查日期", width: 12.0, kind: Kind::Date, cell: |u, _| day(u.inspected_on) },
    Column { head: "未完成问题", width: 8.0, kind: Kind::Number, cell: |u, _| number(u.open_problems) },
];

/// Hands it out. Phones are whole: who may not take files away gets none.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked_units(&visit)?;
    let search = Search::of(visit.connection(), &asked.within.scope, filter).await?;
    export(visit, asked, search, ("排污单位", "units"), COLUMNS).await
}
