//! `/imports`: the files that came in lately; for the city also the place to drop the counties' mailed files (代录).

use super::moment;
use crate::base::CITY;
use crate::base::ability::Import;
use crate::history::{self, PastBatch};
use crate::intake::{self, State, Upload};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Form, Frame, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

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

/// What was recognised of the county: the one that a file is for, else those that its lines tell of.
async fn area(visit: &mut Visit, upload: &Upload) -> Result<String, Error> {
    if upload.county != CITY {
        return Ok(visit.app.directory.name(upload.county));
    }
    let told = intake::counties_of(visit.connection(), (upload.county, upload.id)).await?;
    let counties = visit.app.directory.counties();
    let named: Vec<&str> = counties.filter(|c| told.contains(&c.id)).map(|c| c.name.as_str()).collect();
    Ok(match named.as_slice() {
        [] => "未识别".to_owned(),
        few if few.len() <= 3 => few.join("、"),
        many => format!("{}等{}个", many[..2].join("、"), many.len()),
    })
}

/// How a file's import was taken back: by whom and when; none while something of it stands.
fn undone(upload: &Upload, batches: &[PastBatch]) -> Option<String> {
    let own: Vec<&PastBatch> = batches.iter().filter(|b| upload.batches.contains(&b.id)).collect();
    let (by, at) = own.last().and_then(|b| b.undone()).filter(|_| own.iter().all(|b| b.undone_at.is_some()))?;
    Some(format!("{by}于{}撤销", moment(at)))
}

fn shown(visit: &Visit, upload: Upload, area: String, undone: Option<String>) -> Shown {
    let now = visit.app.clocks.wall.now();
    let (state, look) = match upload.state {
        State::Done if undone.is_some() => ("已撤销", "idle"),
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
        area,
        came: moment(upload.came_at),
        rows: upload.rows_done,
        state,
        look,
        reason: undone.or(upload.reason).unwrap_or_default(),
        name: upload.file_name,
    }
}

async fn index(visit: &mut Visit, form: Form) -> Result<IndexPage, Error> {
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
    let ids: Vec<_> = uploads.iter().flat_map(|u: &Upload| u.batches.clone()).collect();
    let batches = history::batches(visit.connection(), &scope, &ids).await?;
    let mut listed = Vec::new();
    for upload in uploads {
        let (area, undone) = (area(visit, &upload).await?, undone(&upload, &batches));
        listed.push(shown(visit, upload, area, undone));
    }
    let waiting = history::to_confirm(visit.connection(), &scope).await?;
    let waiting = waiting.into_iter().map(|batch| Waiting {
        href: paths::batch(batch.id),
        area: visit.app.directory.name(batch.county_id),
        made: moment(batch.done_at()),
        rows: batch.rows,
        title: batch.title,
    });
    let waiting = waiting.collect();
    let most = visit.app.config.import.max_mb;
    let hint = format!("可一次选择多个文件，合计不超过{most}MB。县（区）由文件内容、工作表名、标题或文件名识别。");
    Ok(IndexPage { frame: visit.frame("导入记录"), form, city, hint, uploads: listed, waiting })
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
