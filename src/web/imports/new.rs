//! `/units/import`, `/annexes/1/import`, `/annexes/2/import`: a table comes in as a file or as a pasted block. What is read waits
//! for 确认 on its preview; nothing is written before.

use crate::base::CITY;
use crate::base::ability::Import;
use crate::intake::{self, Kind, State as Stage, Upload};
use crate::platform::sheet;
use crate::web::paths;
use crate::web::shell::incoming::{self, Came};
use crate::web::shell::{Answer, App, Error, Flash, Form, Frame, Visit, page, page_with};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use std::fs::File;
use std::time::Duration;
use uuid::Uuid;

/// How long a person waits for a small file before the progress page is shown.
pub const PATIENCE: Duration = Duration::from_secs(8);

#[derive(Template)]
#[template(path = "imports/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    kind: Kind,
    action: &'static str,
    back: &'static str,
    hint: String,
}

fn shown(visit: &Visit, form: Form, kind: Kind) -> NewPage {
    let most = visit.app.config.import.max_mb;
    NewPage {
        frame: visit.frame(format!("导入{}", kind.label())),
        form,
        kind,
        action: paths::import_of(kind.code()),
        back: if kind == Kind::Units { paths::UNITS } else { paths::annex_of(kind.code()) },
        hint: format!("Excel、WPS 表格（.xlsx、.xls、.ods、.et 另存）或 CSV，不超过{most}MB。"),
    }
}

/// The form, with what to know about tables.
pub async fn get(visit: Visit, kind: Kind) -> Answer {
    visit.insist::<Import>()?;
    let form = visit.form(visit.cells());
    page(&shown(&visit, form, kind))
}

/// Takes files, reads them and lays them down with their previews. The visit's connection is given back while files come in and
/// while they are read: a slow line must not hold one.
pub async fn post(State(app): State<App>, request: Request, kind: Option<Kind>) -> Answer {
    let (mut parts, body) = request.into_parts();
    Visit::from_request_parts(&mut parts, &app).await?.insist::<Import>()?;
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), app.config.import.max_mb * 1024 * 1024).await?;
    let mut files = Vec::new();
    let mut refused = None;
    for Came { name, file, pasted } in came.files {
        match recognised(&app, kind.or_else(|| Kind::from_code(&came.kind)), file).await {
            Ok((kind, file)) => files.push((kind, Came { name, file, pasted })),
            Err(error) => refused = Some((name, error)),
        }
    }
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    let mut form = Form::new(visit.cells(), came.token);
    let several = kind.is_none();
    let sentence = match &refused {
        Some((name, error)) if several => Some(format!("“{name}”：{error}")),
        Some((_, error)) => Some(error.to_string()),
        None if files.is_empty() => Some("请选择要导入的文件。".to_owned()),
        None => None,
    };
    if let Some(sentence) = sentence {
        form.cells.refuse("file", sentence);
        return refuse(&mut visit, form, kind).await;
    }
    let mut writing = visit.write(&form).await?;
    let mut jobs = Vec::new();
    for (kind, came) in files {
        let county = whose(&visit, &came.name);
        let permit = writing.permit::<Import>(county)?;
        let id = intake::lay_down(&mut writing, &permit, visit.campaign.id, kind, &came.name).await?;
        jobs.push((id, came));
    }
    let location = match jobs.as_slice() {
        [(id, _)] if !several => paths::import(*id),
        _ => paths::IMPORTS.to_owned(),
    };
    visit.keep(writing, &form, &location).await?;
    let ids: Vec<Uuid> = jobs.iter().map(|(id, _)| *id).collect();
    begin(&mut visit, &app, jobs).await?;
    drop(visit);
    ended(&app, &mut parts, kind, &ids, &location).await
}

/// What a file lists: as the form says, else as its head tells. The file is at its start afterwards.
async fn recognised(app: &App, kind: Option<Kind>, file: File) -> Result<(Kind, File), sheet::Unreadable> {
    match kind {
        Some(kind) => Ok((kind, file)),
        None => {
            let again = file.try_clone().map_err(|_| sheet::Unreadable("暂时无法读取文件，请稍后重试。".to_owned()))?;
            Ok((intake::recognise(sheet::rows(&app.program, file).await?).await?, again))
        }
    }
}

/// The county that a file is for: the clerk's own; for the city the one that its name tells, else the file's lines say.
fn whose(visit: &Visit, name: &str) -> crate::base::CountyId {
    let actor = &visit.viewer.actor;
    if actor.role.of_a_county() {
        return actor.county;
    }
    let mut named = visit.app.directory.counties().filter(|c| c.id != CITY && name.contains(&c.name)).map(|c| c.id);
    named.next().filter(|_| named.next().is_none()).unwrap_or(CITY)
}

/// Begins to read the files, each in a task of its own, and waits a little.
async fn begin(visit: &mut Visit, app: &App, jobs: Vec<(Uuid, Came)>) -> Result<(), Error> {
    let mut tasks = Vec::new();
    for (id, Came { file, pasted, .. }) in jobs {
        let upload = super::find(visit, id).await?;
        let (kind, county) = (upload.kind, upload.county);
        let scope = visit.scope();
        let learned = intake::learned(visit.connection(), &scope, county, kind).await?;
        let (job, program) = (super::job(visit, upload), app.program.clone());
        tasks.push(tokio::spawn(async move {
            match sheet::rows(&program, file).await {
                Ok(rows) if pasted => job.read(intake::Incoming::pasted(kind, learned, rows)).await,
                Ok(rows) => job.read(intake::Incoming::new(kind, learned, rows)).await,
                Err(error) => job.fail(&error.to_string()).await,
            }
        }));
    }
    // Whoever is not done by then goes on alone, and the page shows how far it is.
    let _ = tokio::time::timeout(PATIENCE, futures::future::join_all(tasks)).await;
    Ok(())
}

/// On to the preview; a file that could not be read stands on the form again, with the reason.
async fn ended(app: &App, parts: &mut Parts, kind: Option<Kind>, ids: &[Uuid], location: &str) -> Answer {
    let mut visit = Visit::from_request_parts(parts, app).await?;
    let mut uploads: Vec<Upload> = Vec::new();
    for id in ids {
        uploads.push(super::find(&mut visit, *id).await?);
    }
    if let (Some(kind), [upload]) = (kind, uploads.as_slice())
        && upload.state == Stage::Failed
    {
        let mut form = visit.form(visit.cells());
        form.cells.refuse("file", super::unread(upload.reason.as_deref().unwrap_or_default()));
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, kind));
    }
    let read: i32 = uploads.iter().map(|u| u.rows_done).sum();
    let flash = Flash::done(format!("已读取{read}行。"));
    Ok(flash.and_see(location))
}

async fn refuse(visit: &mut Visit, form: Form, kind: Option<Kind>) -> Answer {
    match kind {
        Some(kind) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(visit, form, kind)),
        None => super::index::refused(visit, form).await,
    }
}
