//! `/history/{record_id}`: everything that happened to one record, for who may see the record.

use super::entry::EntryRow;
use crate::base::ability::ReadHistory;
use crate::history;
use crate::web::shell::{Answer, Error, Frame, Path, Visit, is_field_record, page};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "history/show.html")]
struct ShowPage {
    frame: Frame,
    object: &'static str,
    title: String,
    entries: Vec<EntryRow>,
    reader: bool,
}

/// The list. Accounts, sign-ins and files are for readers of the history, and one's own account for oneself; to others they
/// look as if they were not there.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let (scope, reader) = (visit.scope(), visit.may::<ReadHistory>());
    let mut found = history::of_record(visit.connection(), &scope, id).await?;
    let own = id == visit.viewer.actor.account;
    found.retain(|past| reader || own || is_field_record(&past.record));
    let entries: Vec<EntryRow> = found.iter().map(|past| EntryRow::of(past, &visit.app.directory)).collect();
    // The latest line that has a name: a line of signing in has none.
    let named = entries.iter().find(|entry| !entry.title.is_empty()).or(entries.first()).ok_or(Error::NotFound)?;
    let (object, title) = (named.object, named.title.clone());
    page(&ShowPage { frame: visit.frame("修改记录"), object, title, entries, reader })
}
