//! Writing what a plan says: the good lines together, as one batch a county, in the caller's transaction.

use super::lines::Lines;
use super::plan::{Step, plan};
use super::preview::Preview;
use super::store;
use super::units::Terms;
use crate::base::ability::{Enter, Import};
use crate::base::{CountyId, Permit, Scope};
use crate::history::{WriteError, Writing};
use crate::units::{self, StatusChange};
use sqlx::PgConnection;
use uuid::Uuid;

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// What became of each line.
    pub preview: Preview,
    /// The batch of the county written last; none when nothing was written.
    pub batch: Option<Uuid>,
}

/// Says what would become of a file's lines, and writes nothing.
pub async fn look(
    connection: &mut PgConnection,
    scope: &Scope,
    lines: &Lines,
    terms: &Terms<'_>,
) -> Result<Preview, sqlx::Error> {
    Ok(plan(connection, scope, lines, terms).await?.preview)
}

/// Writes the good lines of a file. What the register says is looked at anew: a preview may be hours old.
pub async fn write(
    writing: &mut Writing,
    scope: &Scope,
    lines: &Lines,
    terms: &Terms<'_>,
    file_name: &str,
) -> Result<Written, WriteError> {
    let plan = plan(writing.connection(), scope, lines, terms).await?;
    let mut batch = None;
    for (county, steps) in plan.steps.into_iter().filter(|(_, steps)| !steps.is_empty()) {
        batch = Some(writing.open_batch(county, &format!("导入单位名单 {file_name}"), steps.len()).await?);
        write_county(writing, county, steps).await.map_err(overtaken)?;
    }
    Ok(Written { preview: plan.preview, batch })
}

async fn write_county(writing: &mut Writing, county: CountyId, steps: Vec<Step>) -> Result<(), WriteError> {
    let import: Permit<Import> = writing.permit(county)?;
    let enter: Permit<Enter> = writing.permit(county)?;
    let since = writing.today();
    let mut new = Vec::new();
    for step in steps {
        match step {
            Step::Create(unit) => new.push(*unit),
            Step::Change(id, changes) => units::change(writing, &enter, id, &changes).await?,
            // A list says what a unit is, not since when: the day of the import is the first on which it is known.
            Step::ChangeStatus(id, status) => {
                let change = StatusChange { status, since, note: "导入名单".to_owned() };
                units::change_status(writing, &enter, id, &change).await?;
            }
        }
    }
    units::add_many(writing, &import, &new).await?;
    Ok(())
}

/// What the plan saw was free is taken, or changed: somebody else was quicker between our look and our write.
fn overtaken(error: WriteError) -> WriteError {
    match error {
        WriteError::Refused { .. } | WriteError::Stale | WriteError::Missing => {
            WriteError::refused("file", "名单中的单位刚刚被他人登记或修改，本次没有写入任何数据。请返回重新确认。")
        }
        other => other,
    }
}

/// Confirms an upload. A second time changes nothing and says what the first did.
pub async fn confirm(
    writing: &mut Writing,
    permit: &Permit<Import>,
    scope: &Scope,
    id: Uuid,
    terms: &Terms<'_>,
) -> Result<Written, WriteError> {
    let upload = store::lock(writing, permit, id).await?;
    if upload.confirmed_at.is_some() {
        return Ok(Written { preview: upload.preview, batch: upload.batch });
    }
    let written = write(writing, scope, &upload.lines, terms, &upload.file_name).await?;
    store::confirmed(writing, permit, id, &written.preview, written.batch).await?;
    Ok(written)
}
