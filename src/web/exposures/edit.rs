//! `/ledger/{id}/publication`: the text of a decided case for the public, drafted from the ledger and read by a person.

use crate::base::CITY;
use crate::base::ability::EnterCase;
use crate::counties;
use crate::exposures::{self, Exposure, ExposureText, State};
use crate::history::WriteError;
use crate::ledger::{self, CaseFile};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exposures/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    file: CaseFile,
    standing: Option<Exposure>,
    /// Somebody else has saved meanwhile: what stands now.
    theirs: bool,
}

impl EditPage {
    fn new(visit: &Visit, form: Form, ground: Ground, theirs: bool) -> Self {
        Self { frame: visit.frame("曝光稿"), form, file: ground.file, standing: ground.standing, theirs }
    }

    fn published(&self) -> bool {
        self.standing.as_ref().is_some_and(|e| e.state() == State::Published)
    }
}

/// The case that the person may edit, the text that stands, and whose names must not be in it.
struct Ground {
    file: CaseFile,
    standing: Option<Exposure>,
    persons: Vec<String>,
}

async fn load(visit: &mut Visit, id: Uuid) -> Result<Ground, Error> {
    visit.insist::<EnterCase>()?;
    let scope = visit.scope();
    let file = ledger::open(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    if !file.case.editable_by(&visit.viewer.actor) {
        return Err(Error::Forbidden);
    }
    let standing = exposures::of_case(visit.connection(), &scope, id).await?;
    let standing = standing.into_iter().find(|e| e.withdrawn_on.is_none());
    let known = exposures::known_persons(visit.connection(), &scope, id).await?;
    let persons = exposures::persons(&file, known);
    Ok(Ground { file, standing, persons })
}

/// The form; a new text begins as the draft that the facts give.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let ground = load(&mut visit, id).await?;
    let mut cells = visit.cells();
    let (title, text, version) = match &ground.standing {
        Some(e) => (e.title.clone(), e.text.clone(), e.version),
        None => {
            let county = ground.file.case.county_id;
            let area = visit.app.directory.name(county);
            let owner = if ground.file.case.handler().city_direct() { CITY } else { county };
            let today = visit.today();
            let body = counties::body_on(visit.connection(), owner, today).await?.map(|b| b.full_name).unwrap_or_default();
            let (title, text) = exposures::draft(&ground.file, (&area, &body), &ground.persons);
            (title, text, 0)
        }
    };
    cells.set("title", title).set("text", text).set("version", version.to_string());
    let form = visit.form(cells);
    page(&EditPage::new(&visit, form, ground, false))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let ground = load(&mut visit, id).await?;
    let Some(text) = ExposureText::read(&mut form.cells, &ground.persons) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(&visit, form, ground, false));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(ground.file.case.county_id)?;
    match exposures::write(&mut writing, &permit, &ground.file.case, &text).await {
        Ok(exposure) => {
            let said = if text.checked {
                "曝光稿已保存，转法规审核。"
            } else {
                "曝光稿已保存，核对后可转法规审核。"
            };
            visit.done(writing, &form, &paths::exposure(exposure), Flash::done(said)).await
        }
        Err(WriteError::Stale) => {
            drop(writing);
            let ground = load(&mut visit, id).await?;
            let version = ground.standing.as_ref().map_or(0, |e| e.version);
            form.cells.set("version", version.to_string());
            page_with(StatusCode::CONFLICT, &EditPage::new(&visit, form, ground, true))
        }
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(&visit, form, ground, false))
        }
        Err(error) => Err(error.into()),
    }
}
