//! 附件1, 附件2 and 汇总表: on screen as on paper, as files, and the zero report of an empty one.

mod download;
mod table;
mod zero;

use crate::annexes::Annex;
use crate::base::{CountyId, dates};
use crate::consolidated::Wanted;
use crate::web::shell::{App, Error, Visit};
use axum::Router;
use axum::routing::{get, post};
use chrono::NaiveDate;

/// The routes of this room.
pub fn router() -> Router<App> {
    Router::new()
        .route("/annexes/1", get(|visit| table::get(visit, Annex::One)))
        .route("/annexes/2", get(|visit| table::get(visit, Annex::Two)))
        .route("/annexes/1.xlsx", get(|visit| download::get(visit, Wanted::Annex(Annex::One))))
        .route("/annexes/2.xlsx", get(|visit| download::get(visit, Wanted::Annex(Annex::Two))))
        .route("/annexes/roll-up.xlsx", get(|visit| download::get(visit, Wanted::RollUp)))
        .route("/annexes/zero", post(zero::post))
}

/// The county that the query names; without one, a county's people see their own.
fn county(visit: &Visit) -> Result<Option<CountyId>, Error> {
    let own = visit.viewer.actor.role.of_a_county().then_some(visit.viewer.actor.county);
    Ok(visit.asked_county()?.or(own))
}

/// The data date that the query names; without one, today.
fn date(visit: &Visit) -> Result<NaiveDate, Error> {
    match visit.asked("date") {
        Some(typed) => dates::read_date(typed, visit.today()).map_err(|_| Error::Bad("date")),
        None => Ok(visit.campaign.live_date(visit.today())),
    }
}
