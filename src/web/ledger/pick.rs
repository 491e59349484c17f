//! The first step of `/ledger/new`: which unit.

use super::form::{county_name, many_counties};
use crate::platform::database::Within;
use crate::units::{self, Filter, Listed};
use crate::web::shell::{Answer, Form, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "ledger/pick.html")]
struct PickPage {
    frame: Frame,
    form: Form,
    found: Option<Vec<Found>>,
    with_county: bool,
}

struct Found {
    unit: Listed,
    county: String,
}

/// Units that `q` finds.
pub async fn get(mut visit: Visit) -> Answer {
    let q = visit.asked("q").map(str::to_owned);
    let mut found = None;
    if q.is_some() {
        let filter = Filter { q: q.clone(), ..Filter::default() };
        let within = Within { scope: visit.scope(), campaign: visit.campaign.id, date: visit.today() };
        let sought = units::search(visit.connection(), &within, filter, None).await?;
        let line = |unit: Listed| Found { county: county_name(&visit, unit.county_id), unit };
        found = Some(sought.lines.into_iter().take(20).map(line).collect());
    }
    let mut cells = visit.cells();
    cells.set("q", q.unwrap_or_default());
    let with_county = many_counties(&visit);
    page(&PickPage { frame: visit.frame("登记案件"), form: visit.form(cells), found, with_county })
}
