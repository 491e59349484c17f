//! Remarks of the city, and the county's answers. What is refused comes back on the page where it was typed.

use super::{lines, show};
use crate::annexes::Annex;
use crate::base::ability::{Enter, Review};
use crate::history::WriteError;
use crate::submissions::{self, NewRemark, Submission};
use crate::web::paths;
use crate::web::shell::{Answer, Flash, Form, Path, Posted, Visit};
use axum::http::StatusCode;
use uuid::Uuid;

/// The page on which the remark was typed.
async fn again(visit: &mut Visit, status: StatusCode, form: Form, s: Submission) -> Answer {
    match Annex::from_number(form.value("annex")) {
        Some(annex) => lines::shown(visit, status, form, (s, annex)).await,
        None => show::shown(visit, status, form, s).await,
    }
}

/// Makes a remark, and goes back to where it was made.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let s = super::find(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(new) = NewRemark::read(&mut form.cells) else {
        return again(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, s).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Review>(s.county_id)?;
    let status = match submissions::remark(&mut writing, &permit, &s, &new).await {
        Ok(_) => {
            let back = new.annex.map_or_else(|| paths::submission(id), |annex| paths::submission_lines(id, annex.number()));
            return visit.done(writing, &form, &back, Flash::done("意见已记下。")).await;
        }
        Err(WriteError::Stale) => {
            form.cells.refuse("", format!("该报送已有审核结论，意见没有记下。您填写的意见：“{}”。", new.text));
            StatusCode::CONFLICT
        }
        Err(error) => form.refused(error)?,
    };
    drop(writing);
    let s = super::find(&mut visit, id).await?;
    again(&mut visit, status, form, s).await
}

/// The county answers a remark.
pub async fn answer(mut visit: Visit, Path((id, remark)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let s = super::find(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(text) = form.cells.required("answer", "请写明答复。") else {
        return show::shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, s).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(s.county_id)?;
    match submissions::answer(&mut writing, &permit, &s, remark, &text).await {
        Ok(()) => visit.done(writing, &form, &paths::submission(id), Flash::done("答复已记下。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            form.cells.refuse("", format!("该意见已由他人答复，未覆盖对方。您填写的答复：“{text}”。"));
            show::shown(&mut visit, StatusCode::CONFLICT, form, s).await
        }
        Err(error) => Err(error.into()),
    }
}
