//! What the unit forms offer to choose from.

use crate::base::CountyId;
use crate::vocabulary::{NoCodeReason, PermitClass, UnitStatus, industries};
use crate::web::shell::{Choice, Visit, words};

/// The lists of a unit form.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Streets and towns of the county.
    pub townships: Vec<String>,
    /// Common industries, as `2521 炼焦`.
    pub industries: Vec<String>,
    /// 排污许可管理类别.
    pub permits: Vec<Choice>,
    /// 生产状态.
    pub statuses: Vec<Choice>,
    /// 无代码原因.
    pub no_code: Vec<Choice>,
}

impl Lists {
    /// The lists for a county.
    pub fn of(visit: &Visit, county: CountyId) -> Self {
        let mut industries: Vec<String> = industries::common().into_iter().map(industries::Industry::title).collect();
        industries.sort();
        Self {
            townships: visit.app.directory.townships(county).map(|t| t.name.clone()).collect(),
            industries,
            permits: words::<PermitClass>(),
            statuses: words::<UnitStatus>(),
            no_code: words::<NoCodeReason>(),
        }
    }
}
