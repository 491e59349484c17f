//! The moves of a submission that are one press of a button, and the city's decisions.

use crate::base::Permit;
use crate::base::ability::{Ability, Enter, File, Review};
use crate::campaigns::Campaign;
use crate::history::{WriteError, Writing};
use crate::submissions::{self, Decision, Submission};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Path, Posted, Visit};
use axum::http::StatusCode;
use uuid::Uuid;

/// A move under way: the submission, the open transaction, the right to it, the form.
struct Moving<A> {
    s: Submission,
    writing: Writing,
    permit: Permit<A>,
    form: Form,
}

async fn begin<A: Ability>(visit: &mut Visit, id: Uuid, posted: Posted) -> Result<Moving<A>, Error> {
    visit.insist::<A>()?;
    let s = super::find(visit, id).await?;
    let form = visit.posted(posted);
    let writing = visit.write(&form).await?;
    let permit = writing.permit::<A>(s.county_id)?;
    Ok(Moving { s, writing, permit, form })
}

/// What was done, or who was quicker.
async fn end<A>(visit: &Visit, moving: Moving<A>, done: Result<(), WriteError>, said: &str) -> Answer {
    match done {
        Ok(()) => {
            let to = paths::submission(moving.s.id);
            visit.done(moving.writing, &moving.form, &to, Flash::done(said)).await
        }
        Err(WriteError::Stale) => {
            Err(Error::Conflict("该报送的状态刚刚被他人改变，本次操作没有生效。请返回查看最新状态。".to_owned()))
        }
        Err(WriteError::Refused { text, .. }) => Err(Error::Conflict(text)),
        Err(error) => Err(error.into()),
    }
}

/// The same of a move for which words were typed: what is refused comes back on the page with them. `beaten`: what to say when
/// somebody was quicker, at which field.
async fn spoken<A>(
    mut visit: Visit,
    mut moving: Moving<A>,
    done: Result<(), WriteError>,
    said: &str,
    (field, beaten): (&'static str, String),
) -> Answer {
    let (status, field, text) = match done {
        Err(WriteError::Refused { field, text }) => (StatusCode::UNPROCESSABLE_ENTITY, field, text),
        Err(WriteError::Stale) => (StatusCode::CONFLICT, field, beaten),
        done => return end(&visit, moving, done, said).await,
    };
    drop(moving.writing);
    moving.form.cells.refuse(field, text);
    let s = super::find(&mut visit, moving.s.id).await?;
    super::show::shown(&mut visit, status, moving.form, s).await
}

/// What was typed, for a page that has no field for it any more.
fn kept(typed: &str) -> String {
    if typed.is_empty() { String::new() } else { format!("您填写的内容：“{typed}”。") }
}

/// 待签发 -> 填报中.
pub async fn take_back(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut m = begin::<Enter>(&mut visit, id, posted).await?;
    let done = submissions::take_back(&mut m.writing, &m.permit, &m.s).await;
    end(&visit, m, done, "已退回填报，版本码作废。修改后请重新定稿。").await
}

/// 撤回.
pub async fn withdraw(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut m = begin::<File>(&mut visit, id, posted).await?;
    let done = submissions::withdraw(&mut m.writing, &m.permit, &m.s).await;
    end(&visit, m, done, "已撤回。修改后请重新定稿、上报。").await
}

/// A reviewer begins.
pub async fn open(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut m = begin::<Review>(&mut visit, id, posted).await?;
    let done = submissions::open(&mut m.writing, &m.permit, &m.s).await;
    end(&visit, m, done, "已开始审核，县（区）不能再撤回。").await
}

async fn decide(mut visit: Visit, id: Uuid, posted: Posted, decision: fn(&Campaign) -> Decision, said: &str) -> Answer {
    let mut m = begin::<Review>(&mut visit, id, posted).await?;
    let decision = decision(&visit.campaign);
    let note = m.form.cells.text("review_note").unwrap_or_default();
    let done = submissions::decide(&mut m.writing, &m.permit, &m.s, &decision, &note).await;
    let beaten = format!("该报送的状态刚刚被他人改变，本次操作没有生效。{}", kept(&note));
    spoken(visit, m, done, said, ("", beaten)).await
}

/// 退回.
pub async fn give_back(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    decide(visit, id, posted, |_| Decision::Return, "已退回，县（区）按意见修改后重新上报。").await
}

/// 接收.
pub async fn accept(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    decide(visit, id, posted, |_| Decision::Accept, "已接收。").await
}

/// 带问题接收.
pub async fn accept_open(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let within = |campaign: &Campaign| Decision::AcceptOpen(usize::try_from(campaign.mend_within_days).unwrap_or(0));
    decide(visit, id, posted, within, "已带问题接收，县（区）须按期整改。").await
}

/// What the city says of a late filing.
pub async fn lateness(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut m = begin::<Review>(&mut visit, id, posted).await?;
    let (excused, why) = (m.form.value("excused") == "yes", m.form.cells.text("note").unwrap_or_default());
    // The version that the person saw decides: what a colleague said meanwhile is not turned round unread.
    m.s.version = m.form.value("version").parse().unwrap_or(0);
    let done = submissions::excuse(&mut m.writing, &m.permit, &m.s, (excused, &why)).await;
    let beaten = "您打开此页之后，该报送已被他人修改，认定没有保存。请核对现在的认定，仍须修改的再次保存。".to_owned();
    spoken(visit, m, done, if excused { "迟报已核准。" } else { "已认定为迟报。" }, ("note", beaten)).await
}

/// The county's word on what the city filed for it.
pub async fn county_answer(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut m = begin::<Enter>(&mut visit, id, posted).await?;
    let (confirmed, word) = (m.form.value("confirmed") == "yes", m.form.cells.text("note").unwrap_or_default());
    let done = submissions::answer_behalf(&mut m.writing, &m.permit, &m.s, (confirmed, &word)).await;
    let beaten = format!("本县（区）已就代报作出答复，未覆盖。{}", kept(&word));
    spoken(visit, m, done, if confirmed { "已确认市局代报的内容。" } else { "已提出异议，市局将核对。" }, ("", beaten)).await
}
