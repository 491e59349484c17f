//! `/permits`: 应发未发 and 已过期 as a queue; one click makes the problem (03 无证排污, or 04 未按证排污) of it.

use crate::base::ability::Enter;
use crate::base::{Cells, CountyId, dates};
use crate::counties::Directory;
use crate::permits::{self, Class, Queued, Why};
use crate::problems::{self, NewProblem, ProblemChanges};
use crate::vocabulary::Source;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Posted, Visit, choices, page, page_with};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "permits/index.html")]
struct PermitsPage {
    frame: Frame,
    form: Form,
    classes: Vec<Class>,
    queue: Vec<Queued>,
    names: Directory,
    counties: Vec<Choice>,
    county: String,
    may_enter: bool,
}

impl PermitsPage {
    fn city(&self) -> bool {
        !self.counties.is_empty()
    }

    fn registered(&self) -> usize {
        self.queue.iter().filter(|q| q.problem.is_some()).count()
    }

    fn of_class(&self, class: &Class) -> String {
        paths::with(paths::UNITS, &[("county", &self.county), ("permit_class", class.code.as_deref().unwrap_or_default())])
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form).await?)
}

async fn shown(visit: &mut Visit, form: Form) -> Result<PermitsPage, Error> {
    let county: Option<CountyId> = visit.asked_county()?;
    let scope = county.and_then(|c| visit.scope().narrowed_to(c)).unwrap_or_else(|| visit.scope());
    let (campaign, today) = (visit.campaign.id, visit.today());
    let classes = permits::classes(visit.connection(), &scope).await?;
    let queue = permits::queue(visit.connection(), &scope, campaign, today).await?;
    let many = !visit.viewer.actor.role.of_a_county();
    let all = visit.app.directory.counties().filter(|_| many).map(|c| (c.id.to_string(), c.name.clone()));
    Ok(PermitsPage {
        frame: visit.frame("持证情况"),
        form,
        classes,
        queue,
        names: visit.app.directory.clone(),
        counties: choices(all),
        county: county.map(|c| c.to_string()).unwrap_or_default(),
        may_enter: visit.may::<Enter>(),
    })
}

/// Makes a problem of a line of the queue.
pub async fn problem(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let unit = visit.unit(form.value("unit").parse().unwrap_or_default()).await?;
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let queue = permits::queue(visit.connection(), &scope, campaign, today).await?;
    let line = queue.into_iter().find(|q| q.id == unit.id && q.problem.is_none());
    let Some(line) = line else {
        // A second press of the same button goes where the first led.
        visit.write(&form).await?;
        let told = format!("{}已不在待处理之列：许可证信息已更新，或问题已登记。本次没有登记。", unit.title());
        form.cells.refuse("", told);
        return page_with(StatusCode::CONFLICT, &shown(&mut visit, form).await?);
    };
    let kind = if form.value("kind") == "04" { "04" } else { "03" };
    let text = match line.why() {
        Why::Owed => "应取得排污许可证而未取得".to_owned(),
        Why::Expired(until) => format!("排污许可证已于{}到期，未见延续", dates::long(until)),
    };
    let mut cells = Cells::new(today);
    cells
        .set("source", Source::CountyInspection.code())
        .set("problem_kind", kind)
        .set("problem", text)
        .set("found_on", dates::short(today));
    let facts = ProblemChanges::read(&mut cells).ok_or(Error::Bad("permit problem"))?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    let new = NewProblem { campaign, unit: unit.id, recurrence_of: None, facts };
    let id = problems::add(&mut writing, &permit, &new).await?;
    let flash = Flash::done("问题已登记，请核实是否已到实施时限，并补充整改措施和时限。");
    visit.done(writing, &form, &paths::problem(id), flash).await
}
