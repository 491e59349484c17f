//! `/problems/{id}`: one problem, where its rectification stands, and the next lawful step.

use super::new::problem_of;
use super::step::way_back;
use crate::base::ability::{Enter, EnterCase, Supervise};
use crate::evidence::Owner;
use crate::history;
use crate::ledger::{self, Case};
use crate::problems::{self, Extended, Problem};
use crate::spot_checks::{self, Checked};
use crate::supervision::{self, Order};
use crate::units::Unit;
use crate::vocabulary::Progress;
use crate::web::paths;
use crate::web::shell::{Answer, EvidencePanel, Frame, Path, Visit, Walk, page};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "problems/show.html")]
struct ProblemPage {
    frame: Frame,
    walk: Walk,
    problem: Problem,
    unit: Unit,
    county_name: String,
    extensions: Vec<Extended>,
    cases: Vec<Case>,
    evidence: EvidencePanel,
    /// 市局代录，待县确认.
    waits: bool,
    progress: Progress,
    today: NaiveDate,
    campaign_start: NaiveDate,
    may_enter: bool,
    may_enter_case: bool,
    /// Orders of the city about it.
    orders: Vec<Order>,
    may_supervise: bool,
    /// What teams said of it (交叉执法).
    checks: Vec<Checked>,
}

impl ProblemPage {
    fn text<'a>(&self, value: &'a Option<String>) -> &'a str {
        value.as_deref().unwrap_or("")
    }

    /// Whether a photograph stands beside it.
    fn pictured(&self) -> bool {
        self.evidence.pieces.iter().any(|piece| piece.kind().is_picture())
    }

    fn before_campaign(&self) -> bool {
        self.problem.found_on.is_some_and(|d| d < self.campaign_start)
    }

    /// What taking the last step back is called, if one is taken.
    fn way_back(&self) -> Option<&'static str> {
        self.problem.last_step().map(way_back)
    }

    fn look(&self) -> &'static str {
        match () {
            () if self.problem.overdue(self.today) => "late",
            () if self.progress == Progress::NotStarted => "warn",
            () if self.progress.open() || self.progress == Progress::Completed => "busy",
            () => "ok",
        }
    }
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let (problem, unit) = problem_of(&mut visit, id).await?;
    let scope = visit.scope();
    let extensions = problems::extensions(visit.connection(), &scope, id).await?;
    let cases = ledger::of_problem(visit.connection(), &scope, id).await?;
    let waits = history::waits_for_county(visit.connection(), &scope, id).await?;
    let orders = supervision::of_problem(visit.connection(), &scope, id).await?;
    let checks = spot_checks::of_problem(visit.connection(), &scope, id).await?;
    let today = visit.today();
    let evidence = EvidencePanel::of(&mut visit, Owner::Problem, id, unit.county_id).await?;
    page(&ProblemPage {
        evidence,
        frame: visit.frame("问题"),
        walk: Walk::of(&visit, paths::PROBLEMS, id),
        county_name: visit.app.directory.name(unit.county_id),
        extensions,
        cases,
        waits,
        progress: problem.progress(today),
        today,
        campaign_start: visit.campaign.starts_on,
        may_enter: visit.may_in::<Enter>(unit.county_id),
        orders,
        checks,
        may_supervise: visit.may::<Supervise>(),
        may_enter_case: visit.may_in::<EnterCase>(unit.county_id),
        problem,
        unit,
    })
}
