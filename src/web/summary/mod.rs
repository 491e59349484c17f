//! 工作总结: the summary as it is printed, one form a paragraph, and the paper as a file.

mod act;
mod download;
mod edit;
mod show;

use crate::base::ability::Summarise;
use crate::base::{CITY, CountyId};
use crate::figures::{Row, Table};
use crate::submissions::{self, Submission};
use crate::summary::{self, Asked, Paragraph, Summary};
use crate::web::shell::{App, Error, Visit};
use axum::Router;
use axum::routing::{get, post};

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/summary", get(show::get))
        .route("/summary.docx", get(download::get))
        .route("/summary/{key}/edit", get(edit::get).post(edit::post))
        .route("/summary/{key}/restore", post(act::restore))
        .route("/summary/{key}/reset", post(act::reset))
}

/// Whose summary: the one that the query names, else one's own.
fn county(visit: &Visit) -> Result<CountyId, Error> {
    let own = if visit.viewer.actor.role.of_a_county() { visit.viewer.actor.county } else { CITY };
    Ok(visit.asked_county()?.unwrap_or(own))
}

/// Whether the city asks for its summary over what it received (`?from=accepted`), not over live facts.
fn over_accepted(visit: &Visit, county: CountyId) -> bool {
    county == CITY && visit.asked("from") == Some("accepted")
}

/// The summary of a county on the data date that the query names, else as it stands today; the city's also over what it received.
async fn read(visit: &mut Visit, county: CountyId) -> Result<Summary, Error> {
    let (scope, campaign, app) = (visit.scope(), visit.campaign.clone(), visit.app.clone());
    let (date, signed_on) = (visit.data_date()?, visit.today());
    let asked = Asked { county, campaign: &campaign, date, signed_on, directory: &app.directory };
    if !over_accepted(visit, county) {
        return Ok(summary::read(visit.connection(), &scope, &asked).await?);
    }
    let received = submissions::accepted(visit.connection(), &scope, campaign.id).await?;
    // What was filed is as of its filing.
    let Some(date) = received.iter().map(|s| s.data_date).max() else {
        return Err(Error::Absent("尚无已接收的报送。请改看实时数据，或待市局接收后再看。"));
    };
    let asked = Asked { date, ..asked };
    let row = |s: &Submission| Row { county: s.county_id, values: s.values(), by_city: s.by_city() };
    let table = Table { date, rows: received.iter().map(row).collect() };
    Ok(summary::read_over(visit.connection(), &scope, &asked, &table).await?)
}

/// The summary whose paragraph is to be edited: of a name that is none there is no page, also for those who may not edit.
async fn editable(visit: &mut Visit, key: &str) -> Result<Summary, Error> {
    let county = county(visit)?;
    let summary = read(visit, county).await?;
    paragraph(&summary, key)?;
    visit.insist_in::<Summarise>(county)?;
    Ok(summary)
}

/// A paragraph of it; a name that is none is like a page that is not there.
fn paragraph<'a>(summary: &'a Summary, key: &str) -> Result<&'a Paragraph, Error> {
    summary.paragraph(key).ok_or(Error::NotFound)
}
