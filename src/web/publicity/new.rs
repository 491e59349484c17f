//! `/publicity/new`: one more thing told to the public.

use super::edit::EntryPage;
use crate::base::ability::Publicise;
use crate::base::dates;
use crate::outreach::{self, PublicityChanges};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Posted, Visit, page, page_with};
use axum::http::StatusCode;

/// What 保存并录下一条 keeps.
const KEPT: [&str; 3] = ["channel", "on_date", "outlet"];

/// The form.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<Publicise>()?;
    let mut cells = visit.cells();
    cells.set("on_date", dates::short(visit.today()));
    for name in KEPT {
        if let Some(value) = visit.asked(name) {
            cells.set(name, value);
        }
    }
    let form = visit.form(cells);
    page(&EntryPage::of(&visit, form, None))
}

/// Records it for the viewer's own body.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Publicise>()?;
    let mut form = visit.posted(posted);
    let Some(new) = PublicityChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EntryPage::of(&visit, form, None));
    };
    let county = visit.viewer.actor.county;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Publicise>(county)?;
    let id = outreach::add(&mut writing, &permit, visit.campaign.id, &new).await?;
    if form.value("then") == "next" {
        let kept = KEPT.map(|name| (name, form.value(name)));
        let next = paths::with(paths::PUBLICITY_NEW, &kept);
        return visit.done(writing, &form, &next, Flash::done("宣传已登记，请录下一条。")).await;
    }
    visit.done(writing, &form, &paths::publicity(id), Flash::done("宣传已登记。")).await
}
