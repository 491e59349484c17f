//! `/batches/{id}/undo`: one click takes a batch back; rows changed since are left alone and counted.

use crate::base::ability::{Enter, EnterCase};
use crate::history::{self, Past, WriteError, Writing};
use crate::ledger;
use crate::problems;
use crate::self_inspections;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit};
use uuid::Uuid;

/// Undoes a batch of the viewer's county.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<EnterCase>()?;
    let form = visit.posted(posted);
    let scope = visit.scope();
    let rows = history::batch_rows(visit.connection(), &scope, id).await?;
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    let mut writing = visit.write(&form).await?;
    // A batch belongs to who made it: a county to its own, the city's over cases of many counties to the city.
    if !writing.close_batch(visit.viewer.actor.county, id).await? {
        return Err(Error::Conflict("这次批量操作已经撤销过了。".into()));
    }
    let (mut undone, mut kept) = (0, 0);
    for row in &rows {
        if restore(&mut writing, row).await? { undone += 1 } else { kept += 1 }
    }
    let back = back_to(&rows);
    let text = if kept == 0 {
        format!("已撤销{undone}条。")
    } else {
        format!("已撤销{undone}条；{kept}条此后又有修改，保持不变。")
    };
    visit.done(writing, &form, back, Flash::done(text)).await
}

/// Takes one row back; `false` when it was changed since.
async fn restore(writing: &mut Writing, row: &Past) -> Result<bool, WriteError> {
    let (id, version) = (row.record_id, row.version);
    match (row.record.as_str(), &row.previous) {
        ("self_inspections", before) => {
            let permit = writing.permit::<Enter>(row.county_id)?;
            self_inspections::restore(writing, &permit, id, version, before.as_ref()).await
        }
        ("problems", Some(before)) => {
            let permit = writing.permit::<Enter>(row.county_id)?;
            problems::restore(writing, &permit, id, version, before).await
        }
        ("cases", Some(before)) => {
            let permit = writing.permit::<EnterCase>(row.county_id)?;
            ledger::restore(writing, &permit, id, version, before).await
        }
        _ => Ok(false),
    }
}

fn back_to(rows: &[Past]) -> &'static str {
    match rows.first().map(|row| row.record.as_str()) {
        Some("problems") => paths::PROBLEMS,
        Some("cases") => paths::LEDGER,
        _ => paths::UNITS,
    }
}
