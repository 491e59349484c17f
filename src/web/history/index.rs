//! `/history`: all rooms in one list, newest first, by county, act and person.

use super::entry::EntryRow;
use crate::base::Cells;
use crate::base::ability::ReadHistory;
use crate::history::{self, Action, Filter};
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Form, Frame, Visit, choices, page};
use askama::Template;

/// Lines of one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "history/index.html")]
struct IndexPage {
    frame: Frame,
    form: Form,
    counties: Vec<Choice>,
    actions: Vec<Choice>,
    entries: Vec<EntryRow>,
    first: Option<String>,
    next: Option<String>,
}

/// The list.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<ReadHistory>()?;
    let filter = Filter {
        county: visit.asked_county()?,
        action: visit.asked("action").and_then(Action::from_code),
        actor: visit.asked("actor").map(ToOwned::to_owned),
        after: visit.asked("after").and_then(|id| id.parse().ok()),
    };
    let scope = visit.scope();
    let mut found = history::list(visit.connection(), &scope, &filter).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);

    let county = filter.county.map(|id| id.to_string()).unwrap_or_default();
    let (action, actor) = (filter.action.map_or("", Action::code), filter.actor.as_deref().unwrap_or_default());
    let page_after =
        |after: &str| paths::with(paths::HISTORY, &[("county", &county), ("action", action), ("actor", actor), ("after", after)]);
    let next = found.last().filter(|_| more).map(|past| page_after(&past.id.to_string()));
    let first = filter.after.map(|_| page_after(""));
    let mut cells = Cells::new(visit.today());
    cells.set("county", &*county).set("action", action).set("actor", actor);
    let directory = &visit.app.directory;
    page(&IndexPage {
        frame: visit.frame("操作日志"),
        form: visit.form(cells),
        counties: choices(directory.all().iter().map(|county| (county.id.to_string(), county.name.clone()))),
        actions: choices(Action::ALL.map(|action| (action.code(), action.label()))),
        entries: found.iter().map(|past| EntryRow::of(past, directory)).collect(),
        first,
        next,
    })
}
