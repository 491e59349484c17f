//! `/guidance`: all acts of guidance.

use crate::base::ability::Enter;
use crate::figures::List;
use crate::guidance::{self, Filter, Listed};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Frame, ListView, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "guidance/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    acts: Vec<Listed>,
    may_enter: bool,
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let asked = Asked::of(&visit, paths::GUIDANCE, List::Guidance)?;
    let filter = Filter { q: visit.asked("q").map(str::to_owned), open: visit.asked("open").is_some(), figure: asked.rows() };
    let found = guidance::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    page(&ListPage {
        frame: visit.frame("帮扶指导"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        acts: found.lines,
        may_enter: visit.may::<Enter>(),
    })
}
