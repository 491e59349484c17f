//! `/snapshots/{id}`: one snapshot of the city: its figures with their bases, its files, and who took them.

use super::show::{COLUMNS, Row, row};
use crate::base::ability::{Download, ReadCity};
use crate::base::{CITY, dates};
use crate::figures::Values;
use crate::history::{self, Action, Entry, Writing};
use crate::snapshots::{self, Kept, SourceTally};
use crate::web::shell::{Answer, Error, Frame, Path, Visit, page, to_save};
use askama::Template;
use uuid::Uuid;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The files of a snapshot: kind, word, type.
const FILES: [(&str, &str, &str); 5] = [
    ("bulletin", "通报", DOCX),
    ("summary", "工作总结", DOCX),
    ("roll-up", "汇总表", XLSX),
    ("annex1", "附件1汇编", XLSX),
    ("annex2", "附件2汇编", XLSX),
];

#[derive(Template)]
#[template(path = "today/snapshot.html")]
struct SnapshotPage {
    frame: Frame,
    kept: Kept,
    made: String,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    source_heads: Vec<&'static str>,
    files: Vec<(&'static str, String)>,
    taken: Vec<(String, String, String)>,
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<ReadCity>()?;
    let scope = visit.scope();
    let kept = snapshots::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let past = history::of_record(visit.connection(), &scope, id).await?;
    let taken = past.iter().filter(|p| p.action == Action::Disclosed.code());
    let taken = taken.map(|p| (dates::minute(p.business_at), p.actor_name.clone(), p.note.clone().unwrap_or_default())).collect();
    let bodies = kept.bodies();
    let total = bodies.iter().fold(Values::default(), |sum, (_, _, values)| sum.plus(values));
    let mut rows: Vec<Row> =
        bodies.into_iter().map(|(county, basis, values)| row(visit.app.directory.name(county), basis, &values)).collect();
    rows.push(row("合计".to_owned(), String::new(), &total));
    let may_download = visit.may::<Download>();
    let file = |(kind, word, _): &(&str, &'static str, &str)| (*word, format!("/snapshots/{id}/files/{kind}"));
    page(&SnapshotPage {
        frame: visit.frame(format!("市级快照第{}号", kept.number)),
        made: dates::minute(kept.made_at),
        heads: COLUMNS.iter().map(|(_, label)| *label).collect(),
        rows,
        source_heads: SourceTally::heads(),
        files: if may_download { FILES.iter().map(file).collect() } else { Vec::new() },
        taken,
        kept,
    })
}

/// One file of it, byte for byte as it was frozen.
pub async fn file(mut visit: Visit, Path((id, kind)): Path<(Uuid, String)>) -> Answer {
    visit.insist::<Download>()?;
    visit.insist::<ReadCity>()?;
    let scope = visit.scope();
    let media = FILES.iter().find(|(code, ..)| *code == kind).map(|(.., media)| *media).ok_or(Error::NotFound)?;
    let (name, bytes) = snapshots::file_of(visit.connection(), &scope, id, &kind).await?.ok_or(Error::NotFound)?;
    let (app, actor) = (visit.app.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken.
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(CITY, Entry::event(Action::Disclosed, "snapshots", id, name.clone())).await?;
    writing.commit().await?;
    Ok(to_save(bytes, media, &name, &kind))
}
