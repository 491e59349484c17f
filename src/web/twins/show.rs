//! `/twins/{id}`: the two sides with what each has, and the city's word.

use crate::base::CITY;
use crate::base::ability::{Compare, ReadCity};
use crate::counties::Directory;
use crate::twins::{self, Pair, Side, Verdict};
use crate::vocabulary::TwinVerdict;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, page, page_with, words};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "twins/show.html")]
struct PairPage {
    frame: Frame,
    form: Form,
    pair: Pair,
    sides: Vec<Side>,
    names: Directory,
    verdicts: Vec<Choice>,
    may_decide: bool,
}

impl PairPage {
    fn text<'a>(&self, value: &'a Option<String>) -> &'a str {
        value.as_deref().unwrap_or("")
    }
}

async fn pair_of(visit: &mut Visit, id: Uuid) -> Result<Pair, Error> {
    let scope = visit.scope();
    twins::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, form: Form, pair: Pair) -> Result<PairPage, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let sides = twins::sides(visit.connection(), &scope, campaign, &pair).await?;
    Ok(PairPage {
        frame: visit.frame("跨县（区）重复登记"),
        form,
        sides,
        names: visit.app.directory.clone(),
        verdicts: words::<TwinVerdict>(),
        may_decide: visit.may::<Compare>(),
        pair,
    })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<ReadCity>()?;
    let pair = pair_of(&mut visit, id).await?;
    let mut cells = visit.cells();
    cells
        .set("verdict", pair.verdict.clone().unwrap_or_default())
        .set("reason", &*pair.reason)
        .set("version", pair.version.to_string());
    let form = visit.form(cells);
    page(&shown(&mut visit, form, pair).await?)
}

/// Says what it is.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Compare>()?;
    let mut form = visit.posted(posted);
    let pair = pair_of(&mut visit, id).await?;
    let Some(verdict) = Verdict::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, pair).await?);
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Compare>(CITY)?;
    twins::decide(&mut writing, &permit, &pair, &verdict).await?;
    visit.done(writing, &form, paths::TWINS, Flash::done(format!("已认定：{}。", verdict.verdict.label()))).await
}
