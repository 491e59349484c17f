//! Acting the plan out: county by county, day by day, through the rooms' own functions, so that history tells the month.

use super::desk::Desk;
use super::field::go_out;
use super::names::Names;
use super::plan::{self, Act, Deed, Step};
use crate::accounts;
use crate::base::ability::{Enter, EnterCase, Import, LegalReview};
use crate::base::role::Actor;
use crate::base::{Clock, Clocks, CountyId, Permit, Scope, clock::beijing_instant};
use crate::campaigns::{self, Campaign};
use crate::counties::{self, Directory};
use crate::history::{Key, WriteError, Writing};
use crate::ledger::{self, ExposureChanges, NewCase};
use crate::platform::database::Database;
use crate::problems::{self, NewProblem};
use crate::self_inspections::{self, Batch, SelfInspectionChanges};
use crate::units;
use crate::vocabulary::{ExposureMedia, SelfInspectionState};
use anyhow::Context as _;
use chrono::{NaiveDate, NaiveTime};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::HashMap;
use uuid::Uuid;

/// The seed of the demo.
const SEED: u64 = 2019;

/// How many units the demo has.
const UNITS: u32 = 1_000;

/// Fills a database without units with invented data; what was entered is left alone. Dates go from 3 June 2019 to the
/// business clock's day.
pub async fn fill(db: &Database, key: &Key, clocks: Clocks, say: impl Fn(&str)) -> anyhow::Result<()> {
    let directory = counties::load(db.doorstep().await?.connection()).await?;
    let all = Scope::counties(directory.all().iter().map(|c| c.id).collect()).context("没有县区")?;
    if units::first_of(db.reader(&all).await?.connection(), &all).await?.is_some() {
        return Ok(());
    }
    say("正在写入演示数据,约需数十秒");
    let campaign =
        campaigns::find(db.doorstep().await?.connection(), None, clocks.business.today()).await?.context("尚未建立专项行动")?;
    let desk = Desk { db, key, clocks, campaign: &campaign, scope: all };
    desk.begins(&directory).await.context("宣传与举报")?;
    let counties = stream::iter(plan::shares(UNITS)).map(Ok);
    counties
        .try_for_each_concurrent(3, |(county, share)| {
            let (directory, campaign) = (&directory, &campaign);
            let (units, problems, cases) = (Vec::new(), HashMap::new(), HashMap::new());
            let mut author = Author { db, key, clocks, directory, campaign, county, units, problems, cases };
            async move { author.act_out(share).await.with_context(|| format!("{county}")) }
        })
        .await?;
    desk.goes_on().await.context("调度督办")
}

/// A transaction at half past nine of a day, or now if that is still to come.
pub(super) async fn morning(
    (db, key, clocks): (&Database, &Key, Clocks),
    day: NaiveDate,
    scope: &Scope,
) -> Result<Writing, sqlx::Error> {
    let moment = beijing_instant(day, NaiveTime::from_hms_opt(9, 30, 0).unwrap_or_default());
    let past = moment < clocks.business.now();
    let clocks = if past { Clocks::new(Clock::starting_at(moment)) } else { clocks };
    Writing::begin(db, key, clocks, accounts::system_actor(), scope).await
}

/// Who writes a county's month.
pub(super) struct Author<'a> {
    pub(super) db: &'a Database,
    key: &'a Key,
    clocks: Clocks,
    pub(super) directory: &'a Directory,
    pub(super) campaign: &'a Campaign,
    pub(super) county: CountyId,
    units: Vec<Uuid>,
    problems: HashMap<usize, Uuid>,
    /// Cases with their versions.
    cases: HashMap<usize, (Uuid, i32)>,
}

impl<'a> Author<'a> {
    async fn act_out(&mut self, share: u32) -> anyhow::Result<()> {
        let townships: Vec<String> = self.directory.townships(self.county).map(|t| t.name.clone()).collect();
        let plan = plan::plan(Names::new(SEED), self.county, &townships, 0..share);
        let mut writing = self.morning_of(0).await?;
        let permit = writing.permit::<Import>(self.county)?;
        self.units = units::add_many(&mut writing, &permit, &plan.units).await?;
        writing.commit().await?;
        let today = self.clocks.business.today();
        for day in plan.acts.chunk_by(|a, b| a.on == b.on) {
            if day.first().is_some_and(|act| plan::date(act.on) <= today) {
                self.one_day(day).await?;
            }
        }
        self.mending(self.key, today).await?;
        if plan::date(plan::DEMO_DAY) <= today {
            self.law().await?;
        }
        if plan::date(plan::DEMO_DAY) <= today
            && let Some(far) = plan::files(self.county)
        {
            self.files(far).await?;
        }
        Ok(())
    }

    /// Invented names, the same for the same seed.
    pub(super) fn names(&self) -> Names {
        Names::new(SEED)
    }

    /// The first units of the county, at most `count`.
    pub(super) fn some_units(&self, count: usize) -> &[Uuid] {
        &self.units[..count.min(self.units.len())]
    }

    /// A transaction in the morning of a day.
    pub(super) async fn morning_of(&self, day: usize) -> Result<Writing, WriteError> {
        let scope = Scope::county(self.county);
        Ok(morning((self.db, self.key, self.clocks), plan::date(day), &scope).await?)
    }

