//! `/evidence/{id}`: one piece as a file, and the small picture of a photograph on its record's page.

use crate::attachments::Folder;
use crate::base::ability::Download;
use crate::evidence::{self, Piece};
use crate::history::{Action, Entry, Writing};
use crate::web::shell::{Answer, Error, Path, Visit, picture, to_save};
use std::path::PathBuf;
use uuid::Uuid;

async fn piece_of(visit: &mut Visit, id: Uuid) -> Result<Piece, Error> {
    let scope = visit.scope();
    evidence::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn read(path: PathBuf) -> Result<Vec<u8>, Error> {
    tokio::fs::read(path).await.map_err(|e| Error::Internal(e.into()))
}

/// The file, to be saved; who took it stands in the history.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Download>()?;
    let piece = piece_of(&mut visit, id).await?;
    let path = Folder::within(&visit.app.config.data_dir()).path(piece.county_id, piece.attachment_id);
    let bytes = read(path).await?;
    let (app, scope, actor) = (visit.app.clone(), visit.scope(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken.
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let note = format!("佐证材料：{}", piece.title());
    writing.record(piece.county_id, Entry::event(Action::Disclosed, "files", piece.id, note)).await?;
    writing.commit().await?;
    Ok(to_save(bytes, piece.kind().media_type(), &piece.original_name, "evidence"))
}

/// The small picture; it was drawn anew when it came, and shows nothing but itself.
pub async fn small(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let piece = piece_of(&mut visit, id).await?;
    if !piece.kind().is_picture() {
        return Err(Error::NotFound);
    }
    let path = Folder::within(&visit.app.config.data_dir()).thumbnail(piece.county_id, piece.attachment_id);
    Ok(picture(read(path).await?, piece.kind().media_type()))
}
