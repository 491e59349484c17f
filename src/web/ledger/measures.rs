//! `/ledger/{id}/measures/…`: one measure of a case. The form asks only what its kind has.

use super::clash;
use super::form::load_mine;
use crate::history::WriteError;
use crate::ledger::{self, CaseFile, Grounds, MEASURE_LABELS, Measure, MeasureChanges};
use crate::vocabulary::{MeasureKind, PoliceOutcome, TransferBasis};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/measure.html")]
struct MeasurePage {
    frame: Frame,
    form: Form,
    file: CaseFile,
    measure: Option<Uuid>,
    kinds: Vec<Choice>,
    bases: Vec<Choice>,
    outcomes: Vec<Choice>,
}

impl MeasurePage {
    fn of(visit: &Visit, form: Form, file: CaseFile, measure: Option<Uuid>) -> Self {
        Self {
            frame: visit.frame(if measure.is_some() { "编辑措施" } else { "登记措施" }),
            form,
            file,
            measure,
            kinds: choices(MeasureKind::ALL.iter().map(|k| (k.code(), k.label()))),
            bases: choices(TransferBasis::ALL.iter().map(|b| (b.code(), b.label()))),
            outcomes: choices(PoliceOutcome::ALL.iter().map(|o| (o.code(), o.label()))),
        }
    }

    /// The condition under which a field is shown.
    fn when(&self, field: &str) -> String {
        format!("kind={}", ledger::kinds_with(field))
    }

    /// Each kind with the law it rests on.
    fn bases_in_law(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        MeasureKind::ALL.iter().map(|k| (k.code(), k.basis()))
    }

    fn action(&self) -> String {
        match self.measure {
            Some(id) => paths::measure_edit(self.file.case.id, id),
            None => paths::measure_new(self.file.case.id, ""),
        }
    }
}

/// The form of a new measure; `kind` in the query is chosen, the fine and the order of the case are proposed.
pub async fn new(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let mut cells = visit.cells();
    cells.set("kind", visit.asked("kind").and_then(MeasureKind::read).map_or("", MeasureKind::code));
    cells.set("original_fine", file.case.fine().map(|f| f.to_wan()).unwrap_or_default());
    let form = visit.form(cells);
    page(&MeasurePage::of(&visit, form, file, None))
}

/// Adds it.
pub async fn add(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let Some(typed) = read(&visit, &mut form, &file) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &MeasurePage::of(&visit, form, file, None));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    ledger::add_measure(&mut writing, &permit, &file.case, &typed).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done(format!("已登记{}。", typed.kind.label()))).await
}

/// The form of a measure.
pub async fn edit(mut visit: Visit, Path((id, measure)): Path<(Uuid, Uuid)>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let cells = find(&file, measure)?.cells(visit.today());
    let form = visit.form(cells);
    page(&MeasurePage::of(&visit, form, file, Some(measure)))
}

/// Saves it.
pub async fn change(mut visit: Visit, Path((id, measure)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    find(&file, measure)?;
    let Some(typed) = read(&visit, &mut form, &file) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &MeasurePage::of(&visit, form, file, Some(measure)));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    match ledger::change_measure(&mut writing, &permit, &file.case, measure, &typed).await {
        Ok(()) => visit.done(writing, &form, &paths::case(id), Flash::done(format!("{}已保存。", typed.kind.label()))).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let file = load_mine(&mut visit, id).await?;
            let theirs = find(&file, measure)?.cells(visit.today());
            clash::settle::<Measure>(&mut visit, &mut form, measure, &theirs, MEASURE_LABELS, Measure::cells).await?;
            page_with(StatusCode::CONFLICT, &MeasurePage::of(&visit, form, file, Some(measure)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a measure out of the count: entered by mistake.
pub async fn remove(mut visit: Visit, Path((id, measure)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let label = find(&file, measure)?.kind_label();
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    ledger::remove_measure(&mut writing, &permit, &file.case, measure).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done(format!("{label}已撤除，不再计入件数；操作日志留有原内容。"))).await
}

fn find(file: &CaseFile, measure: Uuid) -> Result<&Measure, Error> {
    file.measures.iter().find(|m| m.id == measure).ok_or(Error::NotFound)
}

fn read(visit: &Visit, form: &mut Form, file: &CaseFile) -> Option<MeasureChanges> {
    let grounds = Grounds::of(&visit.viewer.actor, &file.problems);
    MeasureChanges::read(&mut form.cells, grounds.found_on, &grounds.usual_fine)
}
