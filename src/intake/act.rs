//! What a line asks to be written. Planning says it, writing does it: the two never see the file at the same time.

use super::preview::{Finding, Verdict};
use crate::ledger::{CaseChanges, ExposureChanges, MeasureChanges};
use crate::problems::Brought;
use crate::self_inspections::SelfInspectionChanges;
use crate::units::{NewUnit, UnitChanges};
use crate::vocabulary::UnitStatus;
use uuid::Uuid;

/// A unit that stands, or one that another line of the file makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitRef {
    /// It stands.
    Known(Uuid),
    /// The file's own, by its number.
    New(usize),
}

/// A case that stands, or one that a line of the file makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseRef {
    /// It stands.
    Known(Uuid),
    /// The file's own, by its number.
    New(usize),
}

/// A problem and its case, as a line brings them.
#[derive(Debug)]
pub struct NewProblemLine {
    /// Its unit.
    pub unit: UnitRef,
    /// The problem; its unit is filled in when it is written.
    pub problem: Box<Brought>,
    /// The case over it, if it has one.
    pub case: Option<CaseLine>,
}

/// A case as a line brings it.
#[derive(Debug)]
pub enum CaseLine {
    /// A further problem of a case.
    Joins(CaseRef),
    /// A new case with its measures.
    New(usize, Box<CaseChanges>, Vec<MeasureChanges>),
}

impl CaseLine {
    /// How a further problem joins the same case.
    pub fn joined(&self) -> Self {
        match self {
            Self::Joins(case) => Self::Joins(*case),
            Self::New(slot, ..) => Self::Joins(CaseRef::New(*slot)),
        }
    }
}

/// Columns of the table with what they are to hold.
pub type Fields = Vec<(&'static str, String)>;

/// One write.
#[derive(Debug)]
pub enum Act {
    /// A unit that is not on the register; other lines may name it by its slot.
    AddUnit { slot: Option<usize>, unit: Box<NewUnit> },
    /// A unit of the register, with the values of the line laid over its own.
    ChangeUnit(Uuid, Box<UnitChanges>),
    /// Its status, which is dated and stands apart from the other facts.
    ChangeStatus(Uuid, UnitStatus),
    /// Some fields of a unit: other rows may edit others of the same unit.
    EditUnit(UnitRef, Fields),
    /// Some fields of a self-inspection that stands, or begins, by its unit.
    EditInspection(Uuid, Fields),
    /// A self-inspection.
    Register(UnitRef, Box<SelfInspectionChanges>),
    /// A problem that is not recorded yet.
    AddProblem(NewProblemLine),
    /// Some fields of a problem that stands, the days of completion and verification among them.
    EditProblem(Uuid, Fields),
    /// A problem that turned out to be none, with the reason.
    EndProblem(Uuid, String),
    /// A case over a problem that stands.
    AddCase { problem: Uuid, case: CaseLine },
    /// Some fields of a case that stands: other rows may edit others of the same case.
    EditCase(Uuid, Fields),
    /// A measure more of a case that stands.
    AddMeasure(Uuid, Box<MeasureChanges>),
    /// A measure that stands.
    ChangeMeasure { case: Uuid, id: Uuid, changes: Box<MeasureChanges> },
    /// 曝光 of a case that stands; the version is that after its facts have changed.
    Expose(Uuid, Box<ExposureChanges>),
}

/// What becomes of a line, and the writes that make it so.
#[derive(Debug)]
pub struct Planned {
    /// What is told.
    pub verdict: Verdict,
    /// What is done.
    pub acts: Vec<Act>,
}

impl Planned {
    /// A line that stays out.
    pub fn rejected(findings: Vec<Finding>) -> Self {
        Self { verdict: Verdict::rejected(findings), acts: Vec::new() }
    }
}
