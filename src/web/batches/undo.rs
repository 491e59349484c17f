//! `/batches/{id}/undo`: one click takes a batch back. What was edited since stays, and is shown with a tick to take it back as
//! well.

use crate::base::ability::{EnterCase, Import};
use crate::history::PastBatch;
use crate::intake;
use crate::undo::{self, Chosen, Plan, Step};
use crate::web::paths;
use crate::web::shell::{
    Answer, Error, Flash, Form, Frame, Path, Posted, Visit, column_label, page, record_label, title_of, value_in_words,
};
use askama::Template;
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
    let back = back_to(&mut visit, id, &plan).await?;
    page(&UndoPage {
        frame: visit.frame("撤销"),
        form: visit.form(visit.cells()),
        title: batch.title,
        back,
        cells: plan.kept().flat_map(cells).collect(),
    })
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
    let done = undo::take_back(&mut writing, &plan).await?;
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
