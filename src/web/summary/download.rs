//! `/summary.docx`: the paper. Taking it away is in the history.

use super::{county, read};
use crate::base::ability::Download;
use crate::base::{CITY, new_id};
use crate::history::{Action, Entry, Writing};
use crate::summary::document;
use crate::web::shell::{Answer, Error, Visit, paper};

/// Hands the file out.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Download>()?;
    let county = county(&visit)?;
    let summary = read(&mut visit, county).await?;
    let bytes = document(&summary).to_docx().map_err(|e| Error::Internal(e.into()))?;
    let (scope, app, actor) = (visit.scope(), visit.app.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken to write.
    drop(visit);
    let day = summary.date.format("%Y%m%d");
    let area = if county == CITY { "全市".to_owned() } else { app.directory.name(county) };
    let name = format!("违法排污行为大整治工作总结-{area}-{day}.docx");
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(county, Entry::event(Action::Disclosed, "files", new_id(), name.clone())).await?;
    writing.commit().await?;
    Ok(paper(bytes, &name, &format!("summary-{county}-{day}.docx")))
}
