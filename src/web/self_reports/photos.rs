//! Photographs that a unit adds to what it reported.

use super::outside::{MOST_AN_HOUR, through};
use crate::attachments;
use crate::base::Scope;
use crate::base::ability::ReportItself;
use crate::evidence::{self, Owner};
use crate::self_reports::{self, Link};
use crate::web::paths;
use crate::web::shell::{Answer, App, Error, Flash, Form, Guest, Path, incoming};
use axum::extract::{FromRequestParts, Request, State};
use uuid::Uuid;

/// The link that a token opens, if the report is its own and still waits to be taken over.
async fn waiting(guest: &mut Guest, token: &str, report: Uuid) -> Result<Link, Error> {
    let link = through(guest, token).await?;
    let scope = Scope::county(link.county_id);
    let own = self_reports::of_link(guest.connection(), &scope, &link).await?;
    if own.iter().any(|r| r.id == report && r.waits()) { Ok(link) } else { Err(Error::NotFound) }
}

/// Lays them beside the report.
pub async fn post(State(app): State<App>, Path((token, report)): Path<(String, Uuid)>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let mut guest = Guest::from_request_parts(&mut parts, &app).await?;
    guest.counted("unit link", MOST_AN_HOUR).await?;
    let link = waiting(&mut guest, &token, report).await?;
    // The connection goes back while the photographs come, however slowly, and while they are drawn anew.
    drop(guest);
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), super::MOST_BYTES).await?;
    let back = paths::public_unit(&token);
    if came.files.is_empty() {
        return Ok(Flash::warn("请选择照片。").and_see(&back));
    }
    let files = match incoming::stored(&app, link.county_id, came.files).await? {
        Ok(files) => files,
        Err(why) => return Ok(Flash::warn(format!("{why}本次没有保存任何照片。")).and_see(&back)),
    };
    let mut guest = Guest::from_request_parts(&mut parts, &app).await?;
    let link = waiting(&mut guest, &token, report).await?;
    let form = Form::new(guest.cells(), came.token);
    let count = files.len();
    let mut writing = guest.write(&form, link.county_id, "企业自报").await?;
    let permit = writing.permit::<ReportItself>(link.county_id)?;
    for (name, laid) in files {
        let stored = attachments::add(&mut writing, &permit, &name, laid).await?;
        evidence::add(&mut writing, &permit, Owner::SelfReport, report, stored, None).await?;
    }
    guest.done(writing, &form, &back, Flash::done(format!("已添加{count}张照片。"))).await
}
