//! Adding files to a record, and taking one off. The record's page has the form; here is where it posts.

use crate::attachments;
use crate::base::CountyId;
use crate::base::ability::Attach;
use crate::evidence::{self, Owner};
use crate::web::paths;
use crate::web::shell::incoming;
use crate::web::shell::{Answer, App, Error, EvidenceRights, Flash, Form, Path, Posted, Visit};
use axum::extract::{FromRequestParts, Request, State};
use uuid::Uuid;

/// The county of a record beside which the viewer may put files.
async fn open_to(visit: &mut Visit, owner: Owner, record: Uuid) -> Result<CountyId, Error> {
    let scope = visit.scope();
    let county = evidence::county_of(visit.connection(), &scope, owner, record).await?.ok_or(Error::NotFound)?;
    let rights = EvidenceRights::of(visit, owner, record, county).await?;
    if rights.add { Ok(county) } else { Err(Error::Forbidden) }
}

/// Adds the files to the record.
pub async fn post(State(app): State<App>, Path((record, table)): Path<(Uuid, String)>, request: Request) -> Answer {
    let owner = Owner::from_table(&table).ok_or(Error::NotFound)?;
    let (mut parts, body) = request.into_parts();
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    visit.insist::<Attach>()?;
    let county = open_to(&mut visit, owner, record).await?;
    // The connection goes back while the files come, however slowly, and while pictures are drawn anew.
    drop(visit);
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), super::MOST_BYTES).await?;
    let back = format!("{}#evidence", paths::of_record(owner, record));
    if came.files.is_empty() {
        return Ok(Flash::warn("请选择照片或文件。").and_see(&back));
    }
    let files = match incoming::stored(&app, county, came.files).await? {
        Ok(files) => files,
        Err(why) => return Ok(Flash::warn(format!("{why}本次没有保存任何文件。")).and_see(&back)),
    };
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    open_to(&mut visit, owner, record).await?;
    let form = Form::new(visit.cells(), came.token);
    let caption = Some(came.caption.trim()).filter(|c| !c.is_empty());
    let count = files.len();
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Attach>(county)?;
    for (name, laid) in files {
        let stored = attachments::add(&mut writing, &permit, &name, laid).await?;
        evidence::add(&mut writing, &permit, owner, record, stored, caption).await?;
    }
    visit.done(writing, &form, &back, Flash::done(format!("已添加{count}个文件。"))).await
}

/// Takes a piece off its record.
pub async fn remove(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Attach>()?;
    let scope = visit.scope();
    let piece = evidence::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let owner = Owner::from_table(&piece.record).ok_or(Error::NotFound)?;
    if !EvidenceRights::of(&mut visit, owner, piece.record_id, piece.county_id).await?.take_off {
        return Err(Error::Forbidden);
    }
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Attach>(piece.county_id)?;
    evidence::remove(&mut writing, &permit, id).await?;
    let back = format!("{}#evidence", paths::of_record(owner, piece.record_id));
    visit.done(writing, &form, &back, Flash::done("已撤下该材料；变更记录中仍可查到。")).await
}
