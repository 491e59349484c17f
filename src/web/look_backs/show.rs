//! `/look-backs/{id}`: one problem that was drawn: what was found there.

use crate::base::ability::Attach;
use crate::evidence::Owner;
use crate::history::WriteError;
use crate::look_backs::{self, LookBack, LookBackChanges, LookBackResult};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, EvidencePanel, Flash, Form, Frame, Path, Posted, Visit, choices, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "look_backs/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    drawn: LookBack,
    evidence: EvidencePanel,
    results: Vec<Choice>,
    may_enter: bool,
    /// A problem that came back is registered by the county.
    of_the_county: bool,
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<LookBack, Error> {
    let scope = visit.scope();
    look_backs::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, drawn: LookBack) -> Answer {
    let evidence = EvidencePanel::of(visit, Owner::LookBack, drawn.id, drawn.county_id).await?;
    let results = choices(LookBackResult::ALL.iter().map(|r| (r.code(), r.label())));
    let may_enter = visit.may_in::<Attach>(drawn.county_id);
    let of_the_county = visit.viewer.actor.role.of_a_county();
    page_with(status, &ShowPage { frame: visit.frame("回头看"), form, drawn, evidence, results, may_enter, of_the_county })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let drawn = found(&mut visit, id).await?;
    let form = visit.form(drawn.cells(visit.today()));
    shown(&mut visit, StatusCode::OK, form, drawn).await
}

/// Keeps what was found.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Attach>()?;
    let drawn = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = LookBackChanges::read(&mut form.cells, &drawn) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, drawn).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Attach>(drawn.county_id)?;
    match look_backs::outcome(&mut writing, &permit, id, &changes).await {
        Ok(()) => {
            let word = match changes.result {
                LookBackResult::Holds => "结果已登记。",
                _ => "结果已登记。请登记反弹的问题，原销号记录保留。",
            };
            visit.done(writing, &form, &paths::look_back(id), Flash::done(word)).await
        }
        Err(WriteError::Stale) => {
            drop(writing);
            form.cells.refuse("", "您打开此页之后，他人已登记结果。您填写的内容保留在表中，请打开新页核对后再保存。");
            shown(&mut visit, StatusCode::CONFLICT, form, drawn).await
        }
        Err(error) => Err(error.into()),
    }
}
