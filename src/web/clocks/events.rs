//! `/ledger/{id}/events/…`: what starts, stops or pauses a clock of a case (办案进程), and 法规审核 of a letter of transfer.

use crate::base::ability::{EnterCase, LegalReview};
use crate::clocks::{self, EventChanges, Subject};
use crate::ledger::{self, CaseFile};
use crate::vocabulary::CaseEvent;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "clocks/event.html")]
struct EventPage {
    frame: Frame,
    form: Form,
    file: CaseFile,
    subjects: Vec<Choice>,
}

impl EventPage {
    fn of(visit: &Visit, form: Form, file: CaseFile) -> Self {
        let subjects = choices(Subject::all(&file).into_iter().map(|(subject, words)| (subject.code(), words)));
        Self { frame: visit.frame("登记办案进程"), form, file, subjects }
    }

    /// The choices that last, as the condition of `data-when`.
    fn lasting(&self) -> String {
        let lasts = |value: &str| CaseEvent::from_code(value.split('.').next().unwrap_or_default()).is_some_and(CaseEvent::lasts);
        let codes: Vec<&str> = self.subjects.iter().map(|c| c.value.as_str()).filter(|v| lasts(v)).collect();
        format!("what={}", codes.join("|"))
    }
}

/// The case, which the person may edit: else 403; somebody else's 404.
async fn load_mine(visit: &mut Visit, id: Uuid) -> Result<CaseFile, Error> {
    visit.insist::<EnterCase>()?;
    let scope = visit.scope();
    let file = ledger::open(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    if file.case.editable_by(&visit.viewer.actor) { Ok(file) } else { Err(Error::Forbidden) }
}

/// The form; `what` in the query is chosen.
pub async fn new(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load_mine(&mut visit, id).await?;
    let mut cells = visit.cells();
    cells.set("what", visit.asked("what").unwrap_or_default());
    let form = visit.form(cells);
    page(&EventPage::of(&visit, form, file))
}

/// Records it.
pub async fn add(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let Some(typed) = EventChanges::read(&mut form.cells, &file) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EventPage::of(&visit, form, file));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    clocks::add(&mut writing, &permit, &file.case, &typed).await?;
    let flash = Flash::done(format!("已登记：{}，{}。", typed.subject.kind.label(), typed.happened_on));
    visit.done(writing, &form, &paths::case(id), flash).await
}

/// Takes an event entered by mistake out of the count.
pub async fn remove(mut visit: Visit, Path((id, event)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let file = load_mine(&mut visit, id).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    clocks::remove(&mut writing, &permit, &file.case, event).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done("进程已撤除，期限已重新计算；操作日志留有原内容。")).await
}

/// 法规审核 of the letter of a transfer.
pub async fn review_letter(mut visit: Visit, Path((id, measure)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    visit.insist::<LegalReview>()?;
    let scope = visit.scope();
    let file = ledger::open(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let measure = file.measures.iter().find(|m| m.id == measure).ok_or(Error::NotFound)?;
    visit.insist_in::<LegalReview>(file.case.county_id)?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit(file.case.county_id)?;
    clocks::review_letter(&mut writing, &permit, &file.case, measure).await?;
    visit.done(writing, &form, &paths::case(id), Flash::done("移送函已登记法规审核。")).await
}
