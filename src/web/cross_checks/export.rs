//! `/cross-checks.xlsx`: 迎检清单 as the list shows it, as a file.

use super::list::asked;
use crate::platform::sheet::Kind;
use crate::spot_checks::Exposed;
use crate::web::shell::export::{Column, export, number, text};
use crate::web::shell::{Answer, Visit};

const COLUMNS: &[Column<Exposed>] = &[
    Column { head: "县（区）", width: 10.0, kind: Kind::Text, cell: |u, around| text(around.names.name(u.county_id)) },
    Column { head: "单位名称", width: 32.0, kind: Kind::Text, cell: |u, _| text(&u.name) },
    Column { head: "厂区", width: 12.0, kind: Kind::Text, cell: |u, _| text(&u.site) },
    Column { head: "乡镇（街道）", width: 14.0, kind: Kind::Text, cell: |u, _| text(&u.township) },
    Column { head: "迎检事项", width: 44.0, kind: Kind::Text, cell: |u, _| text(u.reasons().join("；")) },
    Column { head: "问题（个）", width: 8.0, kind: Kind::Number, cell: |u, _| number(u.problems) },
    Column { head: "整改未完成（个）", width: 9.0, kind: Kind::Number, cell: |u, _| number(u.open) },
    Column { head: "已到期未完成（个）", width: 9.0, kind: Kind::Number, cell: |u, _| number(u.overdue) },
    Column { head: "仅书面销号（个）", width: 9.0, kind: Kind::Number, cell: |u, _| number(u.on_paper) },
    Column { head: "反弹（个）", width: 8.0, kind: Kind::Number, cell: |u, _| number(u.relapsed) },
];

/// Hands it out.
pub async fn get(visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    export(visit, asked, filter, ("迎检清单", "cross-checks"), COLUMNS).await
}
