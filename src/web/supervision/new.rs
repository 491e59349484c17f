//! `/supervision/new`: an order over a problem, a case, tables that are late, an order whose 销号 did not last, or free words.

use super::order_of;
use crate::base::ability::Supervise;
use crate::base::{CITY, Cells, CountyId, dates};
use crate::supervision::{self, NewOrder, Order};
use crate::vocabulary::{SupervisionLevel, SupervisionMatter};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Flash, Form, Frame, Posted, Visit, choices, page, page_with, words};
use crate::{ledger, problems, units};
use askama::Template;
use axum::http::StatusCode;
use chrono::Days;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "supervision/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    counties: Vec<Choice>,
    levels: Vec<Choice>,
    matters: Vec<Choice>,
    /// What it is tied to, with its address.
    tied: Option<(String, String)>,
    /// Orders over the same that are not struck off.
    open: Vec<Order>,
}

/// What an order is over, found within the viewer's scope.
#[derive(Default)]
struct Over {
    county: Option<CountyId>,
    problem: Option<Uuid>,
    case: Option<Uuid>,
    again: Option<Uuid>,
    about: Option<SupervisionMatter>,
    matter: String,
    tied: Option<(String, String)>,
}

/// The id under a name; one that cannot be read is like none that is there.
fn id(value: &str) -> Result<Option<Uuid>, Error> {
    if value.is_empty() { Ok(None) } else { value.parse().map(Some).map_err(|_| Error::NotFound) }
}

async fn over(visit: &mut Visit, named: impl Fn(&str) -> String) -> Result<Over, Error> {
    let scope = visit.scope();
    if let Some(problem) = id(&named("problem"))? {
        let problem = problems::find(visit.connection(), &scope, problem).await?.ok_or(Error::NotFound)?;
        let unit = units::find(visit.connection(), &scope, problem.unit_id).await?.ok_or(Error::NotFound)?;
        let due = problem.due_on.map(|d| format!("计划完成时限{}，", dates::long(d))).unwrap_or_default();
        let text = problem.description.as_deref().unwrap_or("违法排污问题").trim_end_matches('。');
        let state = problem.progress(visit.today()).label();
        return Ok(Over {
            county: Some(problem.county_id),
            problem: Some(problem.id),
            about: Some(SupervisionMatter::Problem),
            matter: format!("{}：{text}。{due}目前{state}。", unit.title()),
            tied: Some((format!("问题：{}", unit.title()), paths::problem(problem.id))),
            ..Over::default()
        });
    }
    if let Some(case) = id(&named("case"))? {
        let case = ledger::find(visit.connection(), &scope, case).await?.ok_or(Error::NotFound)?;
        return Ok(Over {
            county: Some(case.county_id),
            case: Some(case.id),
            about: Some(SupervisionMatter::Case),
            matter: format!("{}，目前{}。", case.title(), case.state().label()),
            tied: Some((format!("案件：{}", case.title()), paths::case(case.id))),
            ..Over::default()
        });
    }
    if let Some(order) = id(&named("again"))? {
        let order = order_of(visit, order).await?;
        return Ok(Over {
            county: Some(order.county_id),
            problem: order.problem_id,
            case: order.case_id,
            again: Some(order.id),
            about: SupervisionMatter::from_code(&order.about),
            matter: format!("{}已销号事项反弹：{}", order.document_number, order.matter),
            tied: Some((format!("原督办单：{}", order.document_number), paths::supervision(order.id))),
        });
    }
    let Some(county) = CountyId::from_code(&named("late")).filter(|c| *c != CITY && scope.holds(*c)) else {
        return Ok(Over::default());
    };
    let matter = format!("截至{}，附件1、附件2和工作总结尚未上报。", dates::instant_long(visit.now()));
    Ok(Over { county: Some(county), about: Some(SupervisionMatter::Late), matter, ..Over::default() })
}

async fn shown(visit: &mut Visit, form: Form, over: Over) -> Result<NewPage, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let late = over.county.filter(|_| over.about == Some(SupervisionMatter::Late));
    let open = supervision::open_over(visit.connection(), &scope, campaign, (over.problem, over.case, late)).await?;
    Ok(NewPage {
        frame: visit.frame("下达督办单"),
        form,
        counties: choices(visit.app.directory.counties().map(|c| (c.id.to_string(), c.name.clone()))),
        levels: words::<SupervisionLevel>(),
        matters: words::<SupervisionMatter>(),
        tied: over.tied,
        open,
    })
}

/// The form, filled from what it is over.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Supervise>()?;
    let query = visit.query.clone();
    let named = move |name: &str| query.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let over = over(&mut visit, named).await?;
    let (mut cells, today) = (visit.cells(), visit.today());
    prefill(&mut cells, &over);
    cells.set("issued_on", dates::short(today)).set("due_on", dates::short(today + Days::new(7)));
    let form = visit.form(cells);
    page(&shown(&mut visit, form, over).await?)
}

fn prefill(cells: &mut Cells, over: &Over) {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let asks = match over.about {
        Some(SupervisionMatter::Late) => "请抓紧核对数据、补齐缺项，按程序签发上报，并书面说明原因。",
        Some(SupervisionMatter::Case) => "请加快调查取证和案件审查，依法作出处理，书面报告办理情况。",
        Some(SupervisionMatter::Problem) => "请督促排污单位落实整改措施，组织现场核查，书面报告整改情况。",
        _ => "",
    };
    cells
        .set("county", over.county.map(|c| c.to_string()).unwrap_or_default())
        .set("problem", if over.again.is_none() { id(over.problem) } else { String::new() })
        .set("case", if over.again.is_none() { id(over.case) } else { String::new() })
        .set("again", id(over.again))
        .set("level", SupervisionLevel::Order.code())
        .set("about", over.about.map(SupervisionMatter::code).unwrap_or_default())
        .set("matter", over.matter.clone())
        .set("requirement", asks);
}

/// Issues it. What it is over says the county; a county typed besides has no effect.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Supervise>()?;
    let mut form = visit.posted(posted);
    let values: Vec<(String, String)> =
        ["problem", "case", "again"].iter().map(|n| ((*n).to_owned(), form.value(n).to_owned())).collect();
    let named = move |name: &str| values.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let over = over(&mut visit, named).await?;
    let typed = CountyId::from_code(form.value("county")).filter(|c| *c != CITY && visit.viewer.scope.holds(*c));
    let county = over.county.or(typed);
    if county.is_none() {
        form.cells.refuse("county", "请选择县（区）。");
    }
    let new = NewOrder::read(&mut form.cells, county.unwrap_or(CITY));
    let (Some(mut new), Some(county)) = (new, county) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, over).await?);
    };
    (new.problem, new.case, new.recurrence_of) = (over.problem, over.case, over.again);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Supervise>(county)?;
    let id = supervision::issue(&mut writing, &permit, &visit.campaign, &new).await?;
    visit.done(writing, &form, &paths::supervision(id), Flash::done("督办单已下达。")).await
}
