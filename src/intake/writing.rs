//! Writing what a plan says: chunk by chunk, what is new in bulk, what stands one by one, each county's rows as one batch.

use super::act::{Act, CaseLine, CaseRef, NewProblemLine, Planned, UnitRef};
use super::annexes::{case_cells, inspection_cells, problem_cells, unit_cells};
use super::units::read_with_doubts;
use crate::base::ability::{Enter, EnterCase, Import};
use crate::base::{CountyId, Permit, Scope};
use crate::history::{WriteError, Writing};
use crate::ledger::{self, CaseChanges, Grounds, MeasureChanges, NewCase};
use crate::problems::{self, Brought, Ending, ProblemChanges};
use crate::self_inspections::{self, SelfInspectionChanges};
use crate::units::{self, NewUnit, Pieces, StatusChange, UnitChanges};
use crate::vocabulary::EndedAs;
use std::collections::{BTreeMap, HashMap};
use tokio::sync::mpsc;
use uuid::Uuid;

/// What the file has made so far, by the numbers that its rows use for it.
#[derive(Debug)]
pub struct Writer {
    campaign: Uuid,
    title: String,
    /// Rows that the whole file writes, for the name of its batches.
    rows: usize,
    units: HashMap<usize, Uuid>,
    cases: HashMap<usize, Uuid>,
    batches: BTreeMap<CountyId, Uuid>,
    /// Takes the pieces of new units to whoever writes them meanwhile; none: they are written here.
    pieces: Option<mpsc::Sender<Vec<Pieces>>>,
}

/// The rights of one county's writes.
struct Rights {
    import: Permit<Import>,
    enter: Permit<Enter>,
    cases: Permit<EnterCase>,
}

/// The writes of a chunk in one county, what is new by its kind.
#[derive(Default)]
struct Sorted {
    units: Vec<(Option<usize>, NewUnit)>,
    inspections: Vec<(UnitRef, SelfInspectionChanges)>,
    problems: Vec<NewProblemLine>,
    /// Cases over problems that stand.
    cases: Vec<(Uuid, CaseLine)>,
    others: Vec<Act>,
}

impl Writer {
    /// Before the first chunk.
    pub fn new(campaign: Uuid, title: String, rows: usize) -> Self {
        Self { campaign, title, rows, units: HashMap::new(), cases: HashMap::new(), batches: BTreeMap::new(), pieces: None }
    }

    /// Leaves the pieces of new units to somebody else, whose transaction has to end first.
    pub fn leaving_pieces_to(self, hand: mpsc::Sender<Vec<Pieces>>) -> Self {
        Self { pieces: Some(hand), ..self }
    }

    /// The batches that were made, one a county.
    pub fn batches(&self) -> Vec<Uuid> {
        self.batches.values().copied().collect()
    }

    /// Writes a chunk.
    pub async fn write(&mut self, writing: &mut Writing, planned: Vec<Planned>) -> Result<(), WriteError> {
        let mut counties: BTreeMap<CountyId, Sorted> = BTreeMap::new();
        for Planned { verdict, acts } in planned {
            let Some(county) = verdict.county.filter(|_| !acts.is_empty()) else { continue };
            let sorted = counties.entry(county).or_default();
            for act in acts {
                match act {
                    Act::AddUnit { slot, unit } => sorted.units.push((slot, *unit)),
                    Act::Register(unit, changes) => sorted.inspections.push((unit, *changes)),
                    Act::AddProblem(line) => sorted.problems.push(line),
                    Act::AddCase { problem, case } => sorted.cases.push((problem, case)),
                    other => sorted.others.push(other),
                }
            }
        }
        for (county, sorted) in counties {
            let batch = match self.batches.get(&county) {
                Some(batch) => *batch,
                None => writing.open_batch(county, &self.title, self.rows).await?,
            };
            self.batches.insert(county, batch);
            writing.within_batch(batch);
            let import: Permit<Import> = writing.permit(county)?;
            let rights = Rights { enter: import.entering(), cases: import.entering_cases(), import };
            self.county(writing, &rights, sorted).await?;
        }
        Ok(())
    }

