//! A second editor's page: what it was, what the other made of it, what this person typed.

use crate::base::{Cells, dates};
use crate::history;
use crate::web::shell::{Conflict, Error, Form, Visit};
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
    let (scope, today) = (visit.scope(), visit.today());
    let version = form.value("version").parse().unwrap_or(0);
    let base = history::before(visit.connection(), &scope, id, version).await?;
    let base =
        base.and_then(|row| serde_json::from_value::<T>(row).ok()).map_or_else(|| theirs.clone(), |row| cells(&row, today));
    let last = history::of_record(visit.connection(), &scope, id).await?.into_iter().next();
    let (who, when) = last.map_or_else(
        || ("他人".to_owned(), "刚才".to_owned()),
        |past| (past.actor_name, dates::instant_long(past.business_at.with_timezone(&dates::beijing()))),
    );
    form.conflict = Some(Conflict::merge(&base, theirs, &mut form.cells, labels, who, when));
    Ok(())
}
