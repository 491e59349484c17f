//! `/exposures`: the texts of the campaign and how far each has come.

use crate::counties::Directory;
use crate::exposures::{self, Line, State};
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "exposures/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    chosen: Option<State>,
    names: Directory,
    city: bool,
}

impl ListPage {
    fn shown(&self) -> Vec<&Line> {
        self.lines.iter().filter(|l| self.chosen.is_none_or(|state| l.exposure.state() == state)).collect()
    }

    /// Word, how many, whether it is chosen; its number in the address.
    fn tabs(&self) -> Vec<(usize, &'static str, usize, bool)> {
        let count = |state: State| self.lines.iter().filter(|l| l.exposure.state() == state).count();
        State::ALL.into_iter().enumerate().map(|(n, s)| (n + 1, s.label(), count(s), self.chosen == Some(s))).collect()
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let lines = exposures::list(visit.connection(), &scope, campaign).await?;
    let chosen = visit.asked("state").and_then(|n| n.parse::<usize>().ok()).filter(|n| *n > 0);
    page(&ListPage {
        frame: visit.frame("典型案例曝光"),
        lines,
        chosen: chosen.and_then(|n| State::ALL.get(n - 1).copied()),
        names: visit.app.directory.clone(),
        city: !visit.viewer.actor.role.of_a_county(),
    })
}
