//! `/annexes/1.xlsx`, `/annexes/2.xlsx`, `/annexes/roll-up.xlsx`: a county's own; for the city the consolidated book, or one
//! county's with `?county=`. Every file that is taken away is in the history.

use crate::annexes;
use crate::base::ability::Download;
use crate::base::{CITY, new_id};
use crate::consolidated::{self, Book, BookError, Order, Wanted};
use crate::history::{Action, Entry, Writing};
use crate::web::shell::{Answer, Error, Visit, attachment};

/// Hands the file out.
pub async fn get(visit: Visit, wanted: Wanted) -> Answer {
    visit.insist::<Download>()?;
    let (county, date) = (super::county(&visit)?, super::date(&visit)?);
    match visit.asked("from") {
        None | Some("live") => {}
        Some("accepted") => return Err(Error::Absent("尚无已接收的报送。请改为下载实时数据，或待市局接收后再下载。")),
        Some(_) => return Err(Error::Bad("from")),
    }
    let made_at = visit.now();
    let (scope, app) = (visit.scope(), visit.app.clone());
    let (campaign, actor) = (visit.campaign.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken for the snapshot.
    drop(visit);
    let order = Order { wanted, county, campaign: &campaign, date, made_at, directory: &app.directory, given: &[], basis: None };
    let mut book = consolidated::write(&app.db, &scope, &order).await.map_err(refused)?;
    let area = county.unwrap_or(CITY);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let note = format!("{}，{}行", book.name, book.lines);
    for base in &mut book.bases {
        annexes::keep(&mut writing, base).await?;
    }
    writing.record(area, Entry::event(Action::Disclosed, "files", new_id(), note)).await?;
    writing.commit().await?;
    let Book { file, name, .. } = book;
    let what = match wanted {
        Wanted::Annex(annex) => format!("annex{}", annex.number()),
        Wanted::RollUp => "roll-up".to_owned(),
    };
    attachment(file, &name, &format!("{what}-{area}-{}.xlsx", date.format("%Y%m%d")))
}

fn refused(error: BookError) -> Error {
    match error {
        BookError::Database(error) => error.into(),
        BookError::Sheet(error) => Error::Internal(error.into()),
        BookError::Io(error) => Error::Internal(error.into()),
    }
}
