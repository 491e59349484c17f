//! Photographs that a unit adds to what it reported.

use super::outside::{MOST_AN_HOUR, through};
use crate::attachments::{self, Folder};
use crate::base::ability::ReportItself;
use crate::evidence::{self, Owner};
use crate::history::WriteError;
use crate::self_reports;
use crate::web::paths;
use crate::web::shell::{Answer, App, Error, Flash, Form, Guest, Path, incoming};
use axum::extract::{FromRequestParts, Request, State};
use uuid::Uuid;

/// Lays them beside the report.
pub async fn post(State(app): State<App>, Path((token, report)): Path<(String, Uuid)>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let mut guest = Guest::from_request_parts(&mut parts, &app).await?;
    guest.counted("unit link", MOST_AN_HOUR).await?;
    through(&mut guest, &token).await?;
    // The connection goes back while the photographs come, however slowly.
    drop(guest);
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), super::MOST_BYTES).await?;
    let mut guest = Guest::from_request_parts(&mut parts, &app).await?;
    let link = through(&mut guest, &token).await?;
    let scope = crate::base::Scope::county(link.county_id);
    let own = self_reports::of_link(guest.connection(), &scope, &link).await?;
    let report = own.into_iter().find(|r| r.id == report && r.waits()).ok_or(Error::NotFound)?;
    let back = paths::public_unit(&token);
    if came.files.is_empty() {
        return Ok(Flash::warn("请选择照片。").and_see(&back));
    }
    let form = Form::new(guest.cells(), came.token);
    let (count, folder) = (came.files.len(), Folder::within(&app.config.data_dir()));
    let mut writing = guest.write(&form, link.county_id, "企业自报").await?;
    let permit = writing.permit::<ReportItself>(link.county_id)?;
    for file in came.files {
        let name = file.name.clone();
        let stored = match attachments::add(&mut writing, &permit, &folder, &name, file.bytes()?).await {
            Ok(stored) => stored,
            Err(WriteError::Refused { text, .. }) => {
                return Ok(Flash::warn(format!("{name}：{text}本次没有保存任何照片。")).and_see(&back));
            }
            Err(error) => return Err(error.into()),
        };
        evidence::add(&mut writing, &permit, Owner::SelfReport, report.id, stored, None).await?;
    }
    guest.done(writing, &form, &back, Flash::done(format!("已添加{count}张照片。"))).await
}
