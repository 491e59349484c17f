//! Addresses of the desk: 督办, 宣传, 举报转办, 交叉执法, 跨县（区）重复登记, and what the public sees.

use super::with;
use uuid::Uuid;

/// Orders of the city (督办).
pub const SUPERVISION: &str = "/supervision";
/// A new order.
pub const SUPERVISION_NEW: &str = "/supervision/new";
/// 上期以来变化.
pub const SUPERVISION_CHANGES: &str = "/supervision/changes";

/// One order.
pub fn supervision(id: Uuid) -> String {
    format!("{SUPERVISION}/{id}")
}

/// A page of an order: `reply`, `check`, `escalate`, `paper`, `paper.docx`.
pub fn supervision_act(id: Uuid, act: &str) -> String {
    format!("{SUPERVISION}/{id}/{act}")
}

/// A new order over something: `problem`, `case`, `again` (an order whose 销号 did not last) with an id, `late` with a county.
pub fn supervise(what: &str, id: &str) -> String {
    with(SUPERVISION_NEW, &[(what, id)])
}

/// The log of publicity (宣传).
pub const PUBLICITY: &str = "/publicity";
/// A new entry.
pub const PUBLICITY_NEW: &str = "/publicity/new";

/// One entry.
pub fn publicity(id: Uuid) -> String {
    format!("{PUBLICITY}/{id}")
}

/// The form of an entry.
pub fn publicity_edit(id: Uuid) -> String {
    format!("{PUBLICITY}/{id}/edit")
}

/// The register of tips (举报转办).
pub const TIPS: &str = "/tips";
/// A new tip.
pub const TIPS_NEW: &str = "/tips/new";
/// 来源对账.
pub const TIPS_ACCOUNTS: &str = "/tips/reconciliation";

/// One tip.
pub fn tip(id: Uuid) -> String {
    format!("{TIPS}/{id}")
}

/// A page or an act of a tip: `edit`, `answer`, `problem`, `contact`.
pub fn tip_act(id: Uuid, act: &str) -> String {
    format!("{TIPS}/{id}/{act}")
}

/// What the public sees.
pub const PUBLIC: &str = "/public";
/// The public form of a tip.
pub const PUBLIC_TIP: &str = "/public/tip";

/// 举报电话 of a body.
pub fn report_phone(county: crate::base::CountyId) -> String {
    format!("/bodies/{county}/report-phone")
}

/// 迎检清单.
pub const CROSS_CHECKS: &str = "/cross-checks";
/// What the teams found.
pub const CROSS_CHECKS_RESULTS: &str = "/cross-checks/results";
/// A team's result sheet.
pub const CROSS_CHECKS_SHEET: &str = "/cross-checks/sheet.xlsx";

/// A result sheet that came back.
pub fn cross_upload(id: Uuid) -> String {
    format!("{CROSS_CHECKS}/uploads/{id}")
}

/// Units of two counties that may be one.
pub const TWINS: &str = "/twins";
