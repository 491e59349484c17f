//! `/batches/{id}`: what a batch did, row by row. What the city entered for a county (代录) is confirmed here, or taken back.

use crate::base::ability::{Enter, EnterCase};
use crate::base::dates;
use crate::history::{self, Past, PastBatch};
use crate::web::paths;
use crate::web::shell::{
    Answer, ChangeLine, Error, Flash, Form, Frame, Path, Posted, Visit, lines, page, record_label, title_of,
};
use askama::Template;
use uuid::Uuid;

/// Rows that are shown; a large import is read on the lists.
const SHOWN: usize = 300;

/// A row of the batch.
struct Row {
    record: &'static str,
    title: String,
    action: &'static str,
    history: String,
    changes: Vec<ChangeLine>,
}

#[derive(Template)]
#[template(path = "batches/show.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    batch: PastBatch,
    made: String,
    by: String,
    /// Who took it back, and when.
    undone: Option<String>,
    rows: Vec<Row>,
    more: usize,
    /// Where the county confirms what the city entered for it.
    confirm: Option<String>,
    undo: Option<String>,
}

fn row(past: &Past) -> Row {
    Row {
        record: record_label(&past.record),
        title: title_of(past),
        action: past.action_label(),
        history: paths::history(past.record_id),
        changes: lines(past),
    }
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<EnterCase>()?;
    let scope = visit.scope();
    let batch = history::batch(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let mut rows = history::batch_rows(visit.connection(), &scope, id).await?;
    rows.retain(|row| row.record != "case_problems");
    let made = batch.done_at().with_timezone(&dates::beijing()).format("%Y-%m-%d %H:%M").to_string();
    let confirm = (batch.waits() && visit.may_in::<Enter>(batch.county_id)).then(|| paths::batch_confirm(id));
    page(&BatchPage {
        frame: visit.frame(batch.title.clone()),
        form: visit.form(visit.cells()),
        made,
        by: rows.first().map(|r| r.actor_name.clone()).unwrap_or_default(),
        more: rows.len().saturating_sub(SHOWN),
        rows: rows.iter().rev().take(SHOWN).map(row).collect(),
        confirm,
        undone: batch.undone().map(|(by, at)| format!("{by}已于{}撤销", dates::minute(at))),
        undo: batch.undone_at.is_none().then(|| paths::undo(id)),
        batch,
    })
}

/// The county says that what the city entered for it is right.
pub async fn confirm(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let scope = visit.scope();
    let batch = history::batch(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    visit.insist_in::<Enter>(batch.county_id)?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    if !writing.confirm_batch(&batch).await? {
        return Err(Error::Conflict("该批内容已确认或已撤销。".to_owned()));
    }
    visit.done(writing, &form, paths::IMPORTS, Flash::done("已确认市局代录的内容。")).await
}
