//! `/batches/{id}/undo`: one click takes a batch back; rows changed since are left alone and counted.

use crate::base::ability::Enter;
use crate::history::{self, Past};
use crate::problems;
use crate::self_inspections;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Posted, Visit};
use axum::extract::Path;
use uuid::Uuid;

/// Undoes a batch of the viewer's county.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let form = visit.posted(posted);
    let scope = visit.scope();
    let rows = history::batch_rows(visit.connection(), &scope, id).await?;
    let Some(county) = rows.first().map(|r| r.county_id) else { return Err(Error::NotFound) };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    if !writing.close_batch(county, id).await? {
        return Err(Error::Conflict("这次批量操作已经撤销过了。".into()));
    }
    let (mut undone, mut kept) = (0, 0);
    for row in &rows {
        let restored = match (row.record.as_str(), &row.previous) {
            ("self_inspections", before) => {
                self_inspections::restore(&mut writing, &permit, row.record_id, row.version, before.as_ref()).await?
            }
            ("problems", Some(before)) => problems::restore(&mut writing, &permit, row.record_id, row.version, before).await?,
            _ => false,
        };
        if restored { undone += 1 } else { kept += 1 }
    }
    let back = back_to(&rows);
    let text = if kept == 0 {
        format!("已撤销{undone}条。")
    } else {
        format!("已撤销{undone}条；{kept}条此后又有修改，保持不变。")
    };
    visit.done(writing, &form, back, Flash::done(text)).await
}

fn back_to(rows: &[Past]) -> &'static str {
    if rows.iter().any(|r| r.record == "problems") { paths::PROBLEMS } else { paths::UNITS }
}
