//! Load data in bulk: where the plan stands on the demo's day, written set by set.

use super::field::go_out;
use super::fill::expose;
use super::names::Names;
use super::plan::{self, DEMO_DAY, Deed, Plan, Step};
use crate::accounts;
use crate::base::ability::{Enter, EnterCase, Import};
use crate::base::{Clocks, CountyId, Scope};
use crate::history::{Key, WriteError, Writing};
use crate::ledger::{self, CaseChanges, MeasureChanges, NewCase};
use crate::platform::database::Database;
use crate::problems::{self, Brought, NewProblem};
use crate::self_inspections::{self, Batch, Found, SelfInspectionChanges};
use crate::vocabulary::{ExposureMedia, SelfInspectionState};
use crate::{campaigns, counties, units};
use anyhow::Context as _;
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;
use uuid::Uuid;

/// Units written in one transaction.
const CHUNK: u32 = 2_000;

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Units.
    pub units: usize,
    /// Problems.
    pub problems: usize,
    /// Cases.
    pub cases: usize,
}

/// Writes `total` further units over all counties with their self-inspections, problems and cases. History has every row, by
/// the system's account. The running numbers go on where the register stands, so it can be run again.
pub async fn generate(
    db: &Database,
    key: &Key,
    clocks: Clocks,
    total: u32,
    seed: u64,
    say: impl Fn(&str),
) -> anyhow::Result<Written> {
    let directory = counties::load(db.doorstep().await?.connection()).await?;
    let campaign =
        campaigns::find(db.doorstep().await?.connection(), None, clocks.business.today()).await?.context("尚未建立专项行动")?;
    let mut shares: Vec<(CountyId, Vec<Range<u32>>)> = Vec::new();
    for (county, share) in plan::shares(total) {
        let scope = Scope::county(county);
        let there = units::count(db.reader(&scope).await?.connection(), &scope).await?;
        let start = u32::try_from(there).unwrap_or(0);
        let firsts = (start..start + share).step_by(CHUNK as usize);
        let parts: Vec<Range<u32>> = firsts.map(|first| first..(first + CHUNK).min(start + share)).collect();
        shares.push((county, parts));
    }
    let count: usize = shares.iter().map(|(_, parts)| parts.len()).sum();
    let names = Names::new(seed);
    // A chain of history is one per county and account: parts of one county come one after the other, two counties at a time.
    let mut done = stream::iter(shares.into_iter().map(|(county, parts)| {
        let townships: Arc<[String]> = directory.townships(county).map(|t| t.name.clone()).collect();
        let part = Part { db: db.clone(), key: key.clone(), clocks, campaign: campaign.id, county };
        Box::pin(stream::iter(parts).then(move |numbers| {
            let (part, townships) = (part.clone(), Arc::clone(&townships));
            async move { tokio::spawn(async move { part.write(names, &townships, numbers).await }).await }
        }))
    }))
    .flatten_unordered(2);
    let (mut written, mut at) = (Written::default(), 0);
    while let Some(part) = done.try_next().await? {
        let part = part?;
        written.units += part.units;
        written.problems += part.problems;
        written.cases += part.cases;
        at += 1;
        if at % 10 == 0 {
            say(&format!("已写入{}家单位（{at}/{count}）", written.units));
        }
    }
    Ok(written)
}

/// A problem with what has come of it.
type Mended = (usize, Brought);

/// Where a plan stands on a day.
#[derive(Default)]
struct Standing {
    inspections: BTreeMap<usize, (usize, SelfInspectionState, Option<Found>, String)>,
    problems: BTreeMap<usize, Mended>,
    cases: BTreeMap<usize, (Vec<usize>, CaseChanges)>,
    measures: Vec<(usize, MeasureChanges)>,
    exposures: Vec<(usize, ExposureMedia, String)>,
    /// 告知 and 排查, with their days.
    field: Vec<(usize, Deed)>,
}

impl Standing {
    /// Takes the acts up to the demo's day together. A unit's status goes into the unit, without its day.
    fn of(plan: &mut Plan, campaign: Uuid) -> Self {
        let mut standing = Self::default();
        for act in std::mem::take(&mut plan.acts).into_iter().take_while(|act| act.on <= DEMO_DAY) {
            match act.deed {
                Deed::Status { unit, change } => plan.units[unit].facts.status = change.status,
                Deed::Inspection { unit, state, found, person } => {
                    standing.inspections.insert(unit, (act.on, state, found, person));
                }
                deed @ (Deed::Told { .. } | Deed::Visited { .. }) => standing.field.push((act.on, deed)),
                Deed::Problem { problem, unit, facts, .. } => {
                    let new = NewProblem { campaign, unit: Uuid::nil(), recurrence_of: None, facts: *facts };
                    standing.problems.insert(problem, (unit, Brought { new, completed: None, verified: None, ended: None }));
                }
                Deed::Step { problem, step } => {
                    if let Some((_, brought)) = standing.problems.get_mut(&problem) {
                        take(brought, step);
                    }
                }
                Deed::Case { case, problems, facts } => {
                    standing.cases.insert(case, (problems, *facts));
                }
                Deed::CaseGoesOn { case, facts } => {
                    if let Some(standing) = standing.cases.get_mut(&case) {
                        standing.1 = *facts;
                    }
                }
                Deed::Measure { case, measure } => standing.measures.push((case, *measure)),
                Deed::Exposure { case, media, outlet } => standing.exposures.push((case, media, outlet)),
            }
        }
        standing
    }
}

