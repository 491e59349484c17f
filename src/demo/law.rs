//! What follows in law on the demo's day: services, appraisals and reports on the way of cases, texts for the public, and the
//! black list.

use super::fill::Author;
use super::plan;
use crate::accounts;
use crate::base::ability::{EnterCase, LegalReview, Review};
use crate::base::role::Actor;
use crate::base::{CITY, CountyId, Permit, Scope};
use crate::blacklist::{self, Decision, Notice};
use crate::clocks::{self, EventChanges, Subject};
use crate::counties;
use crate::exposures::{self, ExposureText};
use crate::history::{WriteError, Writing};
use crate::ledger::{self, CaseFile, Measure};
use crate::vocabulary::{CaseEvent, MeasureKind};
use chrono::{Days, NaiveDate};

/// How far the texts of a county's first decided cases have come: 3 published, 2 for the legal officer, 1 a draft.
const TEXTS: [u8; 4] = [3, 2, 1, 3];

/// Counties in which the black list has got farther.
const FARTHER: [CountyId; 3] = [CountyId(140_403), CountyId(140_423), CountyId(140_471)];

impl Author<'_> {
    /// All of a county.
    pub(super) async fn law(&mut self) -> Result<(), WriteError> {
        let mut writing = self.morning_of(plan::DEMO_DAY).await?;
        let scope = Scope::county(self.county);
        let files = ledger::open_files(writing.connection(), &scope, self.campaign.id).await?;
        let permit = writing.permit::<EnterCase>(self.county)?;
        for (turn, file) in files.iter().enumerate() {
            for event in on_the_way(file, turn, writing.today()) {
                clocks::add(&mut writing, &permit, &file.case, &event).await?;
            }
        }
        self.texts(&mut writing, &files).await?;
        self.black_list(&mut writing).await?;
        writing.commit().await?;
        Ok(())
    }

    async fn texts(&self, writing: &mut Writing, files: &[CaseFile]) -> Result<(), WriteError> {
        let area = self.directory.name(self.county);
        let today = writing.today();
        let scope = Scope::county(self.county);
        let review = self.officer()?;
        let permit = writing.permit::<EnterCase>(self.county)?;
        let publish = writing.permit::<Review>(self.county)?;
        let decided =
            files.iter().filter(|f| f.case.decided_on.is_some() && f.case.fine_fen.is_some() && f.case.exposed_on.is_none());
        for (file, far) in decided.zip(TEXTS) {
            let known = exposures::known_persons(writing.connection(), &scope, file.case.id).await?;
            let persons = exposures::persons(file, known);
            let owner = if file.case.handler().city_direct() { CITY } else { self.county };
            let body = counties::body_on(writing.connection(), owner, today).await?.map(|b| b.full_name).unwrap_or_default();
            let (title, text) = exposures::draft(file, (&area, &body), &persons);
            let new = ExposureText { title, text, checked: far > 1, version: 0 };
            let id = exposures::write(writing, &permit, &file.case, &new).await?;
            if far > 2 {
                exposures::review(writing, &review, id, 1).await?;
                let outlet = format!("{}网站", self.campaign.issuer);
                exposures::publish(writing, &publish, id, (&area, &outlet)).await?;
            }
        }
        Ok(())
    }

    /// In three counties the first candidate goes all the way, the second is told and the third proposed; elsewhere one is proposed.
    async fn black_list(&self, writing: &mut Writing) -> Result<(), WriteError> {
        let (scope, today) = (Scope::county(self.county), writing.today());
        let rules = blacklist::rules(writing.connection()).await?;
        let found = blacklist::candidates(writing.connection(), &scope, self.campaign.id, (today, &rules), None).await?;
        let permit = writing.permit::<Review>(self.county)?;
        let farther = FARTHER.contains(&self.county);
        for (turn, candidate) in found.iter().take(if farther { 3 } else { 1 }).enumerate() {
            let far = if farther { turn } else { 2 };
            let of = (self.campaign.id, candidate.unit_id);
            let id = blacklist::propose(writing, &permit, of, &candidate.grounds(&rules)).await?;
            if far > 1 {
                continue;
            }
            let served_on = today - Days::new(if far == 0 { 9 } else { 1 });
            let notice = Notice {
                number: format!("环信告〔2019〕{}号", self.county.0 % 100 + if far == 0 { 0 } else { 100 }),
                served_on,
                until: served_on + Days::new(7),
            };
            blacklist::notice(writing, &permit, (id, 1), &notice).await?;
            if far == 0 {
                blacklist::review(writing, &self.officer()?, (id, 2)).await?;
                blacklist::decide(writing, &permit, id, &Decision { number: format!("环信决〔2019〕{}号", self.county.0 % 100) })
                    .await?;
            }
        }
        Ok(())
    }

    fn officer(&self) -> Result<Permit<LegalReview>, WriteError> {
        let officer = Actor { name: "演示法规员".to_owned(), legal_review: true, ..accounts::system_actor() };
        Permit::ask(&officer, self.county).ok_or(WriteError::NotPermitted)
    }
}

/// What was recorded on the way of a case by a day.
fn on_the_way(file: &CaseFile, turn: usize, today: NaiveDate) -> Vec<EventChanges> {
    let mut events = Vec::new();
    let mut happened = |kind: CaseEvent, measure: Option<&Measure>, on: NaiveDate, until_on: Option<NaiveDate>| {
        if on.max(until_on.unwrap_or(on)) <= today {
            let subject = Subject { kind, measure: measure.map(|m| m.id) };
            events.push(EventChanges { subject, happened_on: on, until_on, note: None });
        }
    };
    if let Some(decided) = file.case.decided_on.filter(|_| !turn.is_multiple_of(5)) {
        happened(CaseEvent::DecisionServed, None, decided + Days::new(1), None);
        if let Some(closed) = file.case.closed_on.filter(|_| file.case.fine_fen.is_some_and(|fen| fen > 0)) {
            happened(CaseEvent::Paid, None, closed, None);
        }
    }
    for m in &file.measures {
        let Some(from) = m.from_on.or(m.served_on).or(m.decided_on) else { continue };
        match m.kind() {
            Some(MeasureKind::Sealing | MeasureKind::Detaining) => match m.lifted_on {
                Some(lifted) => happened(CaseEvent::LiftingServed, Some(m), lifted + Days::new(1), None),
                None if turn.is_multiple_of(2) => {
                    happened(CaseEvent::Appraisal, Some(m), from + Days::new(1), Some(from + Days::new(3)));
                }
                None => {}
            },
            Some(MeasureKind::ProductionLimit | MeasureKind::ProductionHalt) if turn.is_multiple_of(2) => {
                happened(CaseEvent::PlanFiled, Some(m), from + Days::new(4), None);
            }
            Some(MeasureKind::CriminalTransfer) => {
                happened(CaseEvent::TransferProposed, Some(m), from - Days::new(1), None);
                happened(CaseEvent::TransferDecided, Some(m), from, None);
            }
            Some(MeasureKind::DetentionTransfer) => happened(CaseEvent::TransferDecided, Some(m), from, None),
            _ => {}
        }
    }
    events
}
