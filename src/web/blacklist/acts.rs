//! The acts on an entry, each a post of its own. What is wrong comes back on the entry's page.

use super::show::{ShowPage, load};
use crate::base::ability::{LegalReview, Review};
use crate::blacklist::{self, Decision, Entry, Notice, Objection};
use crate::calendar;
use crate::history::WriteError;
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Path, Posted, Visit, page_with};
use axum::http::StatusCode;
use uuid::Uuid;

async fn again(visit: &mut Visit, form: Form, entry: Entry) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage::of(visit, form, entry).await?)
}

/// Somebody was quicker: the entry as it stands, with what was typed.
async fn beaten(visit: &mut Visit, mut form: Form, id: Uuid) -> Answer {
    form.cells.refuse("", "您打开此页之后，该记录已被他人修改，未覆盖对方。请核对下列情况后再保存。");
    let entry = load(visit, id).await?;
    page_with(StatusCode::CONFLICT, &ShowPage::of(visit, form, entry).await?)
}

/// The entry and the version of it that the person saw.
fn seen(form: &Form, id: Uuid) -> (Uuid, i32) {
    (id, form.value("version").parse().unwrap_or(0))
}

/// Ends an act: on to the entry, or back with the sentence at its field.
macro_rules! settle {
    ($visit:ident, $writing:ident, $form:ident, $entry:ident, $done:expr, $said:expr) => {
        match $done {
            Ok(()) => $visit.done($writing, &$form, &paths::blacklisting($entry.id), Flash::done($said)).await,
            Err(WriteError::Refused { field, text }) => {
                drop($writing);
                $form.cells.refuse(field, text);
                again(&mut $visit, $form, $entry).await
            }
            Err(WriteError::Stale) => {
                drop($writing);
                beaten(&mut $visit, $form, $entry.id).await
            }
            Err(error) => Err(error.into()),
        }
    };
}

/// The notice was served.
pub async fn notice(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let entry = load(&mut visit, id).await?;
    let calendar = calendar::load(visit.connection()).await?;
    let Some(new) = Notice::read(&mut form.cells, &calendar, entry.proposed_on) else {
        return again(&mut visit, form, entry).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(entry.county_id)?;
    let done = blacklist::notice(&mut writing, &permit, seen(&form, id), &new).await;
    settle!(visit, writing, form, entry, done, format!("已登记送达，异议期至{}。", new.until))
}

/// The unit objected.
pub async fn objection(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let entry = load(&mut visit, id).await?;
    let Some(new) = Objection::read(&mut form.cells, &entry) else { return again(&mut visit, form, entry).await };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(entry.county_id)?;
    let done = blacklist::object(&mut writing, &permit, seen(&form, id), &new).await;
    settle!(visit, writing, form, entry, done, "异议已登记。")
}

/// 法规审核.
pub async fn review(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<LegalReview>()?;
    let mut form = visit.posted(posted);
    let entry = load(&mut visit, id).await?;
    visit.insist_in::<LegalReview>(entry.county_id)?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(entry.county_id)?;
    let done = blacklist::review(&mut writing, &permit, seen(&form, id)).await;
    settle!(visit, writing, form, entry, done, "已登记法规审核。")
}

/// 决定列入.
pub async fn decide(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let entry = load(&mut visit, id).await?;
    let Some(new) = Decision::read(&mut form.cells) else { return again(&mut visit, form, entry).await };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(entry.county_id)?;
    let done = blacklist::decide(&mut writing, &permit, id, &new).await;
    settle!(visit, writing, form, entry, done, "已决定列入名单。")
}

/// Takes it back.
pub async fn withdraw(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let entry = load(&mut visit, id).await?;
    let Some(reason) = form.cells.required("reason", "请写明撤销原因。") else {
        return again(&mut visit, form, entry).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(entry.county_id)?;
    let done = blacklist::withdraw(&mut writing, &permit, id, &reason).await;
    settle!(visit, writing, form, entry, done, "已撤销，记录和原因保留。")
}
