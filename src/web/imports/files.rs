//! Files around an import: the template to fill in, and the refused rows to mend.

use super::find;
use crate::base::ability::Import;
use crate::history::{Action, Entry, Writing};
use crate::intake;
use crate::intake::{Outcome, Which};
use crate::platform::sheet::{List, XLSX, workbook};
use crate::web::shell::{Answer, Error, Path, Visit};
use axum::http::header;
use axum::response::IntoResponse;
use uuid::Uuid;

/// `/units/import/template.xlsx`
pub async fn template(visit: Visit) -> Answer {
    visit.insist::<Import>()?;
    let list = List { sheet: "单位名单".to_owned(), headings: intake::template(), ..List::default() };
    file(&[list], "单位名单模板")
}

/// `/imports/{id}/refused.xlsx`: it holds phones, so the history says who took it.
pub async fn refused(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Import>()?;
    let upload = find(&mut visit, id).await?;
    let which = Which::Of(Outcome::Rejected);
    let rejected = intake::lines(visit.connection(), (upload.county, id), which, -1, i64::from(i32::MAX)).await?;
    let lists = intake::refused(upload.kind, &upload.about, &rejected);
    let (app, scope, actor) = (visit.app.clone(), visit.scope(), visit.viewer.actor.clone());
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let note = format!("{}：未导入的{}行", upload.file_name, rejected.len());
    writing.record(upload.county, Entry::event(Action::Disclosed, "uploads", id, note)).await?;
    writing.commit().await?;
    file(&lists, "未导入的行")
}

fn file(lists: &[List], name: &str) -> Answer {
    let bytes = workbook(lists).map_err(|e| Error::Internal(e.into()))?;
    let encoded = serde_urlencoded::to_string([("", name)]).unwrap_or_default();
    let disposition = format!("attachment; filename=\"list.xlsx\"; filename*=UTF-8''{}.xlsx", encoded.trim_start_matches('='));
    Ok(([(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
