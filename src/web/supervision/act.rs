//! `/supervision/{id}/reply`, `/check`, `/escalate`: the county answers; the city looks on the spot, or raises the level.

use super::order_of;
use crate::base::ability::{Enter, Supervise};
use crate::base::dates;
use crate::history::{WriteError, Writing};
use crate::supervision::{self, Check, Escalation, Order, Reply};
use crate::vocabulary::{SupervisionLevel, SupervisionState};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Path, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::Days;
use uuid::Uuid;

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Reply,
    Check,
    Escalate,
}

impl Act {
    const fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Check => "check",
            Self::Escalate => "escalate",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Reply => "回复办理情况",
            Self::Check => "现场核查",
            Self::Escalate => "提级",
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Reply => "已回复，待市局核查。",
            Self::Check => "核查结论已登记。",
            Self::Escalate => "已提级。",
        }
    }

    /// Why an order is not ready for it; `None` when it is.
    fn barred(self, order: &Order) -> Option<&'static str> {
        match self {
            Self::Reply if !order.state().owes_reply() => Some("该督办单已回复或已销号，无需重复回复。"),
            Self::Check if order.state() == SupervisionState::Closed => Some("该督办单已销号。如有反弹，请另行下达。"),
            Self::Escalate if order.next_level().is_none() => Some("该督办单已销号或已是最高层级，不能提级。"),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "supervision/act.html")]
struct ActPage {
    frame: Frame,
    form: Form,
    order: Order,
    act: Act,
    county: String,
    verdicts: Vec<Choice>,
}

impl ActPage {
    fn next(&self) -> &'static str {
        self.order.next_level().map_or("", SupervisionLevel::label)
    }
}

fn shown(visit: &Visit, form: Form, order: Order, act: Act) -> ActPage {
    let both = [("close", "符合要求，予以销号"), ("return", "不符合要求，退回")];
    let shown = if order.state() == SupervisionState::Replied { 2 } else { 1 };
    ActPage {
        frame: visit.frame(act.title()),
        form,
        county: visit.app.directory.name(order.county_id),
        order,
        act,
        verdicts: choices(both.into_iter().take(shown)),
    }
}

async fn allowed(visit: &mut Visit, id: Uuid, act: Act) -> Result<Order, Error> {
    match act {
        Act::Reply => visit.insist::<Enter>()?,
        Act::Check | Act::Escalate => visit.insist::<Supervise>()?,
    }
    order_of(visit, id).await
}

async fn open(mut visit: Visit, id: Uuid, act: Act) -> Answer {
    let order = allowed(&mut visit, id, act).await?;
    if let Some(reason) = act.barred(&order) {
        return Err(Error::Conflict(reason.to_owned()));
    }
    let (mut cells, today) = (visit.cells(), visit.today());
    let day = match act {
        Act::Reply => "replied_on",
        Act::Check => "checked_on",
        Act::Escalate => "escalated_on",
    };
    cells.set(day, dates::short(today)).set("version", order.version.to_string());
    if act == Act::Escalate {
        cells.set("due_on", dates::short(today + Days::new(3)));
    }
    let form = visit.form(cells);
    page(&shown(&visit, form, order, act))
}

/// What was read.
enum Read {
    Reply(Reply),
    Check(Check),
    Escalate(Escalation),
}

async fn take(writing: &mut Writing, order: &Order, read: &Read) -> Result<(), WriteError> {
    match read {
        Read::Reply(step) => {
            let permit = writing.permit::<Enter>(order.county_id)?;
            supervision::reply(writing, &permit, order, step).await
        }
        Read::Check(step) => {
            let permit = writing.permit::<Supervise>(order.county_id)?;
            supervision::check(writing, &permit, order, step).await
        }
        Read::Escalate(step) => {
            let permit = writing.permit::<Supervise>(order.county_id)?;
            supervision::escalate(writing, &permit, order, step).await
        }
    }
}

async fn save(mut visit: Visit, id: Uuid, act: Act, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let mut order = allowed(&mut visit, id, act).await?;
    if act.barred(&order).is_some() {
        // A second press of the same button goes where the first led.
        drop(visit.write(&form).await?);
        return again(&mut visit, StatusCode::CONFLICT, form, (id, act)).await;
    }
    let read = match act {
        Act::Reply => Reply::read(&mut form.cells, &order).map(Read::Reply),
        Act::Check => Check::read(&mut form.cells, &order).map(Read::Check),
        Act::Escalate => Escalation::read(&mut form.cells, &order).map(Read::Escalate),
    };
    let Some(read) = read else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&visit, form, order, act));
    };
    // The version that the person saw decides, not the one of this moment.
    order.version = form.value("version").parse().unwrap_or(order.version);
    let mut writing = visit.write(&form).await?;
    let status = match take(&mut writing, &order, &read).await {
        Ok(()) => return visit.done(writing, &form, &paths::supervision(id), Flash::done(act.done())).await,
        Err(WriteError::Stale) => StatusCode::CONFLICT,
        Err(error) => form.refused(error)?,
    };
    drop(writing);
    again(&mut visit, status, form, (id, act)).await
}

/// The form with what was typed, over the order as it stands: what bars the act now, or that somebody was quicker.
async fn again(visit: &mut Visit, status: StatusCode, mut form: Form, (id, act): (Uuid, Act)) -> Answer {
    let order = order_of(visit, id).await?;
    if status == StatusCode::CONFLICT {
        let beaten = "您打开此页之后，该督办单已被他人办理，本次没有保存。请核对层级和时限后再保存。";
        form.cells.refuse("", act.barred(&order).unwrap_or(beaten));
    }
    form.cells.set("version", order.version.to_string());
    page_with(status, &shown(visit, form, order, act))
}

/// The form of an answer.
pub async fn reply(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    open(visit, id, Act::Reply).await
}

/// Saves an answer.
pub async fn post_reply(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    save(visit, id, Act::Reply, posted).await
}

/// The form of a look on the spot.
pub async fn check(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    open(visit, id, Act::Check).await
}

/// Saves what was seen on the spot.
pub async fn post_check(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    save(visit, id, Act::Check, posted).await
}

/// The form of raising the level.
pub async fn escalate(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    open(visit, id, Act::Escalate).await
}

/// Raises the level.
pub async fn post_escalate(visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    save(visit, id, Act::Escalate, posted).await
}
