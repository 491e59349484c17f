//! `/batches/{id}/undo`: one click takes a batch back. What was edited since stays, and is shown with a tick to take it back as
//! well.

use crate::base::ability::{EnterCase, Import};
use crate::history::{PastBatch, WriteError};
use crate::intake;
use crate::undo::{self, Chosen, Plan, Step};
use crate::web::paths;
use crate::web::shell::{
    Answer, Error, Flash, Form, Frame, Path, Posted, Visit, column_label, page, page_with, record_label, title_of, value_in_words,
};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// One cell that stays.
struct Cell {
    /// The name of its tick; none where it cannot be taken back at all.
    name: Option<String>,
    record: &'static str,
    title: String,
    column: String,
    before: String,
    wrote: String,
    now: String,
}

#[derive(Template)]
#[template(path = "batches/undo.html")]
struct UndoPage {
    frame: Frame,
    form: Form,
    title: String,
    back: String,
    cells: Vec<Cell>,
    /// Whether it was taken back; else something moved meanwhile, and nothing was written.
    done: bool,
}

async fn find(visit: &mut Visit, id: Uuid, chosen: &Chosen) -> Result<(PastBatch, Plan), Error> {
    visit.insist::<EnterCase>()?;
    let (scope, actor) = (visit.scope(), visit.viewer.actor.clone());
    let (batch, plan) = undo::look(visit.connection(), &scope, &actor, id, chosen).await?.ok_or(Error::NotFound)?;
    if undo::allowed(&actor, &batch, &plan) { Ok((batch, plan)) } else { Err(Error::Forbidden) }
}

/// What stayed when the batch was taken back.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let (batch, plan) = find(&mut visit, id, &Chosen::new()).await?;
    if batch.undone_at.is_none() {
        return Err(Error::NotFound);
    }
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form, batch, &plan).await?)
}

async fn shown(visit: &mut Visit, form: Form, batch: PastBatch, plan: &Plan) -> Result<UndoPage, Error> {
    Ok(UndoPage {
        frame: visit.frame("撤销"),
        form,
        back: back_to(visit, batch.id, plan).await?,
        cells: plan.kept().flat_map(cells).collect(),
        done: batch.undone_at.is_some(),
        title: batch.title,
    })
}

/// The page after something moved between the look and the act: what would stay now, and the button once more.
async fn moved(mut visit: Visit, mut form: Form, id: Uuid) -> Answer {
    let (batch, plan) = find(&mut visit, id, &Chosen::new()).await?;
    form.cells.refuse("", "撤销期间他人有新的修改或登记，本次没有撤销任何内容。请核对后再撤销。");
    page_with(StatusCode::CONFLICT, &shown(&mut visit, form, batch, &plan).await?)
}

fn cells(step: &Step) -> Vec<Cell> {
    let cell = |kept: &undo::Kept| {
        let column = kept.column.as_str();
        let words = |value| value_in_words(&step.record, column, value);
        let whole = column.is_empty();
        let label =
            if whole { "整条记录".to_owned() } else { column_label(&step.record, column).unwrap_or(column).to_owned() };
        Cell {
            name: (!kept.needed).then(|| format!("u.{}.{column}", step.id)),
            record: record_label(&step.record),
            title: title_of(&step.now),
            column: label,
            before: match (whole, &step.to) {
                (true, None) => "（本次批量新增）".to_owned(),
                _ => words(&kept.before),
            },
            wrote: if whole { String::new() } else { words(&kept.wrote) },
            now: if whole { "此后又有修改，或其下已有其他记录".to_owned() } else { words(&kept.now) },
        }
    };
    step.kept.iter().map(cell).collect()
}

/// Takes the batch back; a second time, only with what is ticked.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let ticked = posted.0.iter().filter_map(|(name, _)| name.strip_prefix("u.")?.split_once('.'));
    let chosen: Chosen = ticked.filter_map(|(id, column)| Some((id.parse().ok()?, column.to_owned()))).collect();
    let (batch, plan) = find(&mut visit, id, &chosen).await?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let first = writing.close_batch(batch.county_id, id).await?;
    if !first && chosen.is_empty() {
        return Err(Error::Conflict("这次批量操作已经撤销过了。".into()));
    }
    let done = match undo::take_back(&mut writing, &plan).await {
        Ok(done) => done,
        Err(WriteError::Stale) => {
            drop(writing);
            return moved(visit, form, id).await;
        }
        Err(error) => return Err(error.into()),
    };
    let kept = plan.kept().count();
    if kept == 0 {
        let back = back_to(&mut visit, id, &plan).await?;
        return visit.done(writing, &form, &back, Flash::done(format!("已撤销{done}条。"))).await;
    }
    let text = format!("已撤销{done}条；{kept}条此后又有修改，保持不变。");
    visit.done(writing, &form, &paths::undo(id), Flash::done(text)).await
}

/// Back to the import that made the batch, else to the list of what it changed.
async fn back_to(visit: &mut Visit, id: Uuid, plan: &Plan) -> Result<String, Error> {
    let scope = visit.scope();
    if let Some(upload) = intake::of_batch(visit.connection(), &scope, id).await?.filter(|_| visit.may::<Import>()) {
        return Ok(paths::import(upload));
    }
    let list = match plan.steps.first().map(|step| step.record.as_str()) {
        Some("problems") => paths::PROBLEMS,
        Some("cases" | "measures") => paths::LEDGER,
        _ => paths::UNITS,
    };
    Ok(list.to_owned())
}
