//! `/outside-lists`: the lists that were held against the register, and a form for another.

use crate::base::ability::Enter;
use crate::outside_lists::{self, OutsideList};
use crate::platform::sheet;
use crate::web::paths;
use crate::web::shell::{Answer, App, Flash, Form, Frame, Visit, incoming, page_with};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "outside_lists/index.html")]
struct IndexPage {
    frame: Frame,
    form: Form,
    lists: Vec<OutsideList>,
    names: crate::counties::Directory,
    city: bool,
    may_enter: bool,
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form) -> Answer {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let lists = outside_lists::lists(visit.connection(), &scope, campaign).await?;
    let (city, may_enter) = (!visit.viewer.actor.role.of_a_county(), visit.may::<Enter>());
    let names = visit.app.directory.clone();
    page_with(status, &IndexPage { frame: visit.frame("名单比对"), form, lists, names, city, may_enter })
}

/// Shows them.
pub async fn get(mut visit: Visit) -> Answer {
    let form = visit.form(visit.cells());
    shown(&mut visit, StatusCode::OK, form).await
}

/// Takes a list in: a file, or a block that was pasted.
pub async fn post(State(app): State<App>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_request_parts(&mut parts, &app).await?;
    visit.insist::<Enter>()?;
    drop(visit);
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), super::MOST_BYTES).await?;
    let file = came.files.into_iter().next();
    let (title, pasted) = match &file {
        Some(file) if !file.pasted && came.caption.trim().is_empty() => (file.name.clone(), false),
        Some(file) => (crate::base::text::tidy(&came.caption), file.pasted),
        None => (String::new(), false),
    };
    let taken = match file {
        None => Err("请选择名单文件，或粘贴名单。".to_owned()),
        Some(_) if title.is_empty() => Err("请填写名单名称。".to_owned()),
        Some(file) => match sheet::rows(&app.program, file.file).await {
            Ok(rows) => outside_lists::taken(rows, pasted).await.map_err(|e| e.to_string()),
            Err(error) => Err(error.to_string()),
        },
    };
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    let mut form = Form::new(visit.cells(), came.token);
    let lines = match taken {
        Ok((lines, _)) if lines.is_empty() => Err("名单中没有单位名称，没有可比对的行。".to_owned()),
        taken => taken,
    };
    let (lines, nameless) = match lines {
        Ok(taken) => taken,
        Err(sentence) => {
            form.cells.refuse("file", sentence);
            return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form).await;
        }
    };
    let (campaign, county, origin) = (visit.campaign.id, visit.viewer.actor.county, crate::base::text::tidy(&came.kind));
    let origin = if origin.is_empty() { "其他".to_owned() } else { origin };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let id = outside_lists::add(&mut writing, &permit, campaign, (&title, &origin), &lines).await?;
    let mut word = format!("已读取{}行，并与名录比对。", lines.len());
    if !nameless.is_empty() {
        let rows: Vec<String> = nameless.iter().take(10).map(ToString::to_string).collect();
        word.push_str(&format!("另有{}行没有单位名称，未读取（第{}行）。", nameless.len(), rows.join("、")));
    }
    visit.done(writing, &form, &paths::outside_list(id), Flash::done(word)).await
}
