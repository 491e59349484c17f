//! `/exposures`: the texts of the campaign and how far each has come.

use crate::base::Money;
use crate::counties::Directory;
use crate::exposures::{self, Line, State, Typical};
use crate::vocabulary;
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "exposures/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    typical: Vec<Typical>,
    chosen: Option<State>,
    names: Directory,
    city: bool,
}

impl ListPage {
    fn fine(&self, case: &Typical) -> String {
        Money::from_fen(case.fine_fen).to_wan_grouped()
    }

    fn kinds(&self, case: &Typical) -> String {
        let known = case.kinds.iter().filter_map(|code| vocabulary::kind(code));
        known.map(|k| k.short).collect::<Vec<_>>().join("、")
    }

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
    let severe: Vec<&str> = vocabulary::kinds().iter().filter(|k| k.severe).map(|k| k.code).collect();
    let typical = exposures::typical(visit.connection(), &scope, campaign, &severe).await?;
    let chosen = visit.asked("state").and_then(|n| n.parse::<usize>().ok()).filter(|n| *n > 0);
    page(&ListPage {
        frame: visit.frame("典型案例曝光"),
        lines,
        typical,
        chosen: chosen.and_then(|n| State::ALL.get(n - 1).copied()),
        names: visit.app.directory.clone(),
        city: !visit.viewer.actor.role.of_a_county(),
    })
}