    async fn county(&mut self, writing: &mut Writing, rights: &Rights, sorted: Sorted) -> Result<(), WriteError> {
        let (slots, new): (Vec<Option<usize>>, Vec<NewUnit>) = sorted.units.into_iter().unzip();
        let ids = self.add_units(writing, rights, &new).await?;
        self.units.extend(slots.into_iter().zip(ids).filter_map(|(slot, id)| Some((slot?, id))));
        for act in sorted.others {
            self.one(writing, rights, act).await?;
        }
        // A further row of a unit tells all that the rows above told, and more.
        let mut inspections = BTreeMap::new();
        for (unit, changes) in sorted.inspections {
            inspections.insert(self.unit(unit)?, changes);
        }
        let inspections: Vec<_> = inspections.into_iter().collect();
        self_inspections::bring_in(writing, &rights.enter, self.campaign, &inspections).await?;
        self.problems(writing, rights, sorted.problems, sorted.cases).await
    }

    async fn add_units(&self, writing: &mut Writing, rights: &Rights, new: &[NewUnit]) -> Result<Vec<Uuid>, WriteError> {
        let Some(hand) = &self.pieces else { return units::add_many(writing, &rights.import, new).await };
        let (ids, pieces) = units::add_many_without_pieces(writing, &rights.import, new).await?;
        // That hand stops for a reason of its own, which whoever waits for it is told.
        hand.send(pieces).await.map_err(|_| WriteError::Missing)?;
        Ok(ids)
    }

    fn unit(&self, unit: UnitRef) -> Result<Uuid, WriteError> {
        match unit {
            UnitRef::Known(id) => Ok(id),
            UnitRef::New(slot) => self.units.get(&slot).copied().ok_or(WriteError::Missing),
        }
    }

    fn case(&self, case: CaseRef) -> Result<Uuid, WriteError> {
        match case {
            CaseRef::Known(id) => Ok(id),
            CaseRef::New(slot) => self.cases.get(&slot).copied().ok_or(WriteError::Missing),
        }
    }

    /// New problems, then the cases over them and over those that stand, then the measures.
    async fn problems(
        &mut self,
        writing: &mut Writing,
        rights: &Rights,
        lines: Vec<NewProblemLine>,
        standing: Vec<(Uuid, CaseLine)>,
    ) -> Result<(), WriteError> {
        let (mut brought, mut over) = (Vec::<Brought>::new(), Vec::new());
        for NewProblemLine { unit, mut problem, case } in lines {
            problem.new.unit = self.unit(unit)?;
            brought.push(*problem);
            over.push(case);
        }
        let ids = problems::add_many(writing, &rights.import, &brought).await?;
        let mut made: Vec<(usize, CaseChanges, Vec<MeasureChanges>, Vec<Uuid>)> = Vec::new();
        let mut joins: Vec<(CaseRef, Uuid)> = Vec::new();
        let new = ids.into_iter().zip(over).filter_map(|(problem, case)| Some((problem, case?)));
        for (problem, case) in new.chain(standing) {
            match case {
                CaseLine::New(slot, facts, measures) => made.push((slot, *facts, measures, vec![problem])),
                CaseLine::Joins(CaseRef::New(slot)) => match made.iter_mut().find(|(s, ..)| *s == slot) {
                    Some((.., problems)) => problems.push(problem),
                    None => joins.push((CaseRef::New(slot), problem)),
                },
                CaseLine::Joins(case) => joins.push((case, problem)),
            }
        }
        self.cases(writing, rights, made).await?;
        for (case, problem) in joins {
            ledger::attach(writing, &rights.cases, self.case(case)?, problem).await?;
        }
        Ok(())
    }

    async fn cases(
        &mut self,
        writing: &mut Writing,
        rights: &Rights,
        made: Vec<(usize, CaseChanges, Vec<MeasureChanges>, Vec<Uuid>)>,
    ) -> Result<(), WriteError> {
        let (mut slots, mut new, mut measures) = (Vec::new(), Vec::new(), Vec::new());
        for (slot, facts, taken, problems) in made {
            slots.push(slot);
            measures.push(taken);
            new.push(NewCase { campaign_id: self.campaign, problems, facts });
        }
        let ids = ledger::add_many(writing, &rights.cases, &new).await?;
        let of_cases = ids.iter().zip(measures).flat_map(|(id, taken)| taken.into_iter().map(|m| (*id, m)));
        let of_cases: Vec<(Uuid, MeasureChanges)> = of_cases.collect();
        self.cases.extend(slots.into_iter().zip(ids));
        if of_cases.is_empty() { Ok(()) } else { ledger::add_measures(writing, &rights.cases, &of_cases).await }
    }

