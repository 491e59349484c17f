//! Addresses of the city's desk: 督办.

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
