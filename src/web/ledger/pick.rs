//! The first steps of `/ledger/new`: which unit, and which of its problems.

use super::form::{county_name, many_counties};
use crate::ledger::{self, CaseProblem};
use crate::units::{self, Filter, Listed, Unit};
use crate::web::shell::{Answer, Error, Form, Frame, Visit, page};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/pick.html")]
struct PickPage {
    frame: Frame,
    form: Form,
    found: Option<Vec<Found>>,
    unit: Option<Unit>,
    problems: Vec<CaseProblem>,
    with_county: bool,
}

struct Found {
    unit: Listed,
    county: String,
}

/// Units that `q` finds; with `unit`, that unit's problems.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let q = visit.asked("q").map(str::to_owned);
    let asked = visit.asked("unit").map(str::to_owned);
    let (mut unit, mut problems, mut found) = (None, Vec::new(), None);
    if let Some(id) = asked {
        let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
        let chosen = units::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
        problems = ledger::problems_of_unit(visit.connection(), &scope, campaign, id).await?;
        unit = Some(chosen);
    } else if q.is_some() {
        let filter = Filter { q: q.clone(), ..Filter::default() };
        let sought = units::search(visit.connection(), &scope, campaign, today, &filter).await?;
        let line = |unit: Listed| Found { county: county_name(&visit, unit.county_id), unit };
        found = Some(sought.units.into_iter().take(20).map(line).collect());
    }
    let mut cells = visit.cells();
    cells.set("q", q.unwrap_or_default());
    let with_county = many_counties(&visit);
    page(&PickPage { frame: visit.frame("登记案件"), form: visit.form(cells), found, unit, problems, with_county })
}
