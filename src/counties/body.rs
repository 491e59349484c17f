//! The reporting body (填报单位) of an area: its name changes with reforms, so each name is dated.

use crate::base::{Cells, CountyId};
use chrono::NaiveDate;
use uuid::Uuid;

/// A body under the name it bears from a day on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Body {
    /// Its id.
    pub id: Uuid,
    /// The area it reports for.
    pub county_id: CountyId,
    /// The full name, as in a title block.
    pub full_name: String,
    /// The name on the seal.
    pub seal_name: String,
    /// First day of this name.
    pub valid_from: NaiveDate,
    /// Whether it may fine in its own name; if not, cases go to the city (移送市局办理).
    pub may_punish: bool,
    /// 举报电话, shown to the public; may be empty.
    pub report_phone: String,
}

/// A name that a body bears from a day on, as typed.
#[derive(Clone, Debug)]
pub struct BodyChanges {
    /// The full name.
    pub full_name: String,
    /// The name on the seal.
    pub seal_name: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Whether it may fine.
    pub may_punish: bool,
}

impl BodyChanges {
    /// Reads the fields `full_name`, `seal_name`, `valid_from`, `may_punish`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let full_name = cells.required("full_name", "请填写单位全称。");
        let seal_name = cells.text("seal_name").or_else(|| full_name.clone());
        let valid_from = cells.date("valid_from");
        if valid_from.is_none() && cells.error("valid_from").is_none() {
            cells.refuse("valid_from", "请填写名称启用日期。");
        }
        let may_punish = cells.tick("may_punish");
        cells.clean().then_some(())?;
        Some(Self { full_name: full_name?, seal_name: seal_name?, valid_from: valid_from?, may_punish })
    }
}
