//! `/look-backs`: draw problems that were struck off, and see what came of it. The city draws in every county, a county in its own.

use crate::base::ability::Attach;
use crate::base::{CITY, CountyId, new_id};
use crate::counties::Directory;
use crate::look_backs::{self, DrawTerms, LookBack, Tally};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Posted, Visit, choices, page_with};
use askama::Template;
use axum::http::StatusCode;

/// Most problems of one county in one draw.
const MOST: i32 = 50;

#[derive(Template)]
#[template(path = "look_backs/index.html")]
struct IndexPage {
    frame: Frame,
    form: Form,
    drawn: Vec<LookBack>,
    tally: Vec<Tally>,
    names: Directory,
    counties: Vec<Choice>,
    may_draw: bool,
}

impl IndexPage {
    fn city(&self) -> bool {
        !self.counties.is_empty()
    }
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form) -> Answer {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let drawn = look_backs::list(visit.connection(), &scope, campaign).await?;
    let tally = look_backs::tally(visit.connection(), &scope, campaign).await?;
    let many = !visit.viewer.actor.role.of_a_county();
    let all = visit.app.directory.counties().filter(|c| many && c.id != CITY).map(|c| (c.id.to_string(), c.name.clone()));
    let (counties, may_draw) = (choices(all), visit.may::<Attach>());
    let names = visit.app.directory.clone();
    page_with(status, &IndexPage { frame: visit.frame("回头看"), form, drawn, tally, names, counties, may_draw })
}

/// Shows it, with a seed proposed.
pub async fn get(mut visit: Visit) -> Answer {
    let mut cells = visit.cells();
    let seed = new_id().as_u128() as u64 % 1_000_000;
    cells.set("each", "3").set("seed", seed.to_string());
    let form = visit.form(cells);
    shown(&mut visit, StatusCode::OK, form).await
}

/// The counties that are drawn in: one's own; for the city the one that is named, else all.
fn counties(visit: &Visit, form: &Form) -> Result<Vec<CountyId>, Error> {
    let actor = &visit.viewer.actor;
    if actor.role.of_a_county() {
        return Ok(vec![actor.county]);
    }
    let all = visit.app.directory.counties().map(|c| c.id).filter(|c| *c != CITY);
    match form.value("county") {
        "" => Ok(all.collect()),
        code => Ok(vec![CountyId::from_code(code).filter(|c| visit.scope().holds(*c)).ok_or(Error::NotFound)?]),
    }
}

/// Draws.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Attach>()?;
    let mut form = visit.posted(posted);
    let each = form.cells.count("each").filter(|n| (1..=MOST).contains(n));
    if each.is_none() && form.cells.error("each").is_none() {
        form.cells.refuse("each", format!("每县（区）抽取数应为1至{MOST}。"));
    }
    let seed = form.value("seed").trim().parse::<i64>().ok().filter(|s| *s >= 0);
    if seed.is_none() {
        form.cells.refuse("seed", "随机种子应为数字。");
    }
    let (Some(each), Some(seed), true) = (each, seed, form.cells.clean()) else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let (counties, campaign) = (counties(&visit, &form)?, visit.campaign.id);
    let terms = DrawTerms { id: new_id(), seed, each };
    let mut writing = visit.write(&form).await?;
    let mut drawn = 0;
    for county in counties {
        let permit = writing.permit::<Attach>(county)?;
        drawn += look_backs::draw(&mut writing, &permit, campaign, terms).await?;
    }
    if drawn == 0 {
        drop(writing);
        return Ok(Flash::warn("没有可抽取的问题：已销号的问题均已抽取过，或尚无销号。").and_see(paths::LOOK_BACKS));
    }
    let flash = Flash::done(format!("已抽取{drawn}个问题，随机种子{seed}。"));
    visit.done(writing, &form, paths::LOOK_BACKS, flash).await
}
