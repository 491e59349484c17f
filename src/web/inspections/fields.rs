//! What the forms of 排查 share.

use crate::base::{Cells, dates};
use crate::inspections;
use crate::web::shell::{Error, Visit};

/// The fields that two people may change at once.
pub const LABELS: [(&str, &str); 5] =
    [("inspected_on", "排查日期"), ("officers", "执法人员"), ("result", "排查结果"), ("note", "说明"), ("removed", "撤除")];

/// A new form: today, by the officers who went last.
pub async fn fresh(visit: &mut Visit) -> Result<Cells, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let officers = inspections::last_officers(visit.connection(), &scope, campaign).await?.unwrap_or_default();
    let mut cells = visit.cells();
    cells.set("inspected_on", dates::short(visit.today())).set("officers", officers.join("、"));
    Ok(cells)
}
