//! `/ledger/batch`: one act for many cases: 立案, 法规审核, 曝光, 结案, 移送市局办理; one click undoes it.

use super::list::asked;
use crate::base::Cells;
use crate::base::ability::{EnterCase, LegalReview};
use crate::counties;
use crate::ledger::{self, BatchStep, ExposureChanges};
use crate::vocabulary::ExposureMedia;
use crate::web::paths;
use crate::web::shell::{
    Answer, Choice, Error, Flash, Form, Frame, Look, Posted, Visit, choices, page, page_with, picked_in, words,
};
use askama::Template;
use axum::http::StatusCode;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/batch.html")]
struct BatchPage {
    frame: Frame,
    form: Form,
    ids: Vec<Uuid>,
    steps: Vec<Choice>,
    media: Vec<Choice>,
    /// What would be done, once that is known.
    look: Option<Look>,
}

async fn shown(visit: &mut Visit, form: Form, ids: Vec<Uuid>, look: Option<Look>) -> Result<BatchPage, Error> {
    let mut steps = vec![("file", "立案")];
    if visit.may::<LegalReview>() {
        steps.push(("review", "法规审核通过"));
    }
    steps.extend([("expose", "曝光"), ("close", "结案")]);
    if powerless(visit).await? {
        steps.push(("to_city", "移送市局办理"));
    }
    Ok(BatchPage {
        frame: visit.frame("批量登记案件"), form, ids, steps: choices(steps), media: words::<ExposureMedia>(), look
    })
}

/// Whether the person's body may not fine in its own name, so that its cases go to the city.
async fn powerless(visit: &mut Visit) -> Result<bool, Error> {
    let (county, today) = (visit.viewer.actor.county, visit.today());
    let body = counties::body_on(visit.connection(), county, today).await?;
    Ok(visit.viewer.actor.role.of_a_county() && body.is_some_and(|b| !b.may_punish))
}

/// The form over the ticked rows.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<EnterCase>()?;
    let (asked, filter) = asked(&visit)?;
    let ids = asked.picked(&mut visit, &filter).await?;
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form, ids, None).await?)
}

fn day(cells: &mut Cells, field: &str, label: &str) -> Option<NaiveDate> {
    let date = cells.date(field);
    if date.is_none() && cells.error(field).is_none() {
        cells.refuse(field, format!("请填写{label}。"));
    }
    cells.not_in_future(field, label, date);
    date
}

fn read(cells: &mut Cells) -> Option<BatchStep> {
    match cells.raw("step").to_owned().as_str() {
        "file" => day(cells, "case_filed_on", "立案日期").map(BatchStep::File),
        "close" => day(cells, "closed_on", "结案日期").map(BatchStep::Close),
        "review" => Some(BatchStep::Review),
        "to_city" => Some(BatchStep::HandToCity),
        "expose" => {
            let exposed_on = day(cells, "exposed_on", "曝光日期");
            let media = cells.choice("exposure_media", ExposureMedia::read);
            let outlet = cells.text("exposure_outlet");
            exposed_on.map(|_| BatchStep::Expose(ExposureChanges { exposed_on, media, outlet, version: 0 }))
        }
        _ => {
            cells.refuse("step", "请选择要登记的事项。");
            None
        }
    }
}

/// Takes the act with all that it fits, county by county.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<EnterCase>()?;
    let typed = posted.0.clone();
    let mut form = visit.posted(posted);
    let ids = picked_in(&form);
    if Look::reconsidered(&form) {
        return page(&shown(&mut visit, form, ids, None).await?);
    }
    if ids.is_empty() {
        form.cells.refuse("", "没有选中任何案件，请返回列表勾选。");
    }
    let step = read(&mut form.cells);
    let refused = match &step {
        Some(BatchStep::Review) => !visit.may::<LegalReview>(),
        Some(BatchStep::HandToCity) => !powerless(&mut visit).await?,
        _ => false,
    };
    if refused {
        return Err(Error::Forbidden);
    }
    let (Some(step), true) = (step, form.cells.clean()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, ids, None).await?);
    };
    let scope = visit.scope();
    let counties = ledger::by_county(visit.connection(), &scope, &ids).await?;
    let mut writing = visit.write(&form).await?;
    let batch = writing.open_batch(visit.viewer.actor.county, "批量登记案件", ids.len()).await?;
    let mut done = 0;
    for (county, ids) in &counties {
        let permit = writing.permit::<EnterCase>(*county)?;
        done += ledger::step_many(&mut writing, &permit, ids, &step).await?;
    }
    let why = format!("{}，或不由您单位录入", step.otherwise());
    if done == 0 || !Look::agreed(&form) {
        // A look: what was tried is let go.
        drop(writing);
        let mut page_shown = shown(&mut visit, form, ids, None).await?;
        let act = page_shown.steps.iter().find(|s| page_shown.form.is("step", &s.value)).map_or("", |s| &s.label);
        page_shown.look = Some(Look::of(act, (done, page_shown.ids.len()), &why, typed));
        return page(&page_shown);
    }
    let skipped = ids.len() - done;
    let why = if skipped > 0 { format!("（{why}）") } else { String::new() };
    let flash = Flash::done(format!("已更新{done}件，跳过{skipped}件{why}。")).undoing(batch);
    visit.done(writing, &form, paths::LEDGER, flash).await
}
