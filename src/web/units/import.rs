//! `/units/import`: a list of units comes in as a file. What is read waits for 确认 on its preview; nothing is written before.

use super::{import_files, import_preview, incoming};
use crate::base::ability::Import;
use crate::intake::{self, Lines, Terms};
use crate::platform::sheet;
use crate::web::paths;
use crate::web::shell::{Answer, App, Flash, Form, Frame, Visit, page, page_with};
use askama::Template;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::{Router, routing};

/// The routes of a list that comes in. A file is counted while it comes, under its own limit.
pub fn router() -> Router<App> {
    Router::new()
        .route("/units/import", routing::get(get).post(post).layer(DefaultBodyLimit::disable()))
        .route("/units/import/template.xlsx", routing::get(import_files::template))
        .route("/units/import/{id}", routing::get(import_preview::get))
        .route("/units/import/{id}/confirm", routing::post(import_preview::confirm))
        .route("/units/import/{id}/refused.xlsx", routing::get(import_files::refused))
}

#[derive(Template)]
#[template(path = "units/import.html")]
struct ImportPage {
    frame: Frame,
    form: Form,
    hint: String,
}

fn shown(visit: &Visit, form: Form) -> ImportPage {
    let hint = format!("Excel 工作簿(*.xlsx)或 UTF-8 编码的 CSV，不超过{}MB。", visit.app.config.import.max_mb);
    ImportPage { frame: visit.frame("导入单位名单"), form, hint }
}

/// The form, with what to know about lists.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<Import>()?;
    page(&shown(&visit, visit.form(visit.cells())))
}

/// Takes a file, reads it and lays it down with its preview. The visit's connection is given back while the file comes in
/// and while it is read: a slow line must not hold one.
pub async fn post(State(app): State<App>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    Visit::from_request_parts(&mut parts, &app).await?.insist::<Import>()?;
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body)).await?;
    let read = match came.file {
        Some(file) => match sheet::rows(&app.program, file).await {
            Ok(rows) => Lines::take(rows).await,
            Err(error) => Err(error),
        },
        None => Err(sheet::Unreadable("请选择要导入的名单文件。".to_owned())),
    };
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    let mut form = Form::new(visit.cells(), came.token);
    let lines = match read {
        Ok(lines) => lines,
        Err(error) => {
            form.cells.refuse("file", error.to_string());
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form));
        }
    };
    let (scope, county) = (visit.scope(), visit.viewer.actor.county);
    let terms = Terms { directory: &app.directory, county: Some(county), today: visit.today() };
    let preview = intake::look(visit.connection(), &scope, &lines, &terms).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Import>(county)?;
    let id = intake::lay_down(&mut writing, &permit, &came.name, &lines, &preview).await?;
    visit.done(writing, &form, &paths::unit_import(id), Flash::done(format!("已读取{}行。", preview.read))).await
}
