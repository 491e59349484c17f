//! 曝光: decided cases only, after 法规审核.

use super::case::Case;
use crate::base::ability::{Ability, LegalReview};
use crate::base::role::Actor;
use crate::base::{CITY, Cells};
use crate::vocabulary::ExposureMedia;
use chrono::NaiveDate;

/// An exposure as typed; without a day it takes a wrong one back.
#[derive(Clone, Debug)]
pub struct ExposureChanges {
    /// 曝光日期.
    pub exposed_on: Option<NaiveDate>,
    /// 曝光媒体.
    pub media: Option<ExposureMedia>,
    /// The outlet's name, such as 长治日报.
    pub outlet: Option<String>,
    /// The version that the editor saw.
    pub version: i32,
}

impl ExposureChanges {
    /// Reads `exposed_on`, `exposure_media`, `exposure_outlet`; never before the decision, never in the future.
    pub fn read(cells: &mut Cells, case: &Case) -> Option<Self> {
        let typed = Self {
            exposed_on: cells.date("exposed_on"),
            media: cells.choice("exposure_media", ExposureMedia::read),
            outlet: cells.text("exposure_outlet"),
            version: cells.raw("version").parse().unwrap_or(0),
        };
        if typed.exposed_on.is_none() && (typed.media.is_some() || typed.outlet.is_some()) && cells.error("exposed_on").is_none()
        {
            cells.refuse("exposed_on", "请填写曝光日期；撤销曝光登记的，请将各项一并清空。");
        }
        cells.in_order((case.decided_on, "处罚决定日期"), (typed.exposed_on, "曝光日期", "exposed_on"));
        cells.not_in_future("exposed_on", "曝光日期", typed.exposed_on);
        cells.clean().then_some(typed)
    }
}

impl Case {
    /// Why it may not be exposed now; none: it may.
    pub fn exposure_refused(&self) -> Option<&'static str> {
        if self.decided_on.is_none() {
            return Some("尚未作出处罚决定，不能登记曝光；对外表述应为“涉嫌”，且不点名。");
        }
        self.legal_reviewed_on.is_none().then_some("曝光须先经法规审核。请由具有法规审核权限的人员审核后再登记。")
    }

    /// Why the decision may not get this day, or none, beside its exposure; none: it may.
    pub fn decision_refused(&self, decided_on: Option<NaiveDate>) -> Option<String> {
        match (self.exposed_on?, decided_on) {
            (_, None) => Some("本案已登记曝光，不能删去处罚决定日期；曝光登记有误的，请先撤销曝光登记。".to_owned()),
            (exposed, Some(decided)) if exposed < decided => {
                Some(format!("处罚决定日期（{decided}）晚于曝光日期（{exposed}），请核对。"))
            }
            _ => None,
        }
    }

    /// Whether a person may record 法规审核 of it: who holds the permission, at the city for what the city handles.
    pub fn reviewable_by(&self, actor: &Actor) -> bool {
        let home = actor.county == CITY || !self.handler().city_direct();
        home && LegalReview::granted_in(actor, self.county_id)
    }

    /// Why 法规审核 may not be recorded now; none: it may.
    pub fn review_refused(&self) -> Option<&'static str> {
        match (self.decided_on, self.legal_reviewed_on) {
            (None, _) => Some("尚未登记处罚决定，不能登记法规审核。"),
            (_, Some(_)) => Some("本案已登记法规审核。"),
            _ => None,
        }
    }
}
