//! `/ledger/{id}`: one case.

use super::form::{county_name, load};
use crate::base::ability::{EnterCase, Supervise};
use crate::base::{CITY, dates};
use crate::calendar;
use crate::clocks::{self, Clock, Event, State};
use crate::counties;
use crate::discretion::{self, Advice};
use crate::evidence::Owner;
use crate::exposures::{self, Exposure};
use crate::ledger::{self, CaseFile, Hint, Measure};
use crate::vocabulary::{CaseEvent, HandledBy, MeasureKind, PoliceOutcome, TransferBasis};
use crate::web::paths;
use crate::web::shell::{Answer, EvidencePanel, Form, Frame, Path, Visit, Walk, page};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "ledger/show.html")]
struct CasePage {
    frame: Frame,
    walk: Walk,
    form: Form,
    file: CaseFile,
    county: String,
    hints: Vec<Hint>,
    evidence: EvidencePanel,
    clocks: Vec<Clock>,
    events: Vec<Event>,
    advice: Advice,
    publication: Option<Exposure>,
    today: NaiveDate,
    may_enter: bool,
    may_edit: bool,
    may_review: bool,
    may_review_letters: bool,
    /// The county's body has no power to fine in its own name (a setting): the case goes to the city.
    powerless: bool,
    may_supervise: bool,
}

impl CasePage {
    fn day(&self, date: &Option<NaiveDate>) -> String {
        date.map(dates::short).unwrap_or_default()
    }