    /// What stands, and what hangs on it.
    async fn one(&mut self, writing: &mut Writing, rights: &Rights, act: Act) -> Result<(), WriteError> {
        let (today, scope) = (writing.today(), Scope::county(rights.enter.county()));
        match act {
            Act::ChangeUnit(id, changes) => units::change(writing, &rights.enter, id, &changes).await,
            Act::ChangeStatus(id, status) => {
                // A list says what a unit is, not since when: the day of the import is the first on which it is known.
                let change = StatusChange { status, since: today, note: "导入名单".to_owned() };
                units::change_status(writing, &rights.enter, id, &change).await
            }
            Act::EditUnit(unit, fields) => {
                let id = self.unit(unit)?;
                let unit = units::find(writing.connection(), &scope, id).await?.ok_or(WriteError::Missing)?;
                let confirmed = unit.code_confirmed && !fields.iter().any(|(field, _)| *field == "credit_code");
                let (read, _) = read_with_doubts(&mut unit_cells(&unit, &fields, today), UnitChanges::read);
                let changes = UnitChanges { code_confirmed: confirmed, ..read.ok_or(WriteError::Stale)? };
                units::change(writing, &rights.enter, id, &changes).await
            }
            Act::EditInspection(unit, fields) => {
                let stood = self_inspections::find(writing.connection(), &scope, self.campaign, unit).await?;
                let mut cells = inspection_cells(stood.as_ref(), &fields, today);
                let (read, _) = read_with_doubts(&mut cells, SelfInspectionChanges::read);
                let changes = read.ok_or(WriteError::Stale)?;
                self_inspections::register(writing, &rights.enter, self.campaign, unit, &changes).await
            }
            Act::EditProblem(id, fields) => {
                let problem = problems::find(writing.connection(), &scope, id).await?.ok_or(WriteError::Missing)?;
                let (mut cells, completed, verified) = problem_cells(&problem, &fields, today);
                let (read, _) = read_with_doubts(&mut cells, ProblemChanges::read);
                let facts = read.ok_or(WriteError::Stale)?;
                problems::correct(writing, &rights.enter, id, &facts, (completed, verified)).await
            }
            Act::EndProblem(id, reason) => {
                let step = Ending { ended_as: EndedAs::Unfounded, ended_on: today, note: Some(reason) };
                problems::end(writing, &rights.enter, id, &step).await
            }
            Act::EditCase(id, fields) => {
                let file = ledger::open(writing.connection(), &scope, id).await?.ok_or(WriteError::Missing)?;
                let grounds = Grounds::of(writing.actor(), &file.problems);
                let mut cells = case_cells(&file.case, &fields, today);
                let (read, _) = read_with_doubts(&mut cells, |c| CaseChanges::read(c, &grounds));
                ledger::change(writing, &rights.cases, id, &read.ok_or(WriteError::Stale)?).await
            }
            Act::AddMeasure(case, measure) => {
                ledger::add_measures(writing, &rights.cases, std::slice::from_ref(&(case, *measure))).await
            }
            Act::ChangeMeasure { case, id, changes } => {
                let case = ledger::find(writing.connection(), &scope, case).await?.ok_or(WriteError::Missing)?;
                ledger::change_measure(writing, &rights.cases, &case, id, &changes).await
            }
            Act::Expose(id, mut changes) => {
                // Facts of the same case may have changed just above.
                let case = ledger::find(writing.connection(), &scope, id).await?.ok_or(WriteError::Missing)?;
                changes.version = case.version;
                ledger::expose(writing, &rights.cases, id, &changes).await
            }
            Act::AddUnit { .. } | Act::Register(..) | Act::AddProblem(_) | Act::AddCase { .. } => Ok(()),
        }
    }
}
