//! Remarks of the city, and the county's answers.

use crate::base::ability::{Enter, Review};
use crate::history::WriteError;
use crate::submissions::{self, NewRemark};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit};
use uuid::Uuid;

/// Makes a remark, and goes back to where it was made.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let s = super::find(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let back = match form.value("annex") {
        "1" | "2" => paths::submission_lines(id, if form.value("annex") == "1" { 1 } else { 2 }),
        _ => paths::submission(id),
    };
    let Some(new) = NewRemark::read(&mut form.cells) else {
        let said = form.errors().first().map(|m| m.text.clone()).unwrap_or_default();
        return Ok(Flash::warn(said).and_see(&back));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Review>(s.county_id)?;
    match submissions::remark(&mut writing, &permit, &s, &new).await {
        Ok(_) => visit.done(writing, &form, &back, Flash::done("意见已记下。")).await,
        Err(WriteError::Refused { text, .. }) => Err(Error::Conflict(text)),
        Err(WriteError::Stale) => Err(Error::Conflict("该报送刚刚已有审核结论，意见没有记下。".to_owned())),
        Err(error) => Err(error.into()),
    }
}

/// The county answers a remark.
pub async fn answer(mut visit: Visit, Path((id, remark)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let s = super::find(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(text) = form.cells.required("answer", "请写明答复。") else {
        return Ok(Flash::warn("请写明答复。").and_see(&paths::submission(id)));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(s.county_id)?;
    submissions::answer(&mut writing, &permit, &s, remark, &text).await?;
    visit.done(writing, &form, &paths::submission(id), Flash::done("答复已记下。")).await
}