    async fn one_day(&mut self, acts: &[Act]) -> Result<(), WriteError> {
        let Some(first) = acts.first() else { return Ok(()) };
        let mut writing = self.morning_of(first.on).await?;
        self.inspections(&mut writing, acts).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let deeds = acts.iter().map(|act| (act.on, &act.deed));
        go_out(&mut writing, &permit, self.campaign.id, &self.units, deeds).await?;
        for act in acts {
            self.perform(&mut writing, &act.deed).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// The day's self-inspections: the same answer for many units at once, as a clerk's batch entry does.
    async fn inspections(&self, writing: &mut Writing, acts: &[Act]) -> Result<(), WriteError> {
        let permit = writing.permit::<Enter>(self.county)?;
        let mut batches: Vec<(Batch, Vec<Uuid>)> = Vec::new();
        for act in acts {
            let Deed::Inspection { unit, state, found, person } = &act.deed else { continue };
            let (id, inspected_on, person) = (self.units[*unit], Some(plan::date(act.on)), Some(person.clone()));
            if *state == SelfInspectionState::Closed {
                // Batches leave closed units alone.
                let changes =
                    SelfInspectionChanges { state: *state, inspected_on, found: *found, person, note: None, version: 0 };
                self_inspections::register(writing, &permit, self.campaign.id, id, &changes).await?;
                continue;
            }
            match batches.iter_mut().find(|(batch, _)| batch.state == *state && batch.found == *found) {
                Some((_, units)) => units.push(id),
                None => batches.push((Batch { state: *state, inspected_on, found: *found, person }, vec![id])),
            }
        }
        for (batch, units) in batches {
            self_inspections::register_many(writing, &permit, self.campaign.id, &units, &batch).await?;
        }
        Ok(())
    }

    async fn perform(&mut self, writing: &mut Writing, deed: &Deed) -> Result<(), WriteError> {
        match deed {
            Deed::Inspection { .. } | Deed::Told { .. } | Deed::Visited { .. } => Ok(()),
            Deed::Status { unit, change } => {
                let permit = writing.permit::<Enter>(self.county)?;
                units::change_status(writing, &permit, self.units[*unit], change).await
            }
            Deed::Problem { problem, unit, facts, recurrence_of } => {
                let permit = writing.permit::<Enter>(self.county)?;
                let new = NewProblem {
                    campaign: self.campaign.id,
                    unit: self.units[*unit],
                    recurrence_of: recurrence_of.and_then(|before| self.problems.get(&before).copied()),
                    facts: (**facts).clone(),
                };
                let id = problems::add(writing, &permit, &new).await?;
                self.problems.insert(*problem, id);
                Ok(())
            }
            Deed::Step { problem, step } => self.step(writing, *problem, step).await,
            Deed::Case { case, problems, facts } => {
                let permit = writing.permit::<EnterCase>(self.county)?;
                let problems = problems.iter().filter_map(|p| self.problems.get(p).copied()).collect();
                let new = NewCase { campaign_id: self.campaign.id, problems, facts: (**facts).clone() };
                let id = ledger::add(writing, &permit, &new).await?;
                self.cases.insert(*case, (id, 1));
                Ok(())
            }
            Deed::CaseGoesOn { case, facts } => {
                let permit = writing.permit::<EnterCase>(self.county)?;
                let Some((id, version)) = self.cases.get_mut(case) else { return Ok(()) };
                let mut changes = (**facts).clone();
                changes.version = *version;
                ledger::change(writing, &permit, *id, &changes).await?;
                *version += 1;
                Ok(())
            }
            Deed::Measure { case, measure } => {
                let permit = writing.permit::<EnterCase>(self.county)?;
                let Some((id, _)) = self.cases.get(case) else { return Ok(()) };
                let found = ledger::find(writing.connection(), &Scope::county(self.county), *id).await?;
                let case = found.ok_or(WriteError::Missing)?;
                ledger::add_measure(writing, &permit, &case, measure).await.map(drop)
            }
            Deed::Exposure { case, media, outlet } => {
                let Some((id, version)) = self.cases.get_mut(case) else { return Ok(()) };
                *version = expose(writing, self.county, *id, *version, *media, outlet).await?;
                Ok(())
            }
        }
    }

    async fn step(&self, writing: &mut Writing, problem: usize, step: &Step) -> Result<(), WriteError> {
        let permit = writing.permit::<Enter>(self.county)?;
        let Some(id) = self.problems.get(&problem).copied() else { return Ok(()) };
        match step {
            Step::Start(start) => problems::start(writing, &permit, id, start).await,
            Step::Extend(previous, extension) => problems::extend(writing, &permit, id, *previous, extension).await,
            Step::Complete(completion) => problems::complete(writing, &permit, id, completion).await,
            Step::Verify(verification) => problems::verify(writing, &permit, id, verification).await,
            Step::End(ending) => problems::end(writing, &permit, id, ending).await,
        }
    }
}

/// 法规审核, then 曝光; the case's version after both.
pub(super) async fn expose(
    writing: &mut Writing,
    county: CountyId,
    case: Uuid,
    version: i32,
    media: ExposureMedia,
    outlet: &str,
) -> Result<i32, WriteError> {
    let reviewer = Actor { name: "演示法规员".to_owned(), legal_review: true, ..accounts::system_actor() };
    let review = Permit::<LegalReview>::ask(&reviewer, county).ok_or(WriteError::NotPermitted)?;
    ledger::review(writing, &review, case, version).await?;
    let permit = writing.permit::<EnterCase>(county)?;
    let exposed_on = Some(writing.today());
    let changes = ExposureChanges { exposed_on, media: Some(media), outlet: Some(outlet.to_owned()), version: version + 1 };
    ledger::expose(writing, &permit, case, &changes).await?;
    Ok(version + 2)
}
