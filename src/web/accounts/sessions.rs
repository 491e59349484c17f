//! `/sessions` (我的登录): where oneself is signed in, and ending it elsewhere. Nobody sees or ends another's.

use crate::accounts::{self, ABSOLUTE_HOURS, IDLE_MINUTES, OpenSession};
use crate::base::dates;
use crate::history::{Action, Entry, Writing};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    frame: Frame,
    form: Form,
    sessions: Vec<OpenSession>,
}

/// The list.
pub async fn get(mut visit: Visit) -> Answer {
    let (account, token, now) = (visit.viewer.actor.account, visit.token().clone(), visit.app.clocks.wall.now());
    let sessions = accounts::open_sessions(visit.connection(), account, &token, now).await?;
    page(&SessionsPage { frame: visit.frame("我的登录"), form: visit.form(visit.cells()), sessions })
}

/// Ends one other session.
pub async fn end(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    if !end_other(&visit, &mut writing, id).await? {
        return Err(Error::NotFound);
    }
    visit.done(writing, &form, paths::SESSIONS, Flash::done("该登录已结束。")).await
}

/// Ends all but this one.
pub async fn end_others(mut visit: Visit, posted: Posted) -> Answer {
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let (account, now) = (visit.viewer.actor.account, writing.recorded_at());
    for session in accounts::open_sessions(writing.connection(), account, visit.token(), now).await? {
        end_other(&visit, &mut writing, session.id).await?;
    }
    visit.done(writing, &form, paths::SESSIONS, Flash::done("其他登录已全部结束。")).await
}

/// Ends a session unless it is this one, with its line of history. Whether there was one to end.
async fn end_other(visit: &Visit, writing: &mut Writing, id: Uuid) -> Result<bool, Error> {
    let (actor, now) = (&visit.viewer.actor, writing.recorded_at());
    let ended = accounts::end_other(writing.connection(), actor.account, visit.token(), id, now).await?;
    let Some((since, address)) = ended else { return Ok(false) };
    let note = format!("本人在“我的登录”中结束：{}登录，来自{address}", dates::minute(since));
    writing.record(actor.county, Entry::event(Action::SignedOut, "sessions", actor.account, note)).await?;
    Ok(true)
}
