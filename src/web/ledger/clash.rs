//! A second editor's page: what it was, what the other made of it, what this person typed.

use crate::base::Cells;
use crate::web::shell::{Conflict, Error, Form, Origin, Visit};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Puts the conflict into the form; it then posts the present version. `cells` shows a row as its form does.
pub async fn settle<T: DeserializeOwned>(
    visit: &mut Visit,
    form: &mut Form,
    id: Uuid,
    theirs: &Cells,
    labels: &[(&'static str, &'static str)],
    cells: impl Fn(&T, NaiveDate) -> Cells,
) -> Result<(), Error> {
    let today = visit.today();
    let origin = Origin::of(visit, id, form.value("version").parse().unwrap_or(0)).await?;
    let base = origin.row.and_then(|row| serde_json::from_value::<T>(row).ok());
    let base = base.map_or_else(|| theirs.clone(), |row| cells(&row, today));
    form.conflict = Some(Conflict::merge(&base, theirs, &mut form.cells, labels, origin.who, origin.when));
    Ok(())
}
