//! `/blacklist/{id}`: one entry, its way, and the next act.

use crate::base::ability::{LegalReview, Review};
use crate::blacklist::{self, Entry, State};
use crate::evidence::Owner;
use crate::web::shell::{Answer, Error, EvidencePanel, Form, Frame, Path, Visit, page};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "blacklist/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    form: Form,
    entry: Entry,
    evidence: EvidencePanel,
    area: String,
    may_act: bool,
    may_review: bool,
    today: NaiveDate,
}

impl ShowPage {
    /// The page of an entry, with a form that may have come back.
    pub(super) async fn of(visit: &mut Visit, form: Form, entry: Entry) -> Result<Self, Error> {
        let evidence = EvidencePanel::of(visit, Owner::Blacklisting, entry.id, entry.county_id).await?;
        Ok(Self {
            frame: visit.frame("黑名单"),
            form,
            area: visit.app.directory.name(entry.county_id),
            may_act: visit.may::<Review>(),
            may_review: visit.may_in::<LegalReview>(entry.county_id) && entry.state() == State::Notified,
            today: visit.today(),
            entry,
            evidence,
        })
    }

    /// Whether the notice may still be served or corrected.
    fn may_serve(&self) -> bool {
        self.may_act && matches!(self.entry.state(), State::Proposed | State::Notified)
    }

    fn may_object(&self) -> bool {
        self.may_act && matches!(self.entry.state(), State::Notified | State::Reviewed)
    }

    fn may_decide(&self) -> bool {
        self.may_act && self.entry.state() == State::Reviewed
    }

    fn may_withdraw(&self) -> bool {
        self.may_act && self.entry.state() != State::Withdrawn
    }

    /// Who did what when, in order.
    fn steps(&self) -> Vec<(&'static str, String)> {
        let e = &self.entry;
        let step = |by: &Option<String>, on: Option<NaiveDate>| Some(format!("{}，{}", by.as_deref()?, on?));
        let numbered =
            |number: &Option<String>, on: Option<NaiveDate>| Some(format!("{}　{}", on?, number.as_deref().unwrap_or_default()));
        [
            ("提出", Some(format!("{}，{}", e.proposed_by, e.proposed_on))),
            ("告知书送达", numbered(&e.notice_number, e.notice_served_on)),
            ("异议期至", e.objection_until.map(|on| on.to_string())),
            ("异议", e.objection_on.map(|on| format!("{on}　{}", e.objection.as_deref().unwrap_or_default()))),
            ("复核意见", e.objection_answer.clone()),
            ("法规审核", step(&e.reviewed_by, e.reviewed_on)),
            ("决定列入", numbered(&e.decision_number, e.decided_on)),
            ("决定人", e.decided_by.clone()),
            ("撤销", step(&e.withdrawn_by, e.withdrawn_on)),
            ("撤销原因", e.withdrawn_reason.clone()),
        ]
        .into_iter()
        .filter_map(|(word, said)| said.map(|said| (word, said)))
        .collect()
    }
}

/// An entry in sight; somebody else's is like none: 404.
pub(super) async fn load(visit: &mut Visit, id: Uuid) -> Result<Entry, Error> {
    let scope = visit.scope();
    blacklist::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let entry = load(&mut visit, id).await?;
    let mut cells = visit.cells();
    let day = |date: Option<NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    cells.set("notice_number", entry.notice_number.clone().unwrap_or_default());
    cells.set("notice_served_on", day(entry.notice_served_on)).set("objection_until", day(entry.objection_until));
    cells.set("objection", entry.objection.clone().unwrap_or_default()).set("objection_on", day(entry.objection_on));
    cells.set("objection_answer", entry.objection_answer.clone().unwrap_or_default());
    let form = visit.form(cells);
    page(&ShowPage::of(&mut visit, form, entry).await?)
}
