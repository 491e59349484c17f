//! What a person does with a file that was read: answers its questions, confirms it, stops it.

use super::new::PATIENCE;
use crate::base::ability::Import;
use crate::intake::{self, Choices, Outcome, State, Upload, Which};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Path, Posted, Visit};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Writes the good rows, once: a second 确认 changes nothing.
pub async fn confirm(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Import>()?;
    let upload = super::find(&mut visit, id).await?;
    visit.insist_in::<Import>(upload.county)?;
    let form = visit.posted(posted);
    let writing = visit.write(&form).await?;
    visit.keep(writing, &form, &paths::import(id)).await?;
    let job = super::job(&visit, upload);
    if job.claim().await? {
        // Whoever is not done by then goes on alone, and the page shows how far it is.
        let _ = tokio::time::timeout(PATIENCE, tokio::spawn(job.confirm())).await;
    }
    let upload = super::find(&mut visit, id).await?;
    let flash = match upload.state {
        State::Done => Flash::done("导入完成。"),
        State::Writing => Flash::done("正在写入，请稍候。"),
        _ => Flash::warn(upload.reason.unwrap_or_else(|| "没有写入任何数据。".to_owned())),
    };
    Ok(flash.and_see(&paths::import(id)))
}

/// Stops a file that is not written yet.
pub async fn cancel(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Import>()?;
    let upload = super::find(&mut visit, id).await?;
    visit.insist_in::<Import>(upload.county)?;
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let stopped = intake::cancel(writing.connection(), (upload.county, id)).await?;
    let flash = if stopped {
        Flash::done("已取消，没有写入任何数据。")
    } else {
        Flash::warn("该文件已导入或已结束，不能取消。")
    };
    visit.done(writing, &form, &paths::import(id), flash).await
}

/// Takes corrections of cells: fields `c.NO.FIELD`. Only what a person typed differently is written, and only into the preview.
pub async fn correct(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let upload = open(&mut visit, id).await?;
    let place = (upload.county, id);
    let mut typed: BTreeMap<i32, Vec<(String, String)>> = BTreeMap::new();
    for (no, field, value) in named(&posted, "c.") {
        typed.entry(no).or_default().push((field.to_owned(), value.to_owned()));
    }
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let mut corrected = 0;
    for mut told in intake::lines(writing.connection(), place, Which::Told, -1, i64::from(i32::MAX)).await? {
        let Some(head) = upload.about.head(&told.line) else { continue };
        let cells = typed.remove(&told.no).unwrap_or_default();
        let changed = cells.iter().filter(|(field, value)| told.line.correct(head, field, value)).count();
        if changed > 0 {
            intake::correct(writing.connection(), place, told.no, &told.line).await?;
            corrected += changed;
        }
    }
    visit.keep(writing, &form, &paths::import(id)).await?;
    if corrected == 0 {
        return Ok(Flash::warn("没有改动任何单元格。").and_see(&paths::import(id)));
    }
    super::job(&visit, upload).judge_anew(State::Ready).await?;
    Ok(Flash::done(format!("已更正{corrected}个单元格，预览已重新比对。")).and_see(&paths::import(id)))
}

/// A file that waits for 确认, of a county for which the viewer may bring one in.
pub(super) async fn open(visit: &mut Visit, id: Uuid) -> Result<Upload, Error> {
    visit.insist::<Import>()?;
    let upload = super::find(visit, id).await?;
    visit.insist_in::<Import>(upload.county)?;
    if upload.state == State::Ready {
        Ok(upload)
    } else {
        Err(Error::Conflict("该文件已导入或已结束，不能再改动。".to_owned()))
    }
}

/// The posted fields `PREFIX NO.FIELD`.
fn named<'p>(posted: &'p Posted, prefix: &str) -> impl Iterator<Item = (i32, &'p str, &'p str)> {
    posted.0.iter().filter_map(move |(name, value)| {
        let (no, field) = name.strip_prefix(prefix)?.split_once('.')?;
        Some((no.parse().ok()?, field, value.as_str()))
    })
}

/// Takes answers: fields `a.NO.FIELD`; with `all`, the same answer to every clash of cells that is open.
pub async fn choose(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let upload = open(&mut visit, id).await?;
    let place = (upload.county, id);
    let mut answers: BTreeMap<i32, Choices> = BTreeMap::new();
    for (no, field, value) in named(&posted, "a.").filter(|(.., value)| !value.is_empty()) {
        answers.entry(no).or_default().insert(field.to_owned(), value.to_owned());
    }
    let all = posted.0.iter().find(|(name, _)| name == "all").map(|(_, value)| value.clone());
    let form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let asked = intake::lines(writing.connection(), place, Which::Of(Outcome::Asked), -1, i64::from(i32::MAX)).await?;
    for told in asked {
        let mut choices = told.choices.clone();
        choices.extend(answers.remove(&told.no).unwrap_or_default());
        for question in told.verdict.questions {
            if let Some(all) = all.as_ref().filter(|all| question.answers.iter().any(|(value, _)| value == *all)) {
                choices.insert(question.field, all.clone());
            }
        }
        if choices != told.choices {
            intake::choose(writing.connection(), place, told.no, &choices).await?;
        }
    }
    visit.keep(writing, &form, &paths::import(id)).await?;
    super::job(&visit, upload).judge_anew(State::Ready).await?;
    let flash = Flash::done("选择已记下，预览已更新。");
    Ok(flash.and_see(&paths::import(id)))
}
