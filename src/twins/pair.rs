//! A pair, its two sides, and what the city says of it.

use crate::base::{Cells, CountyId, text};
use crate::vocabulary::{SelfInspectionState, TwinGround, TwinVerdict, UnitStatus};
use chrono::NaiveDate;
use uuid::Uuid;

/// A pair.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Pair {
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// Where the first lies.
    pub first_county: CountyId,
    /// The first.
    pub first_unit: Uuid,
    /// Its name.
    pub first_name: String,
    /// Where the second lies.
    pub second_county: CountyId,
    /// The second.
    pub second_unit: Uuid,
    /// Its name.
    pub second_name: String,
    /// Codes of grounds.
    pub grounds: Vec<String>,
    /// The verdict's code.
    pub verdict: Option<String>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub decided_by: String,
    /// When.
    pub decided_on: Option<NaiveDate>,
}

impl Pair {
    /// The grounds in words.
    pub fn grounds_label(&self) -> String {
        let words: Vec<&str> = self.grounds.iter().filter_map(|g| TwinGround::from_code(g)).map(TwinGround::label).collect();
        words.join("、")
    }

    /// The verdict.
    pub fn verdict(&self) -> Option<TwinVerdict> {
        self.verdict.as_deref().and_then(TwinVerdict::from_code)
    }

    /// The verdict in words; without one: 待认定.
    pub fn verdict_label(&self) -> &'static str {
        self.verdict().map_or("待认定", TwinVerdict::label)
    }
}

/// One side of a pair, as the city compares it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Side {
    /// Its county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its code.
    pub credit_code: Option<String>,
    /// 厂区.
    pub site: String,
    /// Its street or town.
    pub township: String,
    /// Its address.
    pub address: Option<String>,
    /// Its contact.
    pub contact_name: Option<String>,
    /// Whose telephone.
    pub contact_phone: Option<String>,
    /// The status' code.
    pub status: String,
    /// Since when.
    pub status_since: Option<NaiveDate>,
    /// The self-inspection's state.
    pub self_inspection: Option<String>,
    /// Problems in the campaign.
    pub problems: i64,
    /// Of these open.
    pub open: i64,
    /// Cases in the campaign.
    pub cases: i64,
}

impl Side {
    /// The status in words.
    pub fn status_label(&self) -> &'static str {
        UnitStatus::from_code(&self.status).map_or("", UnitStatus::label)
    }

    /// The self-inspection in words.
    pub fn self_inspection_label(&self) -> &'static str {
        self.self_inspection.as_deref().and_then(SelfInspectionState::from_code).map_or("未登记", SelfInspectionState::label)
    }

    /// The telephone as it may stand on a page.
    pub fn masked_phone(&self) -> String {
        self.contact_phone.as_deref().map(text::mask_phone).unwrap_or_default()
    }
}

/// What the city says, as typed.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// 同一单位, 不是同一单位, 搬迁.
    pub verdict: TwinVerdict,
    /// Why.
    pub reason: String,
    /// The version that the editor saw.
    pub version: i32,
}

impl Verdict {
    /// Reads `verdict` and `reason`; both must be there.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let verdict = cells.choice("verdict", TwinVerdict::read);
        if verdict.is_none() && cells.error("verdict").is_none() {
            cells.refuse("verdict", "请选择认定意见。");
        }
        let reason = cells.required("reason", "请写明认定理由。");
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { verdict: verdict?, reason: reason?, version })
    }
}
