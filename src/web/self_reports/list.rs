//! `/self-reports`: what units reported.

use crate::figures::List;
use crate::self_reports::{self, Filter, Listed};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Frame, ListView, Visit, choices, page};
use askama::Template;

#[derive(Template)]
#[template(path = "self_reports/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    reports: Vec<Listed>,
    states: Vec<Choice>,
    linked: bool,
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let asked = Asked::of(&visit, paths::SELF_REPORTS, List::SelfReports)?;
    let filter = Filter { q: visit.asked("q").map(str::to_owned), state: visit.asked("state").map(str::to_owned) };
    let found = self_reports::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    page(&ListPage {
        frame: visit.frame("企业自报"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        reports: found.lines,
        states: choices([("waiting", "待核"), ("taken", "已采用"), ("set_aside", "未采用")]),
        linked: visit.app.config.server.public_url.is_some(),
    })
}
