//! 撤销: taking back in one act what a batch did (批量, 导入). Rows that nobody has touched since go back whole; of the others
//! every cell that was edited since stays, and is told, unless a person chooses to take it back as well. A filed submission is a
//! frozen copy and stands apart: nothing here reaches it.

mod hangs;
mod plan;
mod store;
mod ties;

pub use plan::{Kept, Plan, Step};

use crate::base::ability::{Enter, EnterCase, Import};
use crate::base::role::{Actor, Role};
use crate::base::{CITY, CountyId, Permit, Scope};
use crate::history::{self, Back, PastBatch, WriteError, Writing};
use crate::platform::database::refused_by;
use crate::{guidance, inspections, ledger, notifications, problems, self_inspections, units};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a person chose to take back although it was edited since: record and column, an empty column for the whole row.
pub type Chosen = BTreeSet<(Uuid, String)>;

/// What it would do now if this person took a batch back; none when there is no such batch in sight, or it did nothing.
pub async fn look(
    connection: &mut PgConnection,
    scope: &Scope,
    actor: &Actor,
    batch: Uuid,
    chosen: &Chosen,
) -> Result<Option<(PastBatch, Plan)>, sqlx::Error> {
    let Some(past) = history::batch(connection, scope, batch).await? else { return Ok(None) };
    let mut rows = history::batch_rows(connection, scope, batch).await?;
    // Ties follow their cases and problems.
    rows.retain(|row| row.record != "case_problems");
    if rows.is_empty() {
        return Ok(None);
    }
    let last = history::last_of(connection, scope, &rows).await?;
    let mut plan = Plan::of(rows, last, chosen);
    store::keep_what_is_closed(connection, actor, &mut plan).await?;
    ties::find(connection, scope, batch, &mut plan).await?;
    store::keep_what_is_needed(connection, scope, &mut plan).await?;
    ties::spare(&mut plan);
    Ok(Some((past, plan)))
}

/// Whether a person may take a batch back: a county its own and what the city entered for it (代录); the city what its people
/// did.
pub fn allowed(actor: &Actor, batch: &PastBatch, plan: &Plan) -> bool {
    match actor.role {
        Role::CityReviewer => plan.made_in == CITY,
        Role::System => true,
        _ => batch.county_id == actor.county,
    }
}

/// Takes back what the plan says; how many rows. [`WriteError::Stale`] when something moved since the plan was made: a row has another
/// version, or a new one hangs on a row that goes. Then nothing must be kept of it.
pub async fn take_back(writing: &mut Writing, plan: &Plan) -> Result<usize, WriteError> {
    match take_rows_back(writing, plan).await {
        Err(WriteError::Database(error)) if refused_by(&error).is_some() => Err(WriteError::Stale),
        other => other,
    }
}

/// All rows of a table, or none: each must be as it was seen.
fn whole(rows: &[Back], done: &[Uuid]) -> Result<usize, WriteError> {
    if done.len() == rows.len() { Ok(done.len()) } else { Err(WriteError::Stale) }
}

async fn take_rows_back(writing: &mut Writing, plan: &Plan) -> Result<usize, WriteError> {
    let mut counties: BTreeMap<CountyId, BTreeMap<&str, Vec<Back>>> = BTreeMap::new();
    for step in &plan.steps {
        let Some(back) = step.back() else { continue };
        counties.entry(step.county).or_default().entry(step.record.as_str()).or_default().push(back);
    }
    for (county, ..) in &plan.ties {
        counties.entry(*county).or_default();
    }
    let mut done = 0;
    for (county, mut records) in counties {
        let permit: Permit<Import> = writing.permit(county)?;
        let (enter, cases): (Permit<Enter>, Permit<EnterCase>) = (permit.entering(), permit.entering_cases());
        let mut of = |record: &str| records.remove(record).unwrap_or_default();
        // From what hangs on others to what they hang on.
        let (measures, found, judged) = (of("measures"), of("problems"), of("cases"));
        done += whole(&measures, &ledger::take_measures_back(writing, &cases, &measures).await?)?;
        let ties: Vec<(Uuid, Uuid)> = plan.ties.iter().filter(|t| t.0 == county).map(|t| (t.1, t.2)).collect();
        ledger::untie(writing, &cases, &ties).await?;
        // A tie to a problem that goes is no act of its own.
        done += ties.iter().filter(|(_, problem)| !found.iter().any(|b| b.id == *problem && b.row.is_none())).count();
        done += whole(&judged, &ledger::take_back(writing, &cases, &judged).await?)?;
        done += whole(&found, &problems::take_back(writing, &enter, &found).await?)?;
        let rows = of("self_inspections");
        done += whole(&rows, &self_inspections::take_back(writing, &enter, &rows).await?)?;
        let rows = of("guidance");
        done += whole(&rows, &guidance::take_back(writing, &enter, &rows).await?)?;
        let rows = of("notifications");
        done += whole(&rows, &notifications::take_back(writing, &enter, &rows).await?)?;
        let rows = of("inspections");
        done += whole(&rows, &inspections::take_back(writing, &enter, &rows).await?)?;
        let statuses: Vec<Uuid> = of("unit_statuses").into_iter().map(|b| b.id).collect();
        units::take_statuses_away(writing, &enter, &statuses).await?;
        let rows = of("units");
        done += whole(&rows, &units::take_back(writing, &enter, &rows).await?)?;
    }
    Ok(done)
}
