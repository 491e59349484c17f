//! `/units/{id}/edit`: a unit's identity; two editors at once are shown each other's words.

use super::fields::Lists;
use crate::base::ability::Enter;
use crate::history::WriteError;
use crate::units::{self, LABELS, Unit, UnitChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Conflict, Error, Flash, Form, Frame, Origin, Path, Posted, Visit, Walk, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/edit.html")]
struct EditPage {
    frame: Frame,
    walk: Walk,
    form: Form,
    lists: Lists,
    unit: Unit,
}

fn shown(visit: &Visit, form: Form, unit: Unit) -> EditPage {
    let walk = Walk::of(visit, paths::UNITS, unit.id);
    EditPage { frame: visit.frame(format!("编辑{}", unit.name)), walk, form, lists: Lists::of(visit, unit.county_id), unit }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    page(&shown(&visit, visit.form(unit.cells(visit.today())), unit))
}

/// Saves.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let unit = visit.unit(id).await?;
    visit.insist_in::<Enter>(unit.county_id)?;
    let mut form = visit.posted(posted);
    let Some(changes) = UnitChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    match units::change(&mut writing, &permit, id, &changes).await {
        Ok(()) => visit.done(writing, &form, &Walk::of(&visit, paths::UNITS, id).record(), Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let form = clash(&mut visit, form, &unit, changes.version).await?;
            page_with(StatusCode::CONFLICT, &shown(&visit, form, unit))
        }
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, unit))
        }
        Err(error) => Err(error.into()),
    }
}

/// Base, theirs and mine of a unit that somebody changed meanwhile.
async fn clash(visit: &mut Visit, mut form: Form, theirs: &Unit, seen: i32) -> Result<Form, Error> {
    let today = visit.today();
    let origin = Origin::of(visit, theirs.id, seen).await?;
    let base = origin.row.and_then(|row| serde_json::from_value::<Unit>(row).ok()).unwrap_or_else(|| theirs.clone());
    form.conflict =
        Some(Conflict::merge(&base.cells(today), &theirs.cells(today), &mut form.cells, LABELS, origin.who, origin.when));
    Ok(form)
}
