//! `/imports/{id}`: how far a file has come; what would become of each of its lines, and after 确认 what did.

use super::tabs::{Counts, Shown, Tab, TabLink};
use crate::base::ability::Import;
use crate::history::{self, PastBatch};
use crate::intake::{self, Kind, Outcome, State, Upload};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Form, Frame, Path, Visit, page};
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "imports/progress.html")]
struct ProgressPage {
    frame: Frame,
    form: Form,
    file_name: String,
    writing: bool,
    done: usize,
    /// How many there are in all, once that is known.
    total: Option<usize>,
    left: Option<String>,
    cancel: String,
}

#[derive(Template)]
#[template(path = "imports/ended.html")]
struct EndedPage {
    frame: Frame,
    file_name: String,
    sentence: String,
    again: &'static str,
}

#[derive(Template)]
#[template(path = "imports/show.html")]
struct PreviewPage {
    frame: Frame,
    form: Form,
    file_name: String,
    kind: Kind,
    counts: Counts,
    /// What was written, of a file that is done.
    done: Option<String>,
    /// Who took what back of it, and when.
    undone: Vec<String>,
    undo: Vec<String>,
    /// Why it came back to the preview.
    reason: Option<String>,
    recognised: String,
    tabs: Vec<TabLink>,
    shown: Shown,
    again: &'static str,
    list: &'static str,
    confirm: String,
    cancel: String,
    choose: String,
    correct: String,
    headings: String,
    refused: String,
}

/// The page of a file.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Import>()?;
    let upload = super::find(&mut visit, id).await?;
    let now = visit.app.clocks.wall.now();
    if upload.at_work(now) {
        return progress(&mut visit, upload, now).await;
    }
    let again = paths::import_of(upload.kind.code());
    let sentence = match upload.state {
        State::Reading => "读取中断，没有写入任何数据。请重新上传。".to_owned(),
        State::Cancelled => "已取消，没有写入任何数据。".to_owned(),
        State::Failed => super::unread(upload.reason.as_deref().unwrap_or_default()),
        State::Ready | State::Writing | State::Done => return preview(&mut visit, upload, again).await,
    };
    page(&EndedPage { frame: visit.frame("导入"), file_name: upload.file_name, sentence, again })
}

async fn progress(visit: &mut Visit, upload: Upload, now: DateTime<Utc>) -> Answer {
    let writing = upload.state == State::Writing;
    let counted = if writing { Some(counts(visit, &upload).await?.read()) } else { None };
    let done = usize::try_from(upload.rows_done).unwrap_or(0);
    page(&ProgressPage {
        frame: visit.frame("正在导入"),
        form: visit.form(visit.cells()),
        writing,
        done,
        total: counted.or(upload.rows_expected.and_then(|n| usize::try_from(n).ok()).filter(|n| *n >= done)),
        left: upload.left(counted, now).map(|left| format!("约{}秒", left.num_seconds().max(1))),
        cancel: paths::import_act(upload.id, "cancel"),
        file_name: upload.file_name,
    })
}

async fn counts(visit: &mut Visit, upload: &Upload) -> Result<Counts, Error> {
    let (of, flagged) = intake::counts(visit.connection(), (upload.county, upload.id)).await?;
    Ok(Counts { of, flagged, ignored: upload.about.ignored.len(), missing: upload.about.missing.len() })
}

async fn preview(visit: &mut Visit, upload: Upload, again: &'static str) -> Answer {
    let counts = counts(visit, &upload).await?;
    let tab = Tab::asked(visit, &counts);
    let shown = Shown::of(visit, &upload, tab).await?;
    let noun = if upload.kind == Kind::Units { "家" } else { "行" };
    let done = upload.confirmed_at.map(|at| {
        let at = super::moment(at);
        let [created, updated, rejected, asked] =
            [Outcome::Created, Outcome::Updated, Outcome::Rejected, Outcome::Asked].map(|o| counts.get(o));
        let asked = if asked > 0 { format!("未作选择的{asked}行未导入。") } else { String::new() };
        let rejected = if rejected > 0 { format!("有误的{rejected}行未导入。") } else { String::new() };
        format!("已于{at}导入：新增{created}{noun}，修改{updated}{noun}。{rejected}{asked}")
    });
    let scope = visit.scope();
    let batches = history::batches(visit.connection(), &scope, &upload.batches).await?;
    let told = |(by, at): (&str, DateTime<Utc>)| format!("{by}已于{}撤销本次导入。", super::moment(at));
    let undone = batches.iter().filter_map(PastBatch::undone).map(told).collect();
    let id = upload.id;
    page(&PreviewPage {
        frame: visit.frame("导入预览"),
        form: visit.form(visit.cells()),
        kind: upload.kind,
        recognised: recognised(&upload),
        undo: batches.iter().filter(|b| b.undone_at.is_none()).map(|b| paths::undo(b.id)).collect(),
        undone,
        done,
        reason: upload.reason.clone(),
        tabs: tab.links(id, &counts),
        shown,
        counts,
        again,
        list: if upload.kind == Kind::Units { paths::UNITS } else { paths::annex_of(upload.kind.code()) },
        confirm: paths::import_act(id, "confirm"),
        cancel: paths::import_act(id, "cancel"),
        choose: paths::import_act(id, "choose"),
        correct: paths::import_act(id, "correct"),
        headings: paths::import_act(id, "headings"),
        refused: paths::import_act(id, "refused.xlsx"),
        file_name: upload.file_name,
    })
}

/// What was recognised, in a sentence: sheets, heads, columns.
fn recognised(upload: &Upload) -> String {
    let heads = upload.about.heads.iter().map(|head| {
        let unknown = if head.unknown.is_empty() { String::new() } else { format!("，{}栏未识别", head.unknown.len()) };
        if head.row == 0 {
            return "没有表头，按本表栏目的顺序读取".to_owned();
        }
        format!("工作表“{}”：表头在第{}行，识别{}栏{unknown}", head.sheet, head.rows(), head.places.len())
    });
    let all: Vec<String> = heads.take(5).collect();
    let more = upload.about.heads.len().saturating_sub(5);
    let rest = if more > 0 { format!("；另有{more}个工作表") } else { String::new() };
    format!("{}{rest}。", all.join("；"))
}
