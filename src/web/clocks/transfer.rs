//! `/ledger/{id}/transfer.zip`: the papers of a transfer to the police (移送材料包). Who took them stands in the history.

use crate::attachments::Folder;
use crate::base::ability::{Download, EnterCase};
use crate::history::{Action, Entry, Writing};
use crate::ledger::{self, CaseFile, Measure};
use crate::transfers::{self, Transfer};
use crate::vocabulary::{CaseEvent, MeasureKind};
use crate::web::shell::{Answer, Error, Path, Visit, to_save};
use crate::{clocks, counties, evidence};
use uuid::Uuid;

/// The transfer that `measure` names, else the last one.
fn wanted<'a>(visit: &Visit, file: &'a CaseFile) -> Option<&'a Measure> {
    let named = visit.asked("measure").and_then(|id| Uuid::try_parse(id).ok());
    let mut transfers = file.measures.iter().filter(|m| m.kind().is_some_and(MeasureKind::to_police));
    match named {
        Some(id) => transfers.find(|m| m.id == id),
        None => transfers.next_back(),
    }
}

/// The evidence beside the case, its problems and its measures, in the order in which it came.
async fn pieces(visit: &mut Visit, file: &CaseFile) -> Result<Vec<transfers::File>, Error> {
    let mut records = vec![file.case.id];
    records.extend(file.problems.iter().map(|p| p.id));
    records.extend(file.measures.iter().map(|m| m.id));
    let scope = visit.scope();
    let folder = Folder::within(&visit.app.config.data_dir());
    let mut files = Vec::new();
    for piece in evidence::of(visit.connection(), &scope, &records).await? {
        let path = folder.path(piece.county_id, piece.attachment_id);
        let bytes = tokio::fs::read(path).await.map_err(|e| Error::Internal(e.into()))?;
        files.push(transfers::File { name: piece.original_name, bytes });
    }
    Ok(files)
}

/// Hands the archive out. A case without a transfer has none: 404.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<EnterCase>()?;
    visit.insist::<Download>()?;
    let (scope, today) = (visit.scope(), visit.today());
    let file = ledger::open(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    let county = file.case.county_id;
    let measure = wanted(&visit, &file).ok_or(Error::NotFound)?;
    let events = clocks::events_of(visit.connection(), &scope, id).await?;
    let owner = if file.case.handler().city_direct() { crate::base::CITY } else { county };
    let body = counties::body_on(visit.connection(), owner, today).await?.map(|b| b.full_name).unwrap_or_default();
    let area = visit.app.directory.name(county);
    let reviewed = events.iter().filter(|e| e.measure_id == Some(measure.id) && e.kind() == Some(CaseEvent::LetterReviewed));
    let transfer = Transfer {
        file: &file,
        measure,
        events: &events,
        area: &area,
        body: &body,
        reviewed_on: reviewed.map(|e| e.happened_on).max(),
    };
    let evidence = pieces(&mut visit, &file).await?;
    let bytes = transfers::package(&transfer, evidence).map_err(|e| Error::Internal(e.into()))?;
    let name = format!("移送材料-{}.zip", file.case.title());
    let (app, actor) = (visit.app.clone(), visit.viewer.actor.clone());
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(county, Entry::event(Action::Disclosed, "files", id, name.clone())).await?;
    writing.commit().await?;
    Ok(to_save(bytes, "application/zip", &name, "transfer.zip"))
}