    fn words<'a>(&self, text: &'a Option<String>) -> &'a str {
        text.as_deref().unwrap_or_default()
    }

    /// A date and a number in one cell.
    fn dated(&self, date: &Option<NaiveDate>, number: &Option<String>) -> String {
        [self.day(date), self.words(number).to_owned()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　")
    }

    fn gap(&self, field: &str) -> bool {
        self.file.case.gaps().iter().any(|g| g.field == field)
    }

    fn fine(&self) -> String {
        self.file.case.fine().map(|f| format!("{}万元", f.to_wan_grouped())).unwrap_or_default()
    }

    fn kinds(&self) -> Vec<MeasureKind> {
        self.file.proposed()
    }

    /// Whether it may still be taken away as entered by mistake.
    fn removable(&self) -> bool {
        let case = &self.file.case;
        let bare = case.case_filed_on.is_none() && case.decided_on.is_none() && case.legal_reviewed_on.is_none();
        self.may_edit && bare && self.file.measures.is_empty()
    }

    /// 移送市局办理.
    fn may_hand_over(&self) -> bool {
        self.may_edit && self.powerless && self.file.case.decided_on.is_none() && !self.file.case.handler().city_direct()
    }

    /// 退回县（区）办理: a county's case that the city's bureau has, as long as nothing is decided.
    fn may_hand_back(&self) -> bool {
        let case = &self.file.case;
        self.may_edit && case.decided_on.is_none() && case.handler() == HandledBy::CityBureau && case.county_id != CITY
    }

    fn running(&self) -> Vec<&Clock> {
        let mut running: Vec<&Clock> = self.clocks.iter().filter(|c| c.done_on.is_none()).collect();
        running.sort_by_key(|c| (c.state(self.today), c.ends_on));
        running
    }

    fn done(&self) -> Vec<&Clock> {
        self.clocks.iter().filter(|c| c.done_on.is_some()).collect()
    }

    /// Where what a clock waits for is recorded.
    fn to_record(&self, clock: &Clock) -> Option<String> {
        let what = clocks::Subject { kind: clock.owed.filter(|_| self.may_edit)?, measure: self.measure_of(clock) };
        Some(paths::case_event_new(self.file.case.id, &what.code()))
    }

    fn measure_of(&self, clock: &Clock) -> Option<Uuid> {
        clock.measure.filter(|_| clock.owed.is_some_and(|kind| !kind.of_case()))
    }

    fn owed(&self, clock: &Clock) -> String {
        let missing = clock.state(self.today) == State::Missing;
        clock.owed.map(|kind| format!("{}{}", if missing { "待补：" } else { "登记" }, kind.label())).unwrap_or_default()
    }

    /// What an event belongs to.
    fn of_what(&self, event: &Event) -> &'static str {
        let measure = event.measure_id.and_then(|id| self.file.measures.iter().find(|m| m.id == id));
        measure.map_or("案件", Measure::kind_label)
    }

    /// The legal officer's word is not taken away by others.
    fn removable_event(&self, event: &Event) -> bool {
        self.may_edit && event.kind() != Some(CaseEvent::LetterReviewed)
    }

    /// Whether the letter of a transfer has been reviewed.
    fn letter_reviewed(&self, m: &Measure) -> bool {
        self.events.iter().any(|e| e.measure_id == Some(m.id) && e.kind() == Some(CaseEvent::LetterReviewed))
    }

    fn may_review_letter(&self, m: &Measure) -> bool {
        self.may_review_letters && m.kind().is_some_and(MeasureKind::to_police) && !self.letter_reviewed(m)
    }

    /// A published text is withdrawn before it is written again.
    fn may_draft(&self) -> bool {
        let published = self.publication.as_ref().is_some_and(|e| e.state() == exposures::State::Published);
        self.may_edit && self.file.case.decided_on.is_some() && !published
    }

    /// What becomes of the text: a withdrawn one stays as it is, and another is begun.
    fn draft_words(&self) -> &'static str {
        match self.publication.as_ref().map(Exposure::state) {
            None => "起草曝光稿",
            Some(exposures::State::Withdrawn) => "另行起草曝光稿",
            Some(_) => "修改曝光稿",
        }
    }

    fn transfers(&self) -> Vec<&Measure> {
        self.file.measures.iter().filter(|m| m.kind().is_some_and(MeasureKind::to_police)).collect()
    }

    /// A measure's own facts in one line.
    fn facts(&self, m: &Measure) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut say = |label: &str, value: String, unit: &str| {
            if !value.is_empty() {
                parts.push(format!("{label}{value}{unit}"));
            }
        };
        say("送达", self.day(&m.served_on), "");
        say("原处罚", m.original_fine().map(|f| f.compact()).unwrap_or_default(), "");
        say("责令改正送达", self.day(&m.order_served_on), "");
        say("复查发现", self.day(&m.recheck_on), "");
        say("决定金额", m.amount().map(|f| f.compact()).unwrap_or_default(), "");
        say("自", self.day(&m.from_on), "");
        say("至", self.day(&m.until_on), "");
        say("延长至", self.day(&m.extended_until), "");
        say("解除", self.day(&m.lifted_on), "");
        say("公开", self.day(&m.published_on), "");
        let basis = m.basis.as_deref().and_then(TransferBasis::from_code);
        say("依据", basis.map_or("", TransferBasis::label).to_owned(), "");
        if m.kind().is_some_and(MeasureKind::to_police) {
            say("移送", m.persons.map_or_else(|| "人数不明".to_owned(), |n| format!("{n}人")), "");
        }
        let outcome = m.police_outcome.as_deref().and_then(PoliceOutcome::from_code);
        say("公安机关", outcome.map_or("", PoliceOutcome::label).to_owned(), "");
        say("答复", self.day(&m.police_on), "");
        say("公安决定拘留", m.detained_persons.map(|n| n.to_string()).unwrap_or_default(), "人");
        say("", self.words(&m.remark).to_owned(), "");
        parts.join("；")
    }
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let file = load(&mut visit, id).await?;
    let county = file.case.county_id;
    let may_edit = visit.may::<EnterCase>() && file.case.editable_by(&visit.viewer.actor);
    let today = visit.today();
    let scope = visit.scope();
    let calendar = calendar::load(visit.connection()).await?;
    let events = clocks::events_of(visit.connection(), &scope, id).await?;
    let body = counties::body_on(visit.connection(), county, today).await?;
    let facts = discretion::facts(visit.connection(), &scope, &file, today).await?;
    let publication = exposures::of_case(visit.connection(), &scope, id).await?.into_iter().next();
    let evidence = EvidencePanel::of(&mut visit, Owner::Case, id, county).await?;
    page(&CasePage {
        evidence,
        frame: visit.frame(format!("案件：{}", file.case.title())),
        walk: Walk::of(&visit, paths::LEDGER, id),
        form: visit.form(visit.cells()),
        county: county_name(&visit, county),
        hints: ledger::hints(&file),
        clocks: clocks::of_case(&file, &events, &calendar),
        events,
        advice: discretion::advise(&file, &facts, today),
        publication,
        today,
        may_enter: visit.may_in::<EnterCase>(county),
        may_edit,
        may_review: file.case.reviewable_by(&visit.viewer.actor) && file.case.review_refused().is_none(),
        may_review_letters: file.case.reviewable_by(&visit.viewer.actor),
        may_supervise: visit.may::<Supervise>(),
        powerless: body.is_some_and(|b| !b.may_punish),
        file,
    })
}
