//! The invented month: which units a county has, and what is done about them on which day. A plan is a pure function of
//! seed, county and running number; `fill` acts it out day by day, `generate` writes where it stands on one day.

mod cases;
mod counties;
mod field;
mod problems;
mod units;

pub(super) use counties::{Files, shares};

use super::names::{Dice, Names};
use crate::base::CountyId;
use crate::ledger::{CaseChanges, MeasureChanges};
use crate::problems::{Completion, Ending, Extension, ProblemChanges, Start, Verification};
use crate::self_inspections::Found;
use crate::units::{NewUnit, StatusChange};
use crate::vocabulary::{ExposureMedia, InspectionResult, NotificationChannel, SelfInspectionState};
use chrono::NaiveDate;
use std::ops::Range;

/// The working days from the notice to the deadline, in June 2019; the 7th was 端午节.
const DAYS: [u32; 19] = [3, 4, 5, 6, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 24, 25, 26, 27, 28];

/// The number of the demo's own day, 20 June 2019.
pub(super) const DEMO_DAY: usize = 12;

/// The date of working day number `at`; the last one for any later number.
pub(super) fn date(at: usize) -> NaiveDate {
    let day = DAYS.get(at).copied().unwrap_or(28);
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap_or_default()
}

/// Something done on a day.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// The number of the working day.
    pub on: usize,
    /// What.
    pub deed: Deed,
}

/// What is done. Units, problems and cases are named by their number in the plan; each is made before anything is done with it.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// A unit stops, or closes for good.
    Status { unit: usize, change: StatusChange },
    /// A unit's self-inspection is registered.
    Inspection { unit: usize, state: SelfInspectionState, found: Option<Found>, person: String },
    /// A unit is told of the requirements.
    Told { unit: usize, channel: NotificationChannel, person: String },
    /// Officers visit it.
    Visited { unit: usize, officers: Vec<String>, result: InspectionResult },
    /// A problem is recorded; 反弹 names the problem whose 销号 did not last.
    Problem { problem: usize, unit: usize, facts: Box<ProblemChanges>, recurrence_of: Option<usize> },
    /// A step of its rectification.
    Step { problem: usize, step: Step },
    /// A case is made over problems.
    Case { case: usize, problems: Vec<usize>, facts: Box<CaseChanges> },
    /// A case goes on: its facts as they are from then on.
    CaseGoesOn { case: usize, facts: Box<CaseChanges> },
    /// A measure is taken.
    Measure { case: usize, measure: Box<MeasureChanges> },
    /// 法规审核 and 曝光.
    Exposure { case: usize, media: ExposureMedia, outlet: String },
}

/// A step of rectification.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// 方案备案, 开工.
    Start(Start),
    /// 延期 from a date.
    Extend(NaiveDate, Extension),
    /// 整改完成.
    Complete(Completion),
    /// 核查销号.
    Verify(Verification),
    /// 以关代改, 移交, 不属实.
    End(Ending),
}

/// A county's units and what is done, in the order of days.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The units, all registered before anything is done.
    pub units: Vec<NewUnit>,
    /// What is done.
    pub acts: Vec<Act>,
}

/// A plan in the making.
struct Draft<'a> {
    names: Names,
    county: CountyId,
    townships: &'a [String],
    units: Vec<NewUnit>,
    acts: Vec<Act>,
    problems: usize,
    cases: usize,
    /// Papers of one sort are numbered through.
    paper: u32,
}

impl Draft<'_> {
    /// Notes a deed. What lies beyond the last day does not happen.
    fn act(&mut self, on: usize, deed: Deed) {
        if on < DAYS.len() {
            self.acts.push(Act { on, deed });
        }
    }

    /// Something that a body which files leaves out never, and others leave out now and then: there in `percent` of a hundred.
    fn there(&self, percent: usize, dice: &mut Dice) -> bool {
        dice.chance(percent) || counties::of(self.county).files.is_some()
    }

    /// The next number of a paper.
    fn number(&mut self, county: i32, paper: super::names::Paper) -> String {
        self.paper += 1;
        self.names.number(county, paper, 2019, self.paper)
    }
}

/// How far a county's filing goes by the demo's day.
pub(super) fn files(county: CountyId) -> Option<Files> {
    counties::of(county).files
}

/// Plans a county's units with the running numbers `numbers`.
pub(super) fn plan(names: Names, county: CountyId, townships: &[String], numbers: Range<u32>) -> Plan {
    // Far enough apart that no two parts of a county give one number twice.
    let paper = numbers.start.saturating_mul(8);
    let mut draft = Draft { names, county, townships, units: Vec::new(), acts: Vec::new(), problems: 0, cases: 0, paper };
    for n in numbers {
        draft.unit(n);
    }
    // By days; within a day as noted, so that nothing is done with a thing before it is there.
    draft.acts.sort_by_key(|act| act.on);
    Plan { units: draft.units, acts: draft.acts }
}
