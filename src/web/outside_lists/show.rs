//! `/outside-lists/{id}`: one list: 「在他们的名单上，不在我们的名录上」 is the queue; each line is registered, named as a unit that
//! stands, or dismissed with a reason.

use crate::base::ability::Enter;
use crate::outside_lists::{self, Decision, OutsideLine, OutsideList, Standing};
use crate::platform::database::Within;
use crate::units::{self, Filter};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "outside_lists/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    list: OutsideList,
    lines: Vec<OutsideLine>,
    all: bool,
    may_enter: bool,
}

impl ShowPage {
    fn add(&self, line: &OutsideLine) -> String {
        let word = |text: &Option<String>| text.clone().unwrap_or_default();
        let (code, township, address) = (word(&line.credit_code), word(&line.township), word(&line.address));
        let pairs = [("name", line.name.as_str()), ("credit_code", &code), ("township", &township), ("address", &address)];
        paths::with(paths::UNITS_NEW, &pairs)
    }
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<OutsideList, Error> {
    let scope = visit.scope();
    outside_lists::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, list: OutsideList) -> Answer {
    let (scope, all) = (visit.scope(), visit.asked("all").is_some());
    let lines = outside_lists::lines(visit.connection(), &scope, list.id, !all).await?;
    let may_enter = visit.may_in::<Enter>(list.county_id);
    page_with(status, &ShowPage { frame: visit.frame("名单比对"), form, list, lines, all, may_enter })
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let list = found(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    shown(&mut visit, StatusCode::OK, form, list).await
}

/// Keeps what was decided about a line.
pub async fn decide(mut visit: Visit, Path((id, line)): Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let list = found(&mut visit, id).await?;
    let scope = visit.scope();
    let line = outside_lists::find_line(visit.connection(), &scope, line).await?;
    let line = line.filter(|l| l.list_id == id).ok_or(Error::NotFound)?;
    let mut form = visit.posted(posted);
    let decision = match form.value("act") {
        "same" => same(&mut visit, &mut form).await?.map(Decision::Unit),
        _ => form.cells.required("reason", "请写明不列入名录的原因。").map(Decision::Dismissed),
    };
    let Some(decision) = decision else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, list).await;
    };
    let version = form.value("version").parse().unwrap_or(0);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(list.county_id)?;
    outside_lists::decide(&mut writing, &permit, &line, version, &decision).await?;
    visit.done(writing, &form, &paths::outside_list(id), Flash::done("已核对。")).await
}

/// The one unit that the typed name means.
async fn same(visit: &mut Visit, form: &mut Form) -> Result<Option<Uuid>, Error> {
    let typed = form.cells.required("unit", "请填写名录中的单位名称。");
    let Some(typed) = typed else { return Ok(None) };
    let within = Within { scope: visit.scope(), campaign: visit.campaign.id, date: visit.today() };
    let filter = Filter { q: Some(typed.clone()), ..Filter::default() };
    let found = units::search(visit.connection(), &within, filter, None).await?.lines;
    let key = crate::base::text::name_key(&typed);
    let exact: Vec<Uuid> = found.iter().filter(|u| crate::base::text::name_key(&u.name) == key).map(|u| u.id).collect();
    match (exact.as_slice(), found.as_slice()) {
        ([id], _) => Ok(Some(*id)),
        (_, [one]) => Ok(Some(one.id)),
        (_, []) => {
            form.cells.refuse("unit", format!("名录中没有找到“{typed}”。"));
            Ok(None)
        }
        _ => {
            form.cells.refuse("unit", format!("名录中有{}家与“{typed}”相符，请写得更完整。", found.len()));
            Ok(None)
        }
    }
}
