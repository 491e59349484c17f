//! `/imports`: the files that came in lately; for the city also the place to drop the counties' mailed files (代录).

use crate::base::ability::Import;
use crate::base::dates;
use crate::history;
use crate::intake::{self, State, Upload};
use crate::web::paths;
use crate::web::shell::{Answer, Form, Frame, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};

#[derive(Template)]
#[template(path = "imports/index.html")]
struct IndexPage {
    frame: Frame,
    form: Form,
    city: bool,
    hint: String,
    uploads: Vec<Shown>,
    /// What the city entered for the county, waiting for its word; for the city, for its counties.
    waiting: Vec<Waiting>,
}

/// A batch that waits for the county's word.
struct Waiting {
    href: String,
    title: String,
    area: String,
    made: String,
    rows: i32,
}

/// A file in the list.
struct Shown {
    href: String,
    name: String,
    kind: &'static str,
    area: String,
    came: String,
    rows: i32,
    state: &'static str,
    look: &'static str,
    reason: String,
}

fn shown(visit: &Visit, upload: Upload) -> Shown {
    let now = visit.app.clocks.wall.now();
    let (state, look) = match upload.state {
        State::Reading if upload.at_work(now) => ("正在读取", "busy"),
        State::Writing if upload.at_work(now) => ("正在写入", "busy"),
        State::Reading => ("已中断", "late"),
        State::Ready | State::Writing => ("待确认", "warn"),
        State::Done => ("已导入", "ok"),
        State::Failed => ("无法读取", "late"),
        State::Cancelled => ("已取消", "idle"),
    };
    Shown {
        href: paths::import(upload.id),
        kind: upload.kind.label(),
        area: visit.app.directory.name(upload.county),
        came: moment(upload.made_at),
        rows: upload.rows_done,
        state,
        look,
        reason: upload.reason.unwrap_or_default(),
        name: upload.file_name,
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&dates::beijing()).format("%m-%d %H:%M").to_string()
}

async fn index(visit: &mut Visit, form: Form) -> Result<IndexPage, crate::web::shell::Error> {
    let (scope, own) = (visit.scope(), visit.viewer.actor.county);
    let city = !visit.viewer.actor.role.of_a_county();
    let account = visit.viewer.actor.account;
    let mut uploads = Vec::new();
    for county in if city { scope.ids() } else { vec![own.0] } {
        let came = intake::recent(visit.connection(), &scope, crate::base::CountyId(county)).await?;
        uploads.extend(came.into_iter().filter(|u| !city || u.account == account));
    }
    uploads.sort_by_key(|u| std::cmp::Reverse((u.made_at, u.id)));
    uploads.truncate(50);
    let uploads = uploads.into_iter().map(|u| shown(visit, u)).collect();
    let waiting = history::to_confirm(visit.connection(), &scope).await?;
    let waiting = waiting.into_iter().map(|batch| Waiting {
        href: paths::batch(batch.id),
        area: visit.app.directory.name(batch.county_id),
        made: moment(batch.made_at),
        rows: batch.rows,
        title: batch.title,
    });
    let waiting = waiting.collect();
    let most = visit.app.config.import.max_mb;
    let hint = format!("可一次选择多个文件，合计不超过{most}MB。县（区）由文件内容、工作表名、标题或文件名识别。");
    Ok(IndexPage { frame: visit.frame("导入记录"), form, city, hint, uploads, waiting })
}

/// The list.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Import>()?;
    let form = visit.form(visit.cells());
    page(&index(&mut visit, form).await?)
}

/// The list once more, with what is wrong with the files.
pub async fn refused(visit: &mut Visit, form: Form) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &index(visit, form).await?)
}
