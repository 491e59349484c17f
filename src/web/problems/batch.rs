//! `/problems/batch`: one step for many problems: 整改完成, 核查销号, 计划时限, 监管责任人.

use super::list::asked;
use crate::base::Cells;
use crate::base::ability::Enter;
use crate::problems::{self, BatchStep, Completion, Verification};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Frame, Look, Posted, Visit, choices, page, page_with, picked_in};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "problems/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
    steps: Vec<Choice>,
    /// What would be done, once that is known.
    look: Option<Look>,
}

const STEPS: [(&str, &str); 4] =
    [("complete", "整改完成"), ("verify", "核查销号"), ("due", "计划完成时限"), ("supervisor", "监管责任人")];

fn shown(visit: &Visit, form: Form, ids: Vec<Uuid>, look: Option<Look>) -> BatchPage {
    BatchPage { frame: visit.frame("批量登记"), form, ids, steps: choices(STEPS), look }
}

/// The form over the ticked rows.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let (asked, filter) = asked(&visit)?;
    let ids = asked.picked(&mut visit, &filter).await?;
    let mut cells = visit.cells();
    cells.set("step", visit.asked("step").unwrap_or_default());
    page(&shown(&visit, visit.form(cells), ids, None))
}

fn read(cells: &mut Cells) -> Option<BatchStep> {
    match cells.raw("step").to_owned().as_str() {
        "complete" => Completion::read(cells, None).map(BatchStep::Complete),
        "verify" => Verification::read(cells, None).map(BatchStep::Verify),
        "due" => {
            let due = cells.date("due_on");
            if due.is_none() && cells.error("due_on").is_none() {
                cells.refuse("due_on", "请填写计划完成时限。");
            }
            due.map(BatchStep::Due)
        }
        "supervisor" => cells.required("supervisor", "请填写监管责任人。").map(BatchStep::Supervisor),
        _ => {
            cells.refuse("step", "请选择要登记的事项。");
            None
        }
    }
}

/// Takes the step with all that it fits.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let typed = posted.0.clone();
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if Look::reconsidered(&form) {
        return page(&shown(&visit, form, ids, None));
    }
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何问题，请返回列表勾选。");
    }
    let step = read(&mut form.cells);
    let (Some(step), true) = (step, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, ids, None));
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let batch = writing.open_batch(county, "批量登记整改", ids.len()).await?;
    let done = problems::step_many(&mut writing, &permit, &ids, &step).await?;
    let why = step.rule().1;
    if done == 0 || !Look::agreed(&form) {
        // A look: what was tried is let go.
        drop(writing);
        let act = STEPS.iter().find(|(code, _)| form.is("step", code)).map_or("", |(_, label)| label);
        let look = Look::of(act, (done, ids.len()), why, typed);
        return page(&shown(&visit, form, ids, Some(look)));
    }
    let skipped = ids.len() - done;
    let why = if skipped > 0 { format!("（{why}）") } else { String::new() };
    let flash = Flash::done(format!("已更新{done}条，跳过{skipped}条{why}。")).undoing(batch);
    visit.done(writing, &form, paths::PROBLEMS, flash).await
}