fn take(brought: &mut Brought, step: Step) {
    match step {
        Step::Start(start) => {
            let facts = &mut brought.new.facts;
            facts.plan_filed_on = start.plan_filed_on.or(facts.plan_filed_on);
            facts.begun_on = start.begun_on.or(facts.begun_on);
        }
        // A list from elsewhere tells the date in force and no approval.
        Step::Extend(_, extension) => brought.new.facts.due_on = Some(extension.due_on),
        Step::Complete(completion) => brought.completed = Some(completion),
        Step::Verify(verification) => brought.verified = Some(verification),
        Step::End(ending) => brought.ended = Some(ending),
    }
}

/// Some units of one county, written in one transaction.
#[derive(Clone)]
struct Part {
    db: Database,
    key: Key,
    clocks: Clocks,
    campaign: Uuid,
    county: CountyId,
}

impl Part {
    async fn write(&self, names: Names, townships: &[String], numbers: Range<u32>) -> Result<Written, WriteError> {
        let mut plan = plan::plan(names, self.county, townships, numbers);
        let standing = Standing::of(&mut plan, self.campaign);
        let scope = Scope::county(self.county);
        let mut writing = Writing::begin(&self.db, &self.key, self.clocks, accounts::system_actor(), &scope).await?;
        let import = writing.permit::<Import>(self.county)?;
        let units = units::add_many(&mut writing, &import, &plan.units).await?;
        self.inspections(&mut writing, &units, &standing).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let deeds = standing.field.iter().map(|(on, deed)| (*on, deed));
        go_out(&mut writing, &permit, self.campaign, &units, deeds).await?;
        let brought: Vec<Brought> = standing
            .problems
            .values()
            .map(|(unit, brought)| {
                let mut brought = brought.clone();
                brought.new.unit = units[*unit];
                brought
            })
            .collect();
        let ids = problems::add_many(&mut writing, &import, &brought).await?;
        let problems: HashMap<usize, Uuid> = standing.problems.keys().copied().zip(ids).collect();
        let cases = self.cases(&mut writing, &problems, &standing).await?;
        writing.commit().await?;
        Ok(Written { units: units.len(), problems: problems.len(), cases })
    }

    async fn inspections(&self, writing: &mut Writing, units: &[Uuid], standing: &Standing) -> Result<(), WriteError> {
        let permit = writing.permit::<Enter>(self.county)?;
        let mut batches: BTreeMap<_, (Batch, Vec<Uuid>)> = BTreeMap::new();
        for (unit, (on, state, found, person)) in &standing.inspections {
            let (inspected_on, person) = (Some(plan::date(*on)), Some(person.clone()));
            if *state == SelfInspectionState::Closed {
                let changes =
                    SelfInspectionChanges { state: *state, inspected_on, found: *found, person, note: None, version: 0 };
                self_inspections::register(writing, &permit, self.campaign, units[*unit], &changes).await?;
                continue;
            }
            let batch = || (Batch { state: *state, inspected_on, found: *found, person }, Vec::new());
            batches.entry((*on, *state, found.map(Found::code))).or_insert_with(batch).1.push(units[*unit]);
        }
        for (batch, units) in batches.into_values() {
            self_inspections::register_many(writing, &permit, self.campaign, &units, &batch).await?;
        }
        Ok(())
    }

    async fn cases(
        &self,
        writing: &mut Writing,
        problems: &HashMap<usize, Uuid>,
        standing: &Standing,
    ) -> Result<usize, WriteError> {
        let permit = writing.permit::<EnterCase>(self.county)?;
        let new: Vec<NewCase> = standing
            .cases
            .values()
            .map(|(over, facts)| NewCase {
                campaign_id: self.campaign,
                problems: over.iter().filter_map(|p| problems.get(p).copied()).collect(),
                facts: facts.clone(),
            })
            .collect();
        let ids = ledger::add_many(writing, &permit, &new).await?;
        let cases: HashMap<usize, Uuid> = standing.cases.keys().copied().zip(ids).collect();
        let measures: Vec<(Uuid, MeasureChanges)> =
            standing.measures.iter().filter_map(|(case, measure)| Some((*cases.get(case)?, measure.clone()))).collect();
        ledger::add_measures(writing, &permit, &measures).await?;
        for (case, media, outlet) in &standing.exposures {
            if let Some(id) = cases.get(case) {
                expose(writing, self.county, *id, 1, *media, outlet).await?;
            }
        }
        Ok(new.len())
    }
}
