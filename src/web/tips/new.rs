//! `/tips/new`: a tip that came; the city says for which county.

use super::edit::TipPage;
use crate::base::ability::EnterTip;
use crate::base::{CITY, CountyId, dates};
use crate::history::WriteError;
use crate::tips::{self, TipChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Posted, Visit, page, page_with};
use axum::http::StatusCode;
use chrono::Days;

/// What 保存并录下一条 keeps.
const KEPT: [&str; 4] = ["source", "received_on", "due_on", "county"];

/// The form.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<EnterTip>()?;
    let (mut cells, today) = (visit.cells(), visit.today());
    cells.set("received_on", dates::short(today)).set("due_on", dates::short(today + Days::new(10)));
    if visit.viewer.actor.county == CITY {
        cells.set("assigned_on", dates::short(today));
    }
    for name in KEPT {
        if let Some(value) = visit.asked(name) {
            cells.set(name, value);
        }
    }
    let form = visit.form(cells);
    page(&TipPage::of(&visit, form, None))
}

/// Records it.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<EnterTip>()?;
    let mut form = visit.posted(posted);
    let own = visit.viewer.actor.county;
    let typed = CountyId::from_code(form.value("county")).filter(|c| *c != CITY && visit.viewer.scope.holds(*c));
    let county = if own == CITY { typed } else { Some(own) };
    if county.is_none() {
        form.cells.refuse("county", "请选择转办的县（区）。");
    }
    let new = TipChanges::read(&mut form.cells);
    let (Some(new), Some(county)) = (new, county) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &TipPage::of(&visit, form, None));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<EnterTip>(county)?;
    match tips::add(&mut writing, &permit, visit.campaign.id, &new).await {
        Ok(_) if form.value("then") == "next" => {
            let next = paths::with(paths::TIPS_NEW, &KEPT.map(|name| (name, form.value(name))));
            visit.done(writing, &form, &next, Flash::done("举报件已登记，请录下一条。")).await
        }
        Ok(id) => visit.done(writing, &form, &paths::tip(id), Flash::done("举报件已登记。")).await,
        Err(WriteError::Refused { field, text }) => {
            drop(writing);
            form.cells.refuse(field, text);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &TipPage::of(&visit, form, None))
        }
        Err(error) => Err(error.into()),
    }
}
