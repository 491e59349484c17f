//! `/bodies`: every name that a body has borne, and the form for its next one (`?county=`).

use crate::base::ability::Administer;
use crate::base::{CountyId, dates};
use crate::counties::{self, Body};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Form, Frame, Visit, page};
use askama::Template;
use chrono::NaiveDate;

/// One area with its names, the newest first.
struct BodyRows {
    county: String,
    change: String,
    report_phone: String,
    names: Vec<NameRow>,
}

struct NameRow {
    full_name: String,
    seal_name: String,
    valid_from: String,
    may_punish: bool,
    in_force: bool,
    to_come: bool,
}

#[derive(Template)]
#[template(path = "bodies/index.html")]
pub(super) struct BodiesPage {
    frame: Frame,
    form: Form,
    /// Whose new name is being entered: the area, where the form goes.
    chosen: Option<(String, String)>,
    /// Where its 举报电话 goes.
    phone_action: String,
    bodies: Vec<BodyRows>,
}

impl BodiesPage {
    /// The page with the form of `chosen` open.
    pub(super) async fn of(visit: &mut Visit, form: Form, chosen: Option<CountyId>) -> Result<Self, Error> {
        let names = counties::bodies(visit.connection()).await?;
        let (today, directory) = (visit.today(), &visit.app.directory);
        let bodies = directory.all().iter().map(|county| BodyRows {
            county: county.name.clone(),
            report_phone: names
                .iter()
                .find(|body| body.county_id == county.id)
                .map(|b| b.report_phone.clone())
                .unwrap_or_default(),
            change: format!("{}#change", paths::with(paths::BODIES, &[("county", &county.id.to_string())])),
            names: rows(names.iter().filter(|body| body.county_id == county.id), today),
        });
        let bodies = bodies.collect();
        let phone_action = chosen.map(paths::report_phone).unwrap_or_default();
        let chosen = chosen.map(|id| (directory.name(id), paths::body(id)));
        Ok(Self { frame: visit.frame("填报单位"), form, chosen, phone_action, bodies })
    }
}

/// The names, newest first, with the one in force marked: the latest that has begun, else the oldest.
fn rows<'a>(names: impl Iterator<Item = &'a Body>, today: NaiveDate) -> Vec<NameRow> {
    let names: Vec<&Body> = names.collect();
    let current = names.iter().position(|body| body.valid_from <= today).unwrap_or(names.len().saturating_sub(1));
    let row = |(at, body): (usize, &&Body)| NameRow {
        full_name: body.full_name.clone(),
        seal_name: body.seal_name.clone(),
        valid_from: dates::short(body.valid_from),
        may_punish: body.may_punish,
        in_force: at == current,
        to_come: at < current,
    };
    names.iter().enumerate().map(row).collect()
}

/// The list; with `?county=` also the form, begun with the name in force.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Administer>()?;
    let chosen = visit.asked_county()?;
    let mut cells = visit.cells();
    if let Some(county) = chosen {
        let today = visit.today();
        if let Some(body) = counties::body_on(visit.connection(), county, today).await? {
            cells.set("full_name", body.full_name).set("seal_name", body.seal_name);
            cells.set("report_phone", body.report_phone);
            cells.set("may_punish", if body.may_punish { "yes" } else { "" });
        }
    }
    let form = visit.form(cells);
    page(&BodiesPage::of(&mut visit, form, chosen).await?)
}
