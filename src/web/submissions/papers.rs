//! The files of a submission: as they were frozen, as one archive, and the stamped scan. Each that is taken away is in the
//! history.

use super::find;
use crate::attachments::{self, Folder, MAX_BYTES};
use crate::base::ability::{Download, File};
use crate::history::{Action, Entry, Writing};
use crate::submissions::{self, Submission};
use crate::web::paths;
use crate::web::shell::incoming;
use crate::web::shell::{Answer, App, Error, Flash, Form, Path, Visit, to_save};
use axum::extract::{FromRequestParts, Request, State};
use uuid::Uuid;

/// The kinds of files that a submission has.
const KINDS: [(&str, &str); 4] = [
    ("annex1", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("annex2", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("summary", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("receipt", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
];

/// One file, byte for byte as it was frozen.
pub async fn file(mut visit: Visit, Path((id, kind)): Path<(Uuid, String)>) -> Answer {
    visit.insist::<Download>()?;
    let s = find(&mut visit, id).await?;
    let scope = visit.scope();
    let media = KINDS.iter().find(|(code, _)| *code == kind).map(|(_, media)| *media).ok_or(Error::NotFound)?;
    let stored = submissions::file_of(visit.connection(), &scope, &s, &kind).await?.ok_or(Error::NotFound)?;
    taken(visit, &s, &stored.name).await?;
    Ok(to_save(stored.bytes, media, &stored.name, &kind))
}

/// All files as one archive.
pub async fn package(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Download>()?;
    let s = find(&mut visit, id).await?;
    let scope = visit.scope();
    let bytes = submissions::package(visit.connection(), &scope, &s).await.map_err(|e| Error::Internal(e.into()))?;
    let area = visit.app.directory.name(s.county_id);
    let name = format!("{area}-{}-{}.zip", s.title(), s.version_code);
    taken(visit, &s, &name).await?;
    Ok(to_save(bytes, "application/zip", &name, "package.zip"))
}

/// Notes who took a file.
async fn taken(visit: Visit, s: &Submission, name: &str) -> Result<(), Error> {
    let (app, scope, actor) = (visit.app.clone(), visit.scope(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken.
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let note = format!("{}：{name}", s.title());
    writing.record(s.county_id, Entry::event(Action::Disclosed, "files", s.id, note)).await?;
    Ok(writing.commit().await?)
}

/// The stamped scan, to be saved.
pub async fn scan(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Download>()?;
    let s = find(&mut visit, id).await?;
    let scope = visit.scope();
    let scan = s.scan_id.ok_or(Error::NotFound)?;
    let stored = attachments::find(visit.connection(), &scope, scan).await?.ok_or(Error::NotFound)?;
    let folder = Folder::within(&visit.app.config.data_dir());
    let path = folder.path(stored.county_id, stored.id);
    let bytes = tokio::fs::read(path).await.map_err(|e| Error::Internal(e.into()))?;
    let (media, name) = (stored.kind().media_type(), stored.original_name);
    taken(visit, &s, &name).await?;
    Ok(to_save(bytes, media, &name, "scan"))
}

/// The county brings the stamped scan.
pub async fn bring_scan(State(app): State<App>, Path(id): Path<Uuid>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    visit.insist::<File>()?;
    let county = find(&mut visit, id).await?.county_id;
    drop(visit);
    let mut came = incoming::receive(&app, Request::from_parts(parts.clone(), body), MAX_BYTES).await?;
    let back = paths::submission(id);
    came.files.truncate(1);
    if came.files.is_empty() {
        return Ok(Flash::warn("请选择盖章件的扫描文件。").and_see(&back));
    }
    let files = match incoming::stored(&app, county, came.files).await? {
        Ok(files) => files,
        Err(why) => return Ok(Flash::warn(why).and_see(&back)),
    };
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    let s = find(&mut visit, id).await?;
    let form = Form::new(visit.cells(), came.token);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<File>(s.county_id)?;
    for (name, laid) in files {
        let scan = attachments::add(&mut writing, &permit, &name, laid).await?;
        submissions::keep_scan(&mut writing, &permit, &s, scan).await?;
    }
    visit.done(writing, &form, &back, Flash::done("盖章件已上传。")).await
}
