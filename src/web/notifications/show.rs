//! `/notifications/{id}`: one notification: its facts, and its proof.

use super::fields::{LABELS, channels};
use crate::base::ability::Enter;
use crate::evidence::Owner;
use crate::history::WriteError;
use crate::notifications::{self, Notification, NotificationChanges};
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, EvidencePanel, Flash, Form, Frame, Path, Posted, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "notifications/show.html")]
struct NotificationPage {
    frame: Frame,
    form: Form,
    notification: Notification,
    unit: Unit,
    evidence: EvidencePanel,
    channels: Vec<Choice>,
    may_enter: bool,
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<Notification, Error> {
    let scope = visit.scope();
    notifications::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, notification: Notification) -> Answer {
    let unit = visit.unit(notification.unit_id).await?;
    let evidence = EvidencePanel::of(visit, Owner::Notification, notification.id, notification.county_id).await?;
    let may_enter = visit.may_in::<Enter>(notification.county_id);
    let frame = visit.frame("告知");
    page_with(status, &NotificationPage { frame, form, notification, unit, evidence, channels: channels(), may_enter })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let notification = found(&mut visit, id).await?;
    let form = visit.form(notification.cells(visit.today()));
    shown(&mut visit, StatusCode::OK, form, notification).await
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let notification = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = NotificationChanges::read(&mut form.cells) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, notification).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(notification.county_id)?;
    match notifications::change(&mut writing, &permit, id, &changes).await {
        Ok(()) if changes.removed => {
            let back = paths::unit(notification.unit_id);
            visit.done(writing, &form, &back, Flash::done("该条告知已撤除，不再计数。")).await
        }
        Ok(()) => visit.done(writing, &form, &paths::notification(id), Flash::done("已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let status = form.beaten(&mut visit, (id, changes.version), &notification, Notification::cells, &LABELS).await?;
            shown(&mut visit, status, form, notification).await
        }
        Err(error) => Err(error.into()),
    }
}
