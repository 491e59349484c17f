//! `/annexes/1.xlsx`, `/annexes/2.xlsx`, `/annexes/roll-up.xlsx`: a county's own; for the city the consolidated book, or one
//! county's with `?county=`. Every file that is taken away is in the history.

use crate::annexes;
use crate::as_of;
use crate::base::ability::Download;
use crate::base::{CITY, CountyId, clock, dates, new_id};
use crate::consolidated::{self, Book, Given, Order, Wanted};
use crate::history::{Action, Entry, Writing};
use crate::submissions;
use crate::web::shell::{Answer, Error, Visit, attachment};
use chrono::{DateTime, FixedOffset};

/// Hands the file out.
pub async fn get(mut visit: Visit, wanted: Wanted) -> Answer {
    visit.insist::<Download>()?;
    let (county, date) = (super::county(&visit)?, super::date(&visit)?);
    let accepted = match visit.asked("from") {
        None | Some("live") => None,
        Some("accepted") => Some(accepted(&mut visit, county).await?),
        Some(_) => return Err(Error::Bad("from")),
    };
    let at = visit.asked("as_of").map(moment).transpose()?;
    let made_at = visit.now();
    let (scope, app) = (visit.scope(), visit.app.clone());
    let (campaign, actor) = (visit.campaign.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken for the snapshot.
    drop(visit);
    let basis = at.map(|at| format!("截至{}的记录", dates::instant_long(at)));
    let order = Order {
        wanted,
        county,
        campaign: &campaign,
        date: at.map_or(date, |at| date.min(at.date_naive())),
        made_at,
        directory: &app.directory,
        given: accepted.as_deref().unwrap_or_default(),
        only_given: accepted.is_some(),
        basis: basis.as_deref(),
    };
    let written = match at {
        Some(at) => {
            let mut past = as_of::restore(&app.db, &scope, at.to_utc()).await?;
            consolidated::write_in(past.connection(), &scope, &order).await
        }
        None => consolidated::write(&app.db, &scope, &order).await,
    };
    let mut book = written?;
    if at.is_some() || accepted.is_some() {
        // What is past or filed is no table to edit and bring back.
        book.bases.clear();
    }
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

/// The tables that the city received, of one county or of all in sight.
async fn accepted(visit: &mut Visit, county: Option<CountyId>) -> Result<Vec<Given>, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let received = submissions::accepted(visit.connection(), &scope, campaign).await?;
    let mut given = Vec::new();
    for submission in received.iter().filter(|s| county.is_none_or(|c| c == s.county_id)) {
        given.push(submissions::given(visit.connection(), &scope, submission).await?);
    }
    if given.is_empty() {
        return Err(Error::Absent("尚无已接收的报送。请改为下载实时数据，或待市局接收后再下载。"));
    }
    Ok(given)
}

/// A moment as scripts write it: `2019-06-20T17:30`, 北京时间, or with an offset of its own.
fn moment(text: &str) -> Result<DateTime<FixedOffset>, Error> {
    clock::read_moment(text).ok_or(Error::Bad("as_of"))
}
