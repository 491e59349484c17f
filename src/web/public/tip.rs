//! `/public/tip`: anyone may report, where the setting allows it; nobody must say who they are. Throttled per address.

use crate::base::CountyId;
use crate::base::ability::EnterTip;
use crate::tips::{self, FromOutside};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Flash, Form, Guest, Plain, Posted, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;

/// Reports an hour from one address.
const MOST: i32 = 10;

#[derive(Template)]
#[template(path = "public/tip.html")]
struct TipPage {
    plain: Plain,
    form: Form,
    counties: Vec<Choice>,
    flash: Option<Flash>,
}

fn shown(guest: &Guest, form: Form) -> TipPage {
    TipPage {
        plain: guest.plain("网上举报"),
        form,
        counties: choices(guest.app.directory.counties().map(|c| (c.id.to_string(), c.name.clone()))),
        flash: guest.flash.clone(),
    }
}

/// The form.
pub async fn get(guest: Guest) -> Answer {
    let form = guest.form(guest.cells());
    page(&shown(&guest, form))
}

/// Takes the report: a tip 网上 of the county chosen.
pub async fn post(mut guest: Guest, posted: Posted) -> Answer {
    let mut form = guest.posted(posted);
    let county = CountyId::from_code(form.value("county")).filter(|c| guest.app.directory.counties().any(|k| k.id == *c));
    if county.is_none() {
        form.cells.refuse("county", "请选择排污地点所在的县（区）。");
    }
    let report = FromOutside::read(&mut form.cells);
    let (Some(report), Some(county)) = (report, county) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&guest, form));
    };
    guest.counted("tip", MOST).await?;
    let mut writing = guest.write(&form, county, "群众").await?;
    let permit = writing.permit::<EnterTip>(county)?;
    let number = tips::from_outside(&mut writing, &permit, guest.campaign.id, &report).await?;
    let flash = Flash::done(format!("举报已收到，编号{number}。请记下编号，可凭编号向受理县（区）的举报电话查询。"));
    guest.done(writing, &form, paths::PUBLIC_TIP, flash).await
}
