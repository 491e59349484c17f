//! `/tips/{id}`: one tip: what was reported, what was found, what came of it.

use super::tip_of;
use crate::base::ability::{Enter, EnterTip, SeeReporter};
use crate::evidence::Owner;
use crate::tips::{self, Tip};
use crate::units::{self, Unit};
use crate::web::shell::{Answer, Error, EvidencePanel, Form, Frame, Path, Visit, page};
use crate::{base::Scope, platform::database::Within};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

/// Units offered for a problem.
const OFFERED: usize = 8;

#[derive(Template)]
#[template(path = "tips/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    form: Form,
    tip: Tip,
    county: String,
    unit: Option<Unit>,
    /// Units that the search found, for the problem.
    found: Vec<units::Listed>,
    q: String,
    today: NaiveDate,
    has_contact: bool,
    may_see_contact: bool,
    may_edit: bool,
    may_answer: bool,
    evidence: EvidencePanel,
}

impl ShowPage {
    /// The page of a tip with a form for its buttons.
    pub(super) async fn of(visit: &mut Visit, form: Form, tip: Tip) -> Result<Self, Error> {
        let scope = visit.scope();
        let has_contact = tips::has_contact(visit.connection(), &scope, tip.id).await?;
        let unit = match tip.unit_id {
            Some(unit) => units::find(visit.connection(), &scope, unit).await?,
            None => None,
        };
        let may_answer = visit.may_in::<Enter>(tip.county_id);
        let turns = may_answer && tip.problem_barred().is_none();
        let q = visit.asked("q").unwrap_or(if turns { &tip.target } else { "" }).to_owned();
        let found = if turns { offered(visit, &tip, &q).await? } else { Vec::new() };
        let evidence = EvidencePanel::of(visit, Owner::Tip, tip.id, tip.county_id).await?;
        Ok(Self {
            frame: visit.frame(format!("举报件：{}", tip.title())),
            form,
            county: visit.app.directory.name(tip.county_id),
            unit,
            found,
            q,
            today: visit.today(),
            has_contact,
            may_see_contact: visit.may_in::<SeeReporter>(tip.county_id),
            may_edit: visit.may_in::<EnterTip>(tip.county_id),
            may_answer,
            evidence,
            tip,
        })
    }

    fn may_turn(&self) -> bool {
        self.may_answer && self.tip.problem_barred().is_none()
    }
}

/// Units of the tip's county by name: those that the person looks for, else those that the tip names.
async fn offered(visit: &mut Visit, tip: &Tip, q: &str) -> Result<Vec<units::Listed>, sqlx::Error> {
    if q.is_empty() {
        return Ok(Vec::new());
    }
    let scope = Scope::county(tip.county_id);
    let filter = units::Filter { q: Some(q.to_owned()), ..units::Filter::default() };
    let within = Within { scope, campaign: visit.campaign.id, date: visit.today() };
    let mut lines = units::search(visit.connection(), &within, filter, None).await?.lines;
    lines.truncate(OFFERED);
    Ok(lines)
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let tip = tip_of(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    page(&ShowPage::of(&mut visit, form, tip).await?)
}
